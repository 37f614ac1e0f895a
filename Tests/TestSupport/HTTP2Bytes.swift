/// HTTP/2 written by hand, RFC 9113.
public enum HTTP2Bytes {
  /// What a client begins with.
  public static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  /// A frame of HTTP/2.
  public static func frame(_ type: UInt8, flags: UInt8 = 0, stream: UInt32 = 0, _ body: [UInt8]) -> [UInt8] {
    let length = withUnsafeBytes(of: UInt32(body.count).bigEndian) { Array($0.dropFirst()) }
    let id = withUnsafeBytes(of: stream.bigEndian) { Array($0) }
    return length + [type, flags] + id + body
  }

  /// The header of a call, without the dynamic table.
  public static func header(_ pairs: [(String, String)]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (name, value) in pairs {
      bytes += [0, UInt8(name.utf8.count)]
      bytes += name.utf8
      bytes.append(UInt8(value.utf8.count))
      bytes += value.utf8
    }
    return bytes
  }

  /// The header of a call that lists services.
  public static let call: [(String, String)] = [
    (":method", "POST"), (":scheme", "http"), (":path", "/mcp.v1.ControlPlane/List"),
    (":authority", "localhost"), ("content-type", "application/grpc"), ("te", "trailers"),
  ]
}
