/// What a script wants to be called for.
public struct Hook: Sendable {
  /// The occasions.
  public enum Occasion: Sendable, Hashable {
    /// An event of that kind happened, of that service and component where they are named.
    case event(kind: String, service: String?, component: String?)
    /// A primitive is about to be carried out, on that service where it is named.
    case before(primitive: String, service: String?)
    /// A span of time has passed since the last time.
    case every(Duration)
    /// A cron schedule says so.
    case cron(CronSchedule, text: String)
  }

  /// When it is called.
  public let occasion: Occasion
  /// What is called.
  public let function: LuaFunction

  /// Creates a hook.
  public init(_ occasion: Occasion, _ function: LuaFunction) {
    self.occasion = occasion
    self.function = function
  }
}

extension Hook.Occasion: CustomStringConvertible {
  /// The occasion as the script wrote it, such as `on deploy` or `cron 0 3 * * *`.
  public var description: String {
    switch self {
    case .event(let kind, let service, let component):
      "on \(kind)" + Self.subject(service, component)
    case .before(let primitive, let service): "before \(primitive)" + Self.subject(service, nil)
    case .every(let duration): "every \(DurationText.format(duration))"
    case .cron(_, let text): "cron \(text)"
    }
  }

  private static func subject(_ service: String?, _ component: String?) -> String {
    guard let service else { return component.map { " of */\($0)" } ?? "" }
    return " of \(service)" + (component.map { "/\($0)" } ?? "")
  }
}
