import Engine

/// Colour, where the reader wants it.
struct Style: Sendable, Equatable {
  /// The colours that output uses.
  enum Color: String, Sendable {
    case red = "31"
    case green = "32"
    case yellow = "33"
    case blue = "34"
    case magenta = "35"
    case cyan = "36"
    case dim = "2"
    case bold = "1"
  }

  /// Whether control characters for colour are written at all.
  var isEnabled: Bool

  /// No colour.
  static let plain = Style(isEnabled: false)

  /// Decides by the conventions of terminals: colour only on one that can show it, unless `NO_COLOR` has a
  /// value or the caller declined.
  static func choose(isTerminal: Bool, environment: [String: String], declined: Bool) -> Style {
    guard isTerminal, !declined, (environment["NO_COLOR"] ?? "").isEmpty, environment["TERM"] != "dumb"
    else { return .plain }
    return Style(isEnabled: true)
  }

  /// Returns `text` in `color`, or as it is.
  func paint(_ text: String, _ color: Color?) -> String {
    guard isEnabled, let color, !text.isEmpty else { return text }
    return "\u{1b}[\(color.rawValue)m\(text)\u{1b}[0m"
  }
}

extension Style.Color {
  /// The colour of a component's state.
  static func of(_ state: ObservedState) -> Style.Color {
    switch state {
    case .running: .green
    case .starting: .yellow
    case .unhealthy, .exited, .missing: .red
    case .stopped: .dim
    case .unknown: .magenta
    }
  }

  /// The colour of a doctor's finding.
  static func of(_ level: DoctorFinding.Level) -> Style.Color {
    switch level {
    case .ok: .green
    case .warning: .yellow
    case .failure: .red
    }
  }
}
