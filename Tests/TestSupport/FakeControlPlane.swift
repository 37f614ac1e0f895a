package import Engine
internal import Foundation
internal import Synchronization

/// A control plane that records what it is asked and answers as it is told.
package final class FakeControlPlane: ControlPlane {
  /// What was asked.
  package enum Call: Equatable, Sendable {
    case deploy(DeployRequest)
    case undeploy(TargetRequest)
    case start(TargetRequest)
    case stop(TargetRequest)
    case restart(TargetRequest)
    case rollback(RollbackRequest)
    case sync(SyncRequest)
    case recover(RecoverRequest)
    case boot(BootRequest)
    case adopt(AdoptRequest)
    case list
    case ps(service: String?, live: Bool)
    case status(service: String?)
    case service(String)
    case history(String)
    case logs(Target, LogOptions)
    case exec(Target, ExecRequest)
    case events(EventQuery)
    case node
    case doctor
    case scripts
    case checkScripts
    case reloadScripts([String])
    case alerts(AlertQuery)
    case silence(SilenceRequest)
    case unsilence(Int64)
    case testAlerts
    case secrets(String?)
    case setSecret(String, service: String, SecretValue)
    case removeSecret(String, service: String)
    case tokens
    case createToken(TokenRequest)
    case revokeToken(String)
    case push(PushRequest)
    case pull(PullRequest)
  }

  /// How it answers; every answer has a default.
  package struct Script: Sendable {
    package typealias Operation = @Sendable (TargetRequest, ProgressHandler) async throws -> OperationResult

    package var deploy: @Sendable (DeployRequest, ProgressHandler) async throws -> OperationResult
    package var undeploy: Operation
    package var start: Operation
    package var stop: Operation
    package var restart: Operation
    package var rollback: @Sendable (RollbackRequest, ProgressHandler) async throws -> OperationResult
    package var history: @Sendable (String) async throws -> [RevisionSummary] = { _ in [] }
    package var sync: @Sendable (SyncRequest, ProgressHandler) async throws -> SyncResult
    package var recover: @Sendable (RecoverRequest, ProgressHandler) async throws -> SyncResult = { _, _ in
      SyncResult(results: [], failures: [])
    }
    package var boot: @Sendable (BootRequest, ProgressHandler) async throws -> BootReport = { _, _ in
      BootReport(progress: BootProgress(script: "boot/standard.lua", startedAt: .distantPast))
    }
    package var list: @Sendable () async throws -> [ServiceSummary] = { [] }
    package var ps: @Sendable (String?, Bool) async throws -> [ComponentStatus] = { _, _ in [] }
    package var status: @Sendable (String?) async throws -> StatusReport
    package var service: @Sendable (String) async throws -> ServiceRecord
    package var logs: @Sendable (Target, LogOptions) -> AsyncThrowingStream<LogLine, any Error>
    package var exec: @Sendable (Target, ExecRequest) async throws -> ExecSession
    package var events: @Sendable (EventQuery) -> AsyncThrowingStream<Event, any Error>
    package var node: @Sendable () async throws -> NodeInfo
    package var doctor: @Sendable () async throws -> [DoctorFinding] = { [] }
    package var scripts: @Sendable () async throws -> [ScriptInfo] = { [] }
    package var checkScripts: @Sendable () async throws -> [ScriptReport] = { [] }
    package var reloadScripts: @Sendable ([String]) async throws -> [ScriptReport] = { _ in [] }
    package var secrets: @Sendable (String?) async throws -> [SecretInfo] = { _ in [] }

    /// Creates a script in which operations succeed and nothing is deployed.
    package init() {
      func operation(_ name: String) -> Operation {
        { request, _ in
          OperationResult(
            service: request.target.service, primitive: name, revision: 1, changed: true,
            planned: request.planOnly, message: "\(name) \(request.target)")
        }
      }
      deploy = { request, _ in
        OperationResult(
          service: request.definition.name, primitive: "deploy", revision: 1, changed: true,
          planned: request.planOnly, message: "deploy \(request.definition.name)")
      }
      undeploy = operation("undeploy")
      start = operation("start")
      stop = operation("stop")
      restart = operation("restart")
      rollback = { request, _ in
        OperationResult(
          service: request.service, primitive: "rollback", revision: 2, changed: true,
          planned: request.planOnly,
          message: "rollback \(request.service)")
      }
      sync = { _, _ in SyncResult(results: [], failures: []) }
      let info = NodeInfo(
        name: "fake", agentVersion: "0.0.0", runtimes: [], healthy: true,
        startedAt: Date(timeIntervalSince1970: 1_700_000_000), services: 0, components: 0, running: 0)
      node = { info }
      status = { _ in StatusReport(node: info, components: [], drift: [], operations: [], events: []) }
      service = { throw EngineError(.notFound, "the service \($0) is not deployed", service: $0) }
      logs = { _, _ in AsyncThrowingStream { $0.finish() } }
      events = { _ in AsyncThrowingStream { $0.finish() } }
      exec = { target, _ in throw EngineError(.notFound, "nothing runs in \(target)") }
    }
  }

  private let script: Script
  private let recorded = Mutex<[Call]>([])

  /// Creates a control plane that answers as `change` says.
  package init(_ change: (inout Script) -> Void = { _ in }) {
    var script = Script()
    change(&script)
    self.script = script
  }

  /// What was asked, in order.
  package var calls: [Call] { recorded.withLock { $0 } }

  /// Forgets what it was asked.
  package func forget() { recorded.withLock { $0 = [] } }

  private func record(_ call: Call) { recorded.withLock { $0.append(call) } }

  package func deploy(
    _ request: DeployRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    record(.deploy(request))
    return try await script.deploy(request, progress)
  }

  package func undeploy(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    record(.undeploy(request))
    return try await script.undeploy(request, progress)
  }

  package func start(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    record(.start(request))
    return try await script.start(request, progress)
  }

  package func stop(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    record(.stop(request))
    return try await script.stop(request, progress)
  }

  package func restart(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    record(.restart(request))
    return try await script.restart(request, progress)
  }

  package func rollback(
    _ request: RollbackRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    record(.rollback(request))
    return try await script.rollback(request, progress)
  }

  package func sync(_ request: SyncRequest, progress: @escaping ProgressHandler) async throws -> SyncResult {
    record(.sync(request))
    return try await script.sync(request, progress)
  }

  package func recover(
    _ request: RecoverRequest, progress: @escaping ProgressHandler
  ) async throws -> SyncResult {
    record(.recover(request))
    return try await script.recover(request, progress)
  }

  package func adopt(
    _ request: AdoptRequest, progress: @escaping ProgressHandler
  ) async throws -> AdoptReport {
    record(.adopt(request))
    return AdoptReport(services: [])
  }

  package func boot(
    _ request: BootRequest, progress: @escaping ProgressHandler
  ) async throws -> BootReport {
    record(.boot(request))
    return try await script.boot(request, progress)
  }

  package func list() async throws -> [ServiceSummary] {
    record(.list)
    return try await script.list()
  }

  package func ps(service: String?, live: Bool) async throws -> [ComponentStatus] {
    record(.ps(service: service, live: live))
    return try await script.ps(service, live)
  }

  package func status(service: String?) async throws -> StatusReport {
    record(.status(service: service))
    return try await script.status(service)
  }

  package func service(_ name: String) async throws -> ServiceRecord {
    record(.service(name))
    return try await script.service(name)
  }

  package func history(_ service: String) async throws -> [RevisionSummary] {
    record(.history(service))
    return try await script.history(service)
  }

  package func logs(_ target: Target, options: LogOptions) -> AsyncThrowingStream<LogLine, any Error> {
    record(.logs(target, options))
    return script.logs(target, options)
  }

  package func exec(_ target: Target, request: ExecRequest) async throws -> ExecSession {
    record(.exec(target, request))
    return try await script.exec(target, request)
  }

  package func events(_ query: EventQuery) -> AsyncThrowingStream<Event, any Error> {
    record(.events(query))
    return script.events(query)
  }

  package func node() async throws -> NodeInfo {
    record(.node)
    return try await script.node()
  }

  package func doctor() async throws -> [DoctorFinding] {
    record(.doctor)
    return try await script.doctor()
  }

  package func scripts() async throws -> [ScriptInfo] {
    record(.scripts)
    return try await script.scripts()
  }

  package func checkScripts() async throws -> [ScriptReport] {
    record(.checkScripts)
    return try await script.checkScripts()
  }

  package func reloadScripts(_ names: [String]) async throws -> [ScriptReport] {
    record(.reloadScripts(names))
    return try await script.reloadScripts(names)
  }

  package func alerts(_ query: AlertQuery) async throws -> AlertList {
    record(.alerts(query))
    return AlertList(alerts: [], silences: [])
  }

  package func silence(_ request: SilenceRequest) async throws -> Silence {
    record(.silence(request))
    return Silence(
      id: 1, match: request.match, until: .distantPast, reason: request.reason, actor: .agent,
      createdAt: .distantPast)
  }

  package func unsilence(_ id: Int64) async throws { record(.unsilence(id)) }

  package func testAlerts() async throws -> [AlertTestResult] {
    record(.testAlerts)
    return []
  }

  package func secrets(of service: String?) async throws -> [SecretInfo] {
    record(.secrets(service))
    return try await script.secrets(service)
  }

  package func setSecret(
    _ name: String, of service: String, to value: SecretValue
  ) async throws -> SecretInfo {
    record(.setSecret(name, service: service, value))
    return SecretInfo(
      service: service, name: name, setAt: Date(timeIntervalSince1970: 0),
      actor: Actor(kind: .user, name: "alice"))
  }

  package func removeSecret(_ name: String, of service: String) async throws {
    record(.removeSecret(name, service: service))
  }

  package func tokens() async throws -> [TokenInfo] {
    record(.tokens)
    return []
  }

  package func createToken(_ request: TokenRequest) async throws -> IssuedToken {
    record(.createToken(request))
    return IssuedToken(info: Self.token(request.name, request.role), token: "a.b.c")
  }

  package func revokeToken(_ token: String) async throws -> TokenInfo {
    record(.revokeToken(token))
    return Self.token(token, .viewer)
  }

  package func push(_ request: PushRequest, from feed: @escaping FileFeed) async throws -> TransferResult {
    record(.push(request))
    for try await _ in try await feed(.none) {}
    return TransferResult(
      path: request.path, files: request.source.totalFiles, bytes: request.source.totalBytes, resumedBytes: 0)
  }

  package func pull(_ request: PullRequest) async throws -> PullSession {
    record(.pull(request))
    let header = FileHeader(path: "", isDirectory: true, mode: 0o755, modified: 0, size: 0)
    return PullSession(
      source: TransferSource(name: "web", header: header, totalBytes: 0, totalFiles: 0),
      parts: AsyncThrowingStream { nil })
  }

  private static func token(_ name: String, _ role: Role) -> TokenInfo {
    TokenInfo(
      id: "1", name: name, role: role, createdAt: Date(timeIntervalSince1970: 0), createdBy: .agent,
      expiresAt: Date(timeIntervalSince1970: 60))
  }
}
