import Engine
import Foundation

/// The tables `[[nodes]]` of the command line's configuration, changed in its text: every other byte stays.
///
/// What comes out is read again before it is kept, so that a text which is understood otherwise than here is never written.
enum NodeFile {
  /// Where the CA's certificate of a node is stored that the operator has agreed to.
  static func authorityPath(_ configuration: ClientConfiguration, node: String) -> String {
    (configuration.path as NSString).deletingLastPathComponent + "/\(node)-ca.pem"
  }

  /// Throws unless `text` says just what the session's configuration says, with these nodes.
  static func check(_ text: String, _ session: Session, nodes: [NodeAddress]) throws {
    var wanted = session.configuration
    var found = try ClientConfiguration.parse(
      text, path: wanted.path, environment: session.context.environment)
    guard found.named == nodes else {
      throw EngineError(
        .failedPrecondition, "the nodes of \(wanted.path) are written in a way that is not changed here",
        hint: "edit the file yourself")
    }
    (wanted.nodes, found.nodes) = ([], [])
    (wanted.nodesAreImplicit, found.nodesAreImplicit) = (true, true)
    (wanted.exists, found.exists) = (true, true)
    (wanted.preferredNode, found.preferredNode) = (nil, nil)
    guard wanted == found else {
      throw EngineError(
        .internalError, "changing \(wanted.path) would change more than its nodes",
        hint: "edit the file yourself")
    }
  }

  /// Returns `text` with a node added at its end.
  static func adding(_ node: NodeAddress, to text: String) -> String {
    var block = "[[nodes]]\nname = \(quoted(node.name))\naddress = \(quoted("\(node.address)"))\n"
    if let path = node.caCertificate { block += "ca_cert = \(quoted(path))\n" }
    if let path = node.tokenPath { block += "token_path = \(quoted(path))\n" }
    guard !text.isEmpty else { return block }
    return text + (text.hasSuffix("\n") ? "" : "\n") + "\n" + block
  }

  /// Returns `text` without the table of the node called `name`; `nil` where no table of its own has it.
  ///
  /// Comments and empty lines before the next table stay, and so does what stands above the node's own.
  static func removing(_ name: String, from text: String) -> String? {
    let lines = lines(of: text)
    guard let table = tables(lines).first(where: { Self.name(of: lines[$0]) == name }) else { return nil }
    var end = table.upperBound
    while end > table.lowerBound + 1, isBlank(lines[end - 1]) { end -= 1 }
    // The empty line that stood between it and what is above goes with it where nothing follows.
    var start = table.lowerBound
    if end == lines.count, start > 0, lines[start - 1].allSatisfy(\.isWhitespace) { start -= 1 }
    return (lines[..<start] + lines[end...]).joined()
  }

  /// The lines with their ends.
  private static func lines(of text: String) -> [Substring] {
    var lines: [Substring] = []
    var start = text.startIndex
    while start < text.endIndex {
      let end = text[start...].firstIndex(where: \.isNewline).map { text.index(after: $0) } ?? text.endIndex
      lines.append(text[start..<end])
      start = end
    }
    return lines
  }

  /// The ranges of the tables `[[nodes]]`, each up to the next table.
  private static func tables(_ lines: [Substring]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start: Int?
    var quote: String?
    for (index, line) in lines.enumerated() {
      if quote == nil, isHeader(line) {
        if let begun = start { ranges.append(begun..<index) }
        start = line.filter { !$0.isWhitespace }.hasPrefix("[[nodes]]") ? index : nil
      }
      quote = openQuote(after: line, in: quote)
    }
    if let start { ranges.append(start..<lines.count) }
    return ranges
  }

  /// Which string of several lines is open at a line's end.
  private static func openQuote(after line: Substring, in quote: String?) -> String? {
    var open = quote
    var rest = line
    while !rest.isEmpty {
      if let quote = open {
        guard let end = rest.firstRange(of: quote) else { return open }
        rest = rest[end.upperBound...]
        open = nil
      } else {
        let starts = ["\"\"\"", "'''"].compactMap { quote in
          rest.firstRange(of: quote).map { (quote, $0) }
        }
        guard let first = starts.min(by: { $0.1.lowerBound < $1.1.lowerBound }) else { return nil }
        if let comment = rest.firstIndex(of: "#"), comment < first.1.lowerBound { return nil }
        open = first.0
        rest = rest[first.1.upperBound...]
      }
    }
    return open
  }

  private static func isHeader(_ line: Substring) -> Bool { line.first { !$0.isWhitespace } == "[" }

  private static func isBlank(_ line: Substring) -> Bool {
    let first = line.first { !$0.isWhitespace }
    return first == nil || first == "#"
  }

  private static func name(of table: ArraySlice<Substring>) -> String? {
    for line in table.dropFirst() {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].filter({ !$0.isWhitespace }) == "name" else { continue }
      let value = parts[1].drop(while: \.isWhitespace)
      guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
      return String(value.dropFirst().prefix { $0 != quote })
    }
    return nil
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension ClientConfiguration {
  /// The nodes that the file names.
  var named: [NodeAddress] { nodesAreImplicit ? [] : nodes }
}
