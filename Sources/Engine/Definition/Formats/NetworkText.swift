internal import Foundation

/// Host names and addresses.
enum NetworkText {
  static let ports = 1...65535

  /// Returns an IP address in its canonical spelling; `nil` where `text` is none.
  static func canonicalIP(_ text: String) -> String? {
    addressBytes(text).flatMap(address)
  }

  /// Returns the 4 or 16 bytes of an IP address; `nil` where `text` is none.
  static func addressBytes(_ text: String) -> [UInt8]? {
    guard text.utf8.count <= 45, !text.utf8.contains(0) else { return nil }
    var address = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &address) == 1 { return Array(address.prefix(4)) }
    return inet_pton(AF_INET6, text, &address) == 1 ? address : nil
  }

  /// Returns the spelling of 4 or 16 bytes of an IP address; `nil` for another count.
  static func address(_ bytes: [UInt8]) -> String? {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    var buffer = [CChar](repeating: 0, count: 46)
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    guard inet_ntop(family, bytes, &buffer, socklen_t(buffer.count)) != nil else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Returns the number of a port.
  static func port(_ text: String) -> Int? {
    guard Text.isDigits(text), text.utf8.count <= 5, text.utf8.first != UInt8(ascii: "0"),
      let port = Int(text),
      ports.contains(port)
    else { return nil }
    return port
  }

  /// Returns a range of ports, such as `20000-29999`.
  static func range(_ text: String) throws(ValueError) -> ClosedRange<Int> {
    let parts = Text.split(text, "-").map { String($0) }
    guard parts.count == 2, let first = port(parts[0]), let last = port(parts[1]), first <= last else {
      throw ValueError("must be a range of ports such as `20000-29999`, not \(Text.quoted(text))")
    }
    return first...last
  }

  /// What is wrong with the name of a host.
  static func problem(hostName name: String) -> String? {
    let isValid =
      name.utf8.count <= 253
      && Text.split(name, ".").allSatisfy { label in
        label.utf8.count <= 63 && Text.isWord(label, others: "-") && label.utf8.last != UInt8(ascii: "-")
      }
    return isValid ? nil : "is not the name of a host: \(Text.quoted(name))"
  }

  /// What is wrong with the name of a node.
  static func problem(nodeName name: String) -> String? {
    guard name.utf8.count <= 63, Text.isWord(name, others: ".-_") else {
      return
        "is not the name of a node: letters, digits, `.`, `-` and `_`, at most 63, not \(Text.quoted(name))"
    }
    return nil
  }

  /// Returns the name of a node.
  static func nodeName(_ text: String) throws(ValueError) -> String {
    if let problem = problem(nodeName: text) { throw ValueError(problem) }
    return text
  }

  /// Returns a URL whose scheme is one of `schemes`.
  static func url(_ text: String, schemes: [String]) throws(ValueError) -> String {
    let plain = try Text.plain(text)
    guard let url = URL(string: plain), let scheme = url.scheme, schemes.contains(scheme),
      let host = url.host, !host.isEmpty
    else {
      throw ValueError("must be a URL that begins with \(Text.alternatives(schemes.map { "\($0)://" }))")
    }
    return plain
  }
}
