package import GRPCCore
internal import GRPCProtobuf
internal import SwiftProtobuf

/// What an error of the engine is on the wire: see the `.proto`.
enum ErrorStatus {
  /// The domain of every reason.
  static let domain = "mcp"
  /// The most bytes of `grpc-status-details-bin`, before base64 adds a third.
  ///
  /// Several gRPC libraries refuse trailers of more than 8 KiB, every name and value and 32 bytes a header
  /// counted.
  static let detailBytes = 4_800
  /// The most bytes of `grpc-message` once it is percent-encoded.
  static let messageBytes = 800
}

extension RPCError {
  /// Creates the status that ends a call with `error`.
  ///
  /// The details are kept exactly as long as they fit; what is left out is marked with `…`.
  package init(_ error: EngineError) {
    let code = RPCError.Code(error.code)
    var status = GoogleRPCStatus(error, code: code)
    if status.size > ErrorStatus.detailBytes {
      status = GoogleRPCStatus(error.fitting(ErrorStatus.detailBytes), code: code)
    }
    self.init(
      code: code, message: error.message.percentEncodedPrefix(ErrorStatus.messageBytes),
      metadata: status.rpcErrorMetadata)
  }
}

extension GoogleRPCStatus {
  /// Creates the status with its details.
  fileprivate init(_ error: EngineError, code: RPCError.Code) {
    var metadata: [String: String] = [:]
    metadata["cause"] = error.cause
    metadata["hint"] = error.hint
    metadata["service"] = error.service
    metadata["component"] = error.component
    var details: [ErrorDetails] = [
      .errorInfo(reason: error.code.rawValue, domain: ErrorStatus.domain, metadata: metadata)
    ]
    let lines = Mcp_V1_ErrorDetail.with { $0.lines = error.details }
    if !error.details.isEmpty, let any = try? Google_Protobuf_Any(message: lines) {
      details.append(.any(any))
    }
    self.init(code: code, message: error.message, details: details)
  }

  /// The bytes it takes.
  fileprivate var size: Int {
    let bytes: [UInt8]? = try? serializedBytes()
    return bytes?.count ?? 0
  }
}

extension EngineError {
  /// Returns this error cut so that its status takes at most `limit` bytes.
  fileprivate func fitting(_ limit: Int) -> EngineError {
    var copy = self
    copy.message = message.clipped(1_000)
    copy.cause = cause?.clipped(800)
    copy.hint = hint?.clipped(400)
    copy.service = service?.clipped(100)
    copy.component = component?.clipped(100)
    copy.details = []
    // What frames a line on the wire is less than 8 bytes.
    let framing = 8
    let room = limit - GoogleRPCStatus(copy, code: RPCError.Code(code)).size - 200
    copy.details = details.map { $0.clipped(400) }.middleLeftOut(bytes: room, framing: framing)
    return copy
  }
}

extension [String] {
  /// Keeps lines from both ends, half of the room each: a definition's first problems and a log's last lines
  /// say most.
  fileprivate func middleLeftOut(bytes room: Int, framing: Int) -> [String] {
    func cost(_ line: String) -> Int { line.utf8.count + framing }
    guard reduce(0, { $0 + cost($1) }) > room else { return self }
    func fitting(_ lines: some Sequence<String>) -> Int {
      var left = room / 2
      return lines.prefix {
        left -= cost($0)
        return left >= 0
      }.count
    }
    let first = fitting(self)
    let last = Swift.min(fitting(reversed()), count - first)
    let missing = count - first - last
    guard missing > 0 else { return self }
    return prefix(first) + ["… \(missing) lines left out …"] + suffix(last)
  }
}

extension String {
  /// Returns the text, or as much of it as takes `limit` bytes with an ellipsis behind.
  fileprivate func clipped(_ limit: Int) -> String {
    utf8.count <= limit ? self : prefix(weighing: limit - 3, by: { $0.utf8.count }) + "…"
  }

  /// Returns the text, or as much of it as takes `limit` bytes once it is percent-encoded.
  fileprivate func percentEncodedPrefix(_ limit: Int) -> String {
    func weight(_ character: Character) -> Int {
      character.utf8.reduce(0) { $0 + ((0x20...0x7E).contains($1) && $1 != UInt8(ascii: "%") ? 1 : 3) }
    }
    guard reduce(0, { $0 + weight($1) }) > limit else { return self }
    return prefix(weighing: limit - 9, by: weight) + "…"
  }

  private func prefix(weighing limit: Int, by weight: (Character) -> Int) -> String {
    var left = limit
    return String(
      prefix {
        left -= weight($0)
        return left >= 0
      })
  }
}
