import Engine

/// A control plane whose owner hears that it cannot be reached any more.
struct WatchedPlane: ControlPlane {
  let plane: any ControlPlane
  let onUnavailable: @Sendable () async -> Void

  private func watch<R: Sendable>(_ call: () async throws -> R) async throws -> R {
    do {
      return try await call()
    } catch let error as EngineError where error.code == .unavailable {
      await onUnavailable()
      throw error
    }
  }

  private func watch<Element: Sendable>(
    _ stream: AsyncThrowingStream<Element, any Error>
  ) -> AsyncThrowingStream<Element, any Error> {
    AsyncThrowingStream { continuation in
      let task = Task {
        do {
          try await watch { for try await element in stream { continuation.yield(element) } }
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  func deploy(_ request: DeployRequest, progress: @escaping ProgressHandler) async throws -> OperationResult {
    try await watch { try await plane.deploy(request, progress: progress) }
  }

  func undeploy(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult
  {
    try await watch { try await plane.undeploy(request, progress: progress) }
  }

  func start(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult {
    try await watch { try await plane.start(request, progress: progress) }
  }

  func stop(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult {
    try await watch { try await plane.stop(request, progress: progress) }
  }

  func restart(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult
  {
    try await watch { try await plane.restart(request, progress: progress) }
  }

  func rollback(
    _ request: RollbackRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    try await watch { try await plane.rollback(request, progress: progress) }
  }

  func sync(_ request: SyncRequest, progress: @escaping ProgressHandler) async throws -> SyncResult {
    try await watch { try await plane.sync(request, progress: progress) }
  }

  func adopt(_ request: AdoptRequest, progress: @escaping ProgressHandler) async throws -> AdoptReport {
    try await watch { try await plane.adopt(request, progress: progress) }
  }

  func boot(_ request: BootRequest, progress: @escaping ProgressHandler) async throws -> BootReport {
    try await watch { try await plane.boot(request, progress: progress) }
  }

  func recover(_ request: RecoverRequest, progress: @escaping ProgressHandler) async throws -> SyncResult {
    try await watch { try await plane.recover(request, progress: progress) }
  }

  func list() async throws -> [ServiceSummary] { try await watch { try await plane.list() } }

  func ps(service: String?, live: Bool) async throws -> [ComponentStatus] {
    try await watch { try await plane.ps(service: service, live: live) }
  }

  func status(service: String?) async throws -> StatusReport {
    try await watch { try await plane.status(service: service) }
  }

  func service(_ name: String) async throws -> ServiceRecord {
    try await watch { try await plane.service(name) }
  }

  func history(_ service: String) async throws -> [RevisionSummary] {
    try await watch { try await plane.history(service) }
  }

  func logs(_ target: Target, options: LogOptions) -> AsyncThrowingStream<LogLine, any Error> {
    watch(plane.logs(target, options: options))
  }

  func exec(_ target: Target, request: ExecRequest) async throws -> ExecSession {
    try await watch { try await plane.exec(target, request: request) }
  }

  func events(_ query: EventQuery) -> AsyncThrowingStream<Event, any Error> { watch(plane.events(query)) }

  func node() async throws -> NodeInfo { try await watch { try await plane.node() } }

  func doctor() async throws -> [DoctorFinding] { try await watch { try await plane.doctor() } }

  func scripts() async throws -> [ScriptInfo] { try await watch { try await plane.scripts() } }

  func checkScripts() async throws -> [ScriptReport] { try await watch { try await plane.checkScripts() } }

  func reloadScripts(_ names: [String]) async throws -> [ScriptReport] {
    try await watch { try await plane.reloadScripts(names) }
  }

  func alerts(_ query: AlertQuery) async throws -> AlertList {
    try await watch { try await plane.alerts(query) }
  }

  func silence(_ request: SilenceRequest) async throws -> Silence {
    try await watch { try await plane.silence(request) }
  }

  func unsilence(_ id: Int64) async throws { try await watch { try await plane.unsilence(id) } }

  func testAlerts() async throws -> [AlertTestResult] { try await watch { try await plane.testAlerts() } }

  func secrets(of service: String?) async throws -> [SecretInfo] {
    try await watch { try await plane.secrets(of: service) }
  }

  func setSecret(_ name: String, of service: String, to value: SecretValue) async throws -> SecretInfo {
    try await watch { try await plane.setSecret(name, of: service, to: value) }
  }

  func removeSecret(_ name: String, of service: String) async throws {
    try await watch { try await plane.removeSecret(name, of: service) }
  }

  func tokens() async throws -> [TokenInfo] { try await watch { try await plane.tokens() } }

  func createToken(_ request: TokenRequest) async throws -> IssuedToken {
    try await watch { try await plane.createToken(request) }
  }

  func revokeToken(_ token: String) async throws -> TokenInfo {
    try await watch { try await plane.revokeToken(token) }
  }

  func push(_ request: PushRequest, from feed: @escaping FileFeed) async throws -> TransferResult {
    try await watch { try await plane.push(request, from: feed) }
  }

  func pull(_ request: PullRequest) async throws -> PullSession {
    let session = try await watch { try await plane.pull(request) }
    return PullSession(source: session.source, parts: session.parts)
  }
}
