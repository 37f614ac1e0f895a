/// A sink of the agent's configuration, table `[[alerts]]`.
public struct AlertSinkSettings: Hashable, Sendable {
  /// What kind of sink.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// An HTTP POST to ``url``.
    case webhook
    /// The program ``command``.
    case command
    /// A topic of ntfy at ``url``.
    case ntfy
    /// Mail through the server at ``url``.
    case smtp
  }

  /// Its name, unique among the sinks.
  public var name: String
  /// What kind of sink.
  public var kind: Kind
  /// The URL of all kinds but `command`.
  public var url: String?
  /// The program and its arguments for `command`.
  public var command: [String]
  /// The sender's address for `smtp`.
  public var from: String?
  /// The recipients' addresses for `smtp`.
  public var to: [String]
  /// It is told of alerts that are at least so urgent.
  public var severity: Alert.Severity
  /// The name to log in with.
  public var username: String?
  /// The file with the password, or for webhook and ntfy without a ``username`` with the bearer token.
  public var passwordFile: String?
  /// The CA that signed the server's certificate, in PEM; `nil` is the system's.
  public var caCertificate: String?

  /// Creates settings.
  public init(
    name: String, kind: Kind, url: String? = nil, command: [String] = [], from: String? = nil,
    to: [String] = [],
    severity: Alert.Severity = .info, username: String? = nil, passwordFile: String? = nil,
    caCertificate: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.url = url
    self.command = command
    self.from = from
    self.to = to
    self.severity = severity
    self.username = username
    self.passwordFile = passwordFile
    self.caCertificate = caCertificate
  }
}
