import Engine
import Foundation
import Synchronization

/// A control plane with prepared answers that remembers what it was asked.
final class FakePlane: ControlPlane {
  struct Answers: Sendable {
    var progress: [OperationProgress] = []
    var operation: Result<OperationResult, EngineError> = .success(Sample.result)
    var plan = Sample.plan
    var sync = SyncResult(results: [], failures: [])
    var syncPlan = SyncResult(results: [], failures: [])
    var services: [ServiceSummary] = []
    var components: [ComponentStatus] = []
    var status: StatusReport?
    var record: ServiceRecord?
    var boot: BootReport?
    var adoption = AdoptReport(services: [])
    var revisions: [RevisionSummary] = []
    var lines: [LogLine] = []
    var events: [Event] = []
    var later: [Event] = []
    var node = Sample.node
    var findings: [DoctorFinding] = []
    var scripts: [ScriptInfo] = []
    var reports: [ScriptReport] = []
    var secrets: [SecretInfo] = []
    var alerts = AlertList(alerts: [], silences: [])
    var alertTests: [AlertTestResult] = []
    var exec: [ExecSession.Output] = []
    /// Every call fails with this.
    var failure: EngineError?
    /// Operations and streams do not end by themselves.
    var hangs = false
  }

  struct Calls: Sendable {
    var deploys: [DeployRequest] = []
    var targets: [(verb: String, request: TargetRequest)] = []
    var rollbacks: [RollbackRequest] = []
    var syncs: [SyncRequest] = []
    var recoveries: [RecoverRequest] = []
    var boots: [BootRequest] = []
    var adoptions: [AdoptRequest] = []
    var alerts: [AlertQuery] = []
    var pushes: [PushRequest] = []
    var silences: [SilenceRequest] = []
    var unsilenced: [Int64] = []
    var ps: [(service: String?, live: Bool)] = []
    var logs: [(target: Target, options: LogOptions)] = []
    var events: [EventQuery] = []
    var reloads: [[String]] = []
    var secrets: [String: SecretValue] = [:]
    var removedSecrets: [String] = []
    var execs: [(target: Target, request: ExecRequest)] = []
    var input: [ExecSession.Input] = []
    var running = 0
    var wasCancelled = false
  }

  let answers: Answers
  private let recorded = Mutex(Calls())
  private let running = Mutex<AsyncThrowingStream<ExecSession.Output, any Error>.Continuation?>(nil)

  init(_ answers: Answers = Answers()) { self.answers = answers }

  convenience init(_ prepare: (inout Answers) -> Void) {
    var answers = Answers()
    prepare(&answers)
    self.init(answers)
  }

  var calls: Calls { recorded.withLock { $0 } }

  private func record(_ change: (inout Calls) -> Void) throws {
    recorded.withLock { change(&$0) }
    if let failure = answers.failure { throw failure }
  }

  private func operate(planOnly: Bool, _ progress: ProgressHandler) async throws -> OperationResult {
    guard !planOnly else { return answers.plan }
    for item in answers.progress { progress(item) }
    if answers.hangs { try await hang() }
    return try answers.operation.get()
  }

  private func hang() async throws {
    recorded.withLock { $0.running += 1 }
    do {
      try await Task.sleep(for: .seconds(60))
    } catch {
      recorded.withLock { $0.wasCancelled = true }
      throw EngineError(.cancelled, "the call was cancelled")
    }
  }

  func deploy(_ request: DeployRequest, progress: @escaping ProgressHandler) async throws -> OperationResult {
    try record { $0.deploys.append(request) }
    return try await operate(planOnly: request.planOnly, progress)
  }

