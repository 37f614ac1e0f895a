/// The one list of things that `mcp` can do.
///
/// The agent's implementation is ``Orchestrator``; everyone else's is ``RemoteControlPlane``, which sends the
/// same calls over gRPC. Every door (commands, scripts, RPC handlers) only translates to this protocol.
///
/// All methods throw ``EngineError``. Cancelling the calling task ends the wait; a mutating operation that
/// has begun is finished or undone by the agent, and its outcome is an event.
public protocol ControlPlane: Sendable {
  /// Makes the node run a definition. One that is deployed unchanged and runs is left alone.
  func deploy(_ request: DeployRequest, progress: @escaping ProgressHandler) async throws -> OperationResult

  /// Stops, removes and forgets a service. One that is not deployed is `notFound`.
  func undeploy(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult

  /// Makes a deployed service or component run. What runs already is left alone.
  func start(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult

  /// Makes a deployed service or component stop. What is stopped already is left alone.
  func stop(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult

  /// Stops and starts a deployed service or component.
  func restart(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult

  /// Deploys an earlier revision of a service again, as a new one. One that is not kept is `notFound`.
  func rollback(_ request: RollbackRequest, progress: @escaping ProgressHandler) async throws
    -> OperationResult

  /// Makes the node match a set of definitions; continues past a service that fails.
  func sync(_ request: SyncRequest, progress: @escaping ProgressHandler) async throws -> SyncResult

  /// Makes everything run that should, from the registry alone; continues past a service that fails.
  ///
  /// What runs is left alone. A service that is not deployed is `notFound`.
  func recover(_ request: RecoverRequest, progress: @escaping ProgressHandler) async throws -> SyncResult
  /// Takes running containers under management without restarting them; their definitions are derived from them.
  ///
  /// Throws `notFound` where nothing fits, `failedPrecondition` with what a definition cannot say unless the request forces
  /// it, `conflict` for what belongs to a service already.
  func adopt(_ request: AdoptRequest, progress: @escaping ProgressHandler) async throws -> AdoptReport
  /// Runs the node's boot sequence from its first stage, or plans it.
  ///
  /// A script that fails is in the report: everything is started without it then. Throws `failedPrecondition` where the
  /// node has no sequence and `conflict` while it is under way. Cancelling stops the script.
  func boot(_ request: BootRequest, progress: @escaping ProgressHandler) async throws -> BootReport

  /// Returns the services of the registry.
  func list() async throws -> [ServiceSummary]

  /// Returns components as they are, from the state that the agent keeps current; with `live` the runtimes
  /// are asked.
  func ps(service: String?, live: Bool) async throws -> [ComponentStatus]

  /// Returns desired against observed state, drift, recent events and the node.
  func status(service: String?) async throws -> StatusReport

  /// Returns the definition and registry facts of a deployed service.
  func service(_ name: String) async throws -> ServiceRecord

  /// Returns a service's revisions, newest first, with who, when and what changed.
  func history(_ service: String) async throws -> [RevisionSummary]

  /// Returns the output of a service's components, merged in order of arrival.
  func logs(_ target: Target, options: LogOptions) -> AsyncThrowingStream<LogLine, any Error>

  /// Runs a command in a component.
  func exec(_ target: Target, request: ExecRequest) async throws -> ExecSession

  /// Returns history, oldest first; with `follow` it goes on.
  func events(_ query: EventQuery) -> AsyncThrowingStream<Event, any Error>

  /// Describes the node and its agent.
  func node() async throws -> NodeInfo

  /// Examines the node.
  func doctor() async throws -> [DoctorFinding]

  /// Returns the agent's scripts and how they are.
  func scripts() async throws -> [ScriptInfo]

  /// Loads the agent's scripts beside what runs, without effects, and says what is wrong.
  func checkScripts() async throws -> [ScriptReport]

  /// Loads the agent's scripts again, all of them for an empty list.
  ///
  /// One that does not load keeps its last good version and is no failure of the call. A name that is no script is
  /// `notFound`.
  func reloadScripts(_ names: [String]) async throws -> [ScriptReport]

  /// Returns the node's alerts, and what is silenced.
  func alerts(_ query: AlertQuery) async throws -> AlertList
  /// Tells nobody of some alerts for a while; what is still wrong afterwards is told then.
  func silence(_ request: SilenceRequest) async throws -> Silence
  /// Ends a silence; throws `notFound` where there is none of that number.
  func unsilence(_ id: Int64) async throws
  /// Sends a test message to every sink, and says which took it.
  func testAlerts() async throws -> [AlertTestResult]

  /// Returns the secrets of a service, of all services for `nil`; never their values.
  func secrets(of service: String?) async throws -> [SecretInfo]

  /// Gives a secret of a service a value, which components get when they are next deployed.
  ///
  /// The service need not be deployed. The value that it has already changes nothing.
  func setSecret(_ name: String, of service: String, to value: SecretValue) async throws -> SecretInfo

  /// Forgets a secret. One that is not set is `notFound`, one that is deployed `failedPrecondition`.
  func removeSecret(_ name: String, of service: String) async throws

  /// Returns the tokens that the node has issued, the newest first; never their texts.
  func tokens() async throws -> [TokenInfo]
  /// Issues a token, whose text is in the result and nowhere else.
  func createToken(_ request: TokenRequest) async throws -> IssuedToken
  /// Makes a token worthless; `token` is its number, or a name that one valid token has.
  func revokeToken(_ token: String) async throws -> TokenInfo

  /// Sends a file or a directory to a service's directory; `feed` gives it once the node takes it.
  func push(_ request: PushRequest, from feed: @escaping FileFeed) async throws -> TransferResult
  /// Fetches a file or a directory of a service's directory.
  func pull(_ request: PullRequest) async throws -> PullSession
}

/// Receives progress of an operation.
///
/// It is called from any thread and must return at once.
public typealias ProgressHandler = @Sendable (OperationProgress) -> Void

/// One line of progress.
public struct OperationProgress: Hashable, Sendable, Codable {
  /// The service concerned.
  public var service: String
  /// The component concerned, `nil` for the service as a whole.
  public var component: String?
  /// The step in one word, such as `pull`, `create`, `start`, `stop`, `remove`, `wait`, `done`, `failed` or `undo`.
  public var phase: String
  /// The step for people.
  public var message: String

  /// Creates progress.
  public init(service: String, component: String? = nil, phase: String, message: String) {
    self.service = service
    self.component = component
    self.phase = phase
    self.message = message
  }
}
