import Engine

/// A finding and where it was made: the documented shape of one.
struct DoctorDocument: Encodable {
  /// The node, `nil` for the machine that the command runs on.
  var node: String?
  var finding: DoctorFinding

  private enum CodingKeys: CodingKey { case node }

  func encode(to encoder: any Encoder) throws {
    try finding.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(node, forKey: .node)
  }
}

/// Findings for people.
enum DoctorText {
  static func render(_ findings: [DoctorDocument], style: Style) -> String {
    let width = findings.reduce(0) { max($0, TextWidth.of(Printable.line($1.finding.check))) }
    let indent = String(repeating: " ", count: width + 11)
    var text = ""
    var place: String??
    for item in findings {
      if place != .some(item.node) {
        place = .some(item.node)
        text += style.paint(item.node.map { "node \(Printable.line($0))" } ?? "this machine", .bold) + "\n"
      }
      let finding = item.finding
      let check = Printable.line(finding.check)
      let lines = Printable.lines(finding.message)
      text += "  " + style.paint(label(finding.level), .of(finding.level)) + "  " + check
      text += String(repeating: " ", count: width - TextWidth.of(check)) + "  " + (lines.first ?? "") + "\n"
      text += lines.dropFirst().map { "\(indent)\($0)\n" }.joined()
      if let remedy = finding.remedy {
        let lines = Printable.lines(remedy)
        text += indent + style.paint("remedy:", .cyan) + " " + (lines.first ?? "") + "\n"
        text += lines.dropFirst().map { "\(indent)  \($0)\n" }.joined()
      }
    }
    return text
  }

  private static func label(_ level: DoctorFinding.Level) -> String {
    switch level {
    case .ok: "ok   "
    case .warning: "warn "
    case .failure: "FAIL "
    }
  }
}