  func undeploy(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult
  {
    try await target("undeploy", request, progress)
  }

  func start(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult {
    try await target("start", request, progress)
  }

  func stop(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult {
    try await target("stop", request, progress)
  }

  func restart(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult
  {
    try await target("restart", request, progress)
  }

  private func target(
    _ verb: String, _ request: TargetRequest, _ progress: ProgressHandler
  ) async throws -> OperationResult {
    try record { $0.targets.append((verb, request)) }
    return try await operate(planOnly: request.planOnly, progress)
  }

  func rollback(
    _ request: RollbackRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    try record { $0.rollbacks.append(request) }
    return try await operate(planOnly: request.planOnly, progress)
  }

  func history(_ service: String) async throws -> [RevisionSummary] {
    try record { _ in }
    return answers.revisions
  }

  func sync(_ request: SyncRequest, progress: @escaping ProgressHandler) async throws -> SyncResult {
    try record { $0.syncs.append(request) }
    return request.planOnly ? answers.syncPlan : answers.sync
  }

  func recover(_ request: RecoverRequest, progress: @escaping ProgressHandler) async throws -> SyncResult {
    try record { $0.recoveries.append(request) }
    return request.planOnly ? answers.syncPlan : answers.sync
  }

  func adopt(_ request: AdoptRequest, progress: @escaping ProgressHandler) async throws -> AdoptReport {
    try record { $0.adoptions.append(request) }
    return answers.adoption
  }

  func boot(_ request: BootRequest, progress: @escaping ProgressHandler) async throws -> BootReport {
    try record { $0.boots.append(request) }
    for line in answers.progress { progress(line) }
    guard let report = answers.boot else {
      throw EngineError(.failedPrecondition, "this node has no boot sequence")
    }
    return report
  }

  func list() async throws -> [ServiceSummary] {
    try record { _ in }
    return answers.services
  }

  func ps(service: String?, live: Bool) async throws -> [ComponentStatus] {
    try record { $0.ps.append((service, live)) }
    return answers.components.filter { service == nil || $0.service == service }
  }

  func status(service: String?) async throws -> StatusReport {
    try record { _ in }
    guard let status = answers.status else { throw EngineError(.notFound, "no such service") }
    return status
  }

  func service(_ name: String) async throws -> ServiceRecord {
    try record { _ in }
    guard let found = answers.record, found.definition.name == name else {
      throw EngineError(.notFound, "service '\(name)' is not deployed")
    }
    return found
  }

  func logs(_ target: Target, options: LogOptions) -> AsyncThrowingStream<LogLine, any Error> {
    stream(answers.lines, follows: options.follow) { $0.logs.append((target, options)) }
  }

  func events(_ query: EventQuery) -> AsyncThrowingStream<Event, any Error> {
    let all = query.follow ? answers.later : answers.events
    let wanted = query.limit.map { Array(all.suffix($0)) } ?? all
    return stream(wanted, follows: query.follow && answers.hangs) { $0.events.append(query) }
  }

  private func stream<Element: Sendable>(
    _ elements: [Element], follows: Bool, _ change: (inout Calls) -> Void
  ) -> AsyncThrowingStream<Element, any Error> {
    AsyncThrowingStream { continuation in
      do {
        try record(change)
        for element in elements { continuation.yield(element) }
        if follows { recorded.withLock { $0.running += 1 } } else { continuation.finish() }
      } catch {
        continuation.finish(throwing: error)
      }
    }
  }

  func exec(_ target: Target, request: ExecRequest) async throws -> ExecSession {
    try record { $0.execs.append((target, request)) }
    let (output, continuation) = AsyncThrowingStream.makeStream(of: ExecSession.Output.self)
    running.withLock { $0 = continuation }
    // A command that reads its input ends when that ends.
    if !request.stdin { finishExec() }
    return ExecSession(output: output) { input in
      self.recorded.withLock { $0.input.append(input) }
      if input == .endOfInput { self.finishExec() }
    }
  }

  /// Ends the command that runs.
  func finishExec() {
    running.withLock { continuation in
      for item in answers.exec { continuation?.yield(item) }
      continuation?.finish()
      continuation = nil
    }
  }

  func node() async throws -> NodeInfo {
    try record { _ in }
    return answers.node
  }

  func doctor() async throws -> [DoctorFinding] {
    try record { _ in }
    return answers.findings
  }

  func scripts() async throws -> [ScriptInfo] {
    try record { _ in }
    return answers.scripts
  }

  func checkScripts() async throws -> [ScriptReport] {
    try record { _ in }
    return answers.reports
  }

  func reloadScripts(_ names: [String]) async throws -> [ScriptReport] {
    try record { $0.reloads.append(names) }
    return answers.reports
  }

  func alerts(_ query: AlertQuery) async throws -> AlertList {
    try record { $0.alerts.append(query) }
    return answers.alerts
  }

  func silence(_ request: SilenceRequest) async throws -> Silence {
    try record { $0.silences.append(request) }
    return Silence(
      id: 4, match: request.match, until: Sample.now.addingTimeInterval(7200), reason: request.reason,
      actor: Actor(kind: .user, name: "alice"), createdAt: Sample.now)
  }

  func unsilence(_ id: Int64) async throws { try record { $0.unsilenced.append(id) } }

  func testAlerts() async throws -> [AlertTestResult] {
    try record { _ in }
    return answers.alertTests
  }

  func secrets(of service: String?) async throws -> [SecretInfo] {
    try record { _ in }
    return answers.secrets.filter { service == nil || $0.service == service }
  }

  func setSecret(_ name: String, of service: String, to value: SecretValue) async throws -> SecretInfo {
    try record { $0.secrets["\(service)/\(name)"] = value }
    return SecretInfo(
      service: service, name: name, setAt: Date(timeIntervalSince1970: 0), actor: .agent, usedBy: ["api"],
      outdated: ["api"])
  }

  func removeSecret(_ name: String, of service: String) async throws {
    try record { $0.removedSecrets.append("\(service)/\(name)") }
  }

  func tokens() async throws -> [TokenInfo] {
    try record { _ in }
    return []
  }

  func createToken(_ request: TokenRequest) async throws -> IssuedToken { throw Self.notFaked }

  func revokeToken(_ token: String) async throws -> TokenInfo { throw Self.notFaked }

  func push(_ request: PushRequest, from feed: @escaping FileFeed) async throws -> TransferResult {
    try record { $0.pushes.append(request) }
    for try await _ in try await feed(.none) {}
    return TransferResult(
      path: request.path, files: request.source.totalFiles, bytes: request.source.totalBytes, resumedBytes: 0)
  }

  func pull(_ request: PullRequest) async throws -> PullSession { throw Self.notFaked }

  private static let notFaked = EngineError(.unsupported, "this fake does not do that")
}
