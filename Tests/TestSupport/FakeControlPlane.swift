public import Engine
internal import Foundation
internal import Synchronization

/// A control plane that records what it is asked and answers as it is told.
public final class FakeControlPlane: ControlPlane {
  /// What was asked.
  public enum Call: Equatable, Sendable {
    case deploy(DeployRequest)
    case undeploy(TargetRequest)
    case start(TargetRequest)
    case stop(TargetRequest)
    case restart(TargetRequest)
    case sync(SyncRequest)
    case list
    case ps(service: String?, live: Bool)
    case status(service: String?)
    case service(String)
    case logs(Target, LogOptions)
    case exec(Target, ExecRequest)
    case events(EventQuery)
    case node
    case doctor
  }

  /// How it answers; every answer has a default.
  public struct Script: Sendable {
    /// The primitive `Operation`.
    public typealias Operation = @Sendable (TargetRequest, ProgressHandler) async throws -> OperationResult

    /// The primitive `deploy`.
    public var deploy: @Sendable (DeployRequest, ProgressHandler) async throws -> OperationResult
    /// The primitive `undeploy`.
    public var undeploy: Operation
    /// The primitive `start`.
    public var start: Operation
    /// The primitive `stop`.
    public var stop: Operation
    /// The primitive `restart`.
    public var restart: Operation
    /// The primitive `sync`.
    public var sync: @Sendable (SyncRequest, ProgressHandler) async throws -> SyncResult
    /// The primitive `list`.
    public var list: @Sendable () async throws -> [ServiceSummary] = { [] }
    /// The primitive `ps`.
    public var ps: @Sendable (String?, Bool) async throws -> [ComponentStatus] = { _, _ in [] }
    /// The primitive `status`.
    public var status: @Sendable (String?) async throws -> StatusReport
    /// The primitive `service`.
    public var service: @Sendable (String) async throws -> ServiceRecord
    /// The primitive `logs`.
    public var logs: @Sendable (Target, LogOptions) -> AsyncThrowingStream<LogLine, any Error>
    /// The primitive `exec`.
    public var exec: @Sendable (Target, ExecRequest) async throws -> ExecSession
    /// The primitive `events`.
    public var events: @Sendable (EventQuery) -> AsyncThrowingStream<Event, any Error>
    /// The primitive `node`.
    public var node: @Sendable () async throws -> NodeInfo
    /// The primitive `doctor`.
    public var doctor: @Sendable () async throws -> [DoctorFinding] = { [] }

    /// Creates a script in which operations succeed and nothing is deployed.
    public init() {
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
  public init(_ change: (inout Script) -> Void = { _ in }) {
    var script = Script()
    change(&script)
    self.script = script
  }

  /// What was asked, in order.
  public var calls: [Call] { recorded.withLock { $0 } }

  private func record(_ call: Call) { recorded.withLock { $0.append(call) } }

  /// Answers as the test scripted it.
  public func deploy(
    _ request: DeployRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    record(.deploy(request))
    return try await script.deploy(request, progress)
  }

  /// Answers as the test scripted it.
  public func undeploy(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    record(.undeploy(request))
    return try await script.undeploy(request, progress)
  }

  /// Answers as the test scripted it.
  public func start(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    record(.start(request))
    return try await script.start(request, progress)
  }

  /// Answers as the test scripted it.
  public func stop(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    record(.stop(request))
    return try await script.stop(request, progress)
  }

  /// Answers as the test scripted it.
  public func restart(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    record(.restart(request))
    return try await script.restart(request, progress)
  }

  /// Answers as the test scripted it.
  public func sync(_ request: SyncRequest, progress: @escaping ProgressHandler) async throws -> SyncResult {
    record(.sync(request))
    return try await script.sync(request, progress)
  }

  /// Answers as the test scripted it.
  public func list() async throws -> [ServiceSummary] {
    record(.list)
    return try await script.list()
  }

  /// Answers as the test scripted it.
  public func ps(service: String?, live: Bool) async throws -> [ComponentStatus] {
    record(.ps(service: service, live: live))
    return try await script.ps(service, live)
  }

  /// Answers as the test scripted it.
  public func status(service: String?) async throws -> StatusReport {
    record(.status(service: service))
    return try await script.status(service)
  }

  /// Answers as the test scripted it.
  public func service(_ name: String) async throws -> ServiceRecord {
    record(.service(name))
    return try await script.service(name)
  }

  /// Answers as the test scripted it.
  public func logs(_ target: Target, options: LogOptions) -> AsyncThrowingStream<LogLine, any Error> {
    record(.logs(target, options))
    return script.logs(target, options)
  }

  /// Answers as the test scripted it.
  public func exec(_ target: Target, request: ExecRequest) async throws -> ExecSession {
    record(.exec(target, request))
    return try await script.exec(target, request)
  }

  /// Answers as the test scripted it.
  public func events(_ query: EventQuery) -> AsyncThrowingStream<Event, any Error> {
    record(.events(query))
    return script.events(query)
  }

  /// Answers as the test scripted it.
  public func node() async throws -> NodeInfo {
    record(.node)
    return try await script.node()
  }

  /// Answers as the test scripted it.
  public func doctor() async throws -> [DoctorFinding] {
    record(.doctor)
    return try await script.doctor()
  }
}
