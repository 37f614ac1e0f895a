/// How the agent finds out whether a component works.
public struct HealthCheck: Hashable, Sendable, Codable {
  /// The kind of probe.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// A TCP connection opens.
    case tcp
    /// An HTTP request is answered with success.
    case http
    /// `grpc.health.v1` answers `SERVING`.
    case grpc
    /// A command in the container exits 0.
    case exec
  }

  /// The kind of probe.
  public var kind: Kind
  /// The component's port, probed at its host mapping.
  public var port: Int?
  /// The path of an HTTP probe.
  public var path: String?
  /// The statuses of an HTTP probe that count as success; `nil` is ``StatusRange/standard``.
  public var status: StatusRange?
  /// What the body of an HTTP probe's answer must contain; `nil` is anything.
  public var body: String?
  /// The command of an exec probe.
  public var command: [String]
  /// Milliseconds between probes.
  public var intervalMs: Int64
  /// Milliseconds after which a probe counts as failed.
  public var timeoutMs: Int64
  /// Failed probes in a row that make it unhealthy.
  public var retries: Int
  /// Milliseconds after the start in which failures do not count.
  public var startPeriodMs: Int64

  /// Creates a check with the defaults of the definition format.
  public init(
    kind: Kind, port: Int? = nil, path: String? = nil, status: StatusRange? = nil, body: String? = nil,
    command: [String] = [], intervalMs: Int64 = 10_000, timeoutMs: Int64 = 3_000, retries: Int = 3,
    startPeriodMs: Int64 = 0
  ) {
    self.kind = kind
    self.port = port
    self.path = path
    self.status = status
    self.body = body
    self.command = command
    self.intervalMs = intervalMs
    self.timeoutMs = timeoutMs
    self.retries = retries
    self.startPeriodMs = startPeriodMs
  }

  /// How long after its start a component may take to pass for the first time, in milliseconds.
  public var deadlineMs: Int64 { startPeriodMs + Int64(retries) * max(intervalMs, timeoutMs) }
}
