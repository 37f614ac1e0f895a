internal import Foundation
internal import Synchronization

/// Carries out a plan: journals each step, acts, takes over what came of it.
final class Executor: Sendable {
  /// What happens when a step fails.
  enum Policy {
    /// Nothing further is begun; the caller undoes.
    case stopAtFirst
    /// The other components go on; the first failure is reported at the end.
    case goOn
    /// As ``goOn``, for what was there before: it runs again, whether it works or not.
    case goBack
  }

  /// How many of the last lines of what failed an error shows, and how many are kept.
  private static let shownLines = 20
  private static let keptLines = 200

  private struct State {
    var sequence = 0
    var created: [String: String] = [:]
    var warnings: [String] = []
    var failures: [EngineError] = []
  }

  let context: NodeContext
  let operation: Int64
  let service: String
  let desired: ServiceRecord?
  let policy: Policy
  let control: OperationControl
  let progress: ProgressHandler
  private let runtimeOfInstance: [String: RuntimeKind]
  private let state: Mutex<State>

  init(
    context: NodeContext, operation: Int64, firstSequence: Int, service: String, desired: ServiceRecord?,
    instances: [Instance], policy: Policy, control: OperationControl, progress: @escaping ProgressHandler
  ) {
    self.context = context
    self.operation = operation
    self.service = service
    self.desired = desired
    self.policy = policy
    self.control = control
    self.progress = progress
    self.runtimeOfInstance = Dictionary(
      instances.map { ($0.id, $0.runtime) }, uniquingKeysWith: { first, _ in first })
    self.state = Mutex(State(sequence: firstSequence))
  }

  /// What runtimes warned about so far.
  var warnings: [String] { state.withLock { $0.warnings } }

  /// The sequence number after the last step.
  var nextSequence: Int { state.withLock { $0.sequence } }

  /// Runs the plan.
  ///
  /// Returns when all that was begun has ended; throws the first failure.
  func run(_ plan: ServicePlan) async throws(EngineError) {
    if policy == .stopAtFirst { try await openRoutes() }
    await phase([plan.before], interruptible: true)
    await phase(plan.prepare, interruptible: true)
    for wave in plan.change { await phase(wave, interruptible: false) }
    if policy != .stopAtFirst || failures.isEmpty {
      await phase(plan.cleanup, interruptible: false)
      await phase([plan.after], interruptible: false)
    }
    if let first = failures.first { throw first }
  }

  /// Listens for every component that is to run: a port that cannot be had is said before anything is done.
  private func openRoutes() async throws(EngineError) {
    for component in desired?.definition.components ?? [] where isWanted(component.name) {
      do {
        try await context.routes.open(component, of: service)
      } catch {
        throw EngineError.wrap(error)
      }
    }
  }

  private func isWanted(_ component: String) -> Bool {
    desired?.components.contains { $0.name == component && $0.desired == .running } ?? false
  }

  private var failures: [EngineError] { state.withLock { $0.failures } }

  /// Runs the lists side by side and each list in order; a list ends at its first failure.
  private func phase(_ lists: [[Step]], interruptible: Bool) async {
    await withTaskGroup(of: Void.self) { group in
      for list in lists where !list.isEmpty {
        group.addTask { await self.runList(list, interruptible: interruptible) }
      }
    }
  }

  private func runList(_ list: [Step], interruptible: Bool) async {
    if policy == .goOn, let failure = missingDependency(of: list) {
      state.withLock { $0.failures.append(failure) }
      return
    }
    for step in list {
      if policy == .stopAtFirst, !failures.isEmpty { return }
      if failures.contains(where: { $0.component == step.component }) { return }
      do {
        if interruptible { try control.check() }
        try await run(step, of: list)
      } catch {
        let failure = EngineError.wrap(error)
          .about(service: service, component: step.component.isEmpty ? nil : step.component)
        state.withLock { $0.failures.append(failure) }
        return
      }
    }
  }

  private func run(_ step: Step, of list: [Step]) async throws {
    let sequence = state.withLock { state in
      defer { state.sequence += 1 }
      return state.sequence
    }
    let planned = step.planned
    try await context.faults?.reach(step.action, .before)
    let isStart = if case .start = step { true } else { false }
    try await context.registry.stepStarted(
      operation: operation, sequence: sequence, step: planned, fleeting: isStart)
    progress(
      OperationProgress(
        service: service, component: step.component.isEmpty ? nil : step.component, phase: step.action,
        message: planned.message))
    do {
      try await context.faults?.reach(step.action, .started)
      let runtimeID = try await act(step, of: list)
      try await context.faults?.reach(step.action, .effect)
      try await context.registry.stepFinished(
        operation: operation, sequence: sequence, outcome: .done, runtimeID: runtimeID)
      try await context.faults?.reach(step.action, .finished)
    } catch {
      try? await context.registry.stepFinished(
        operation: operation, sequence: sequence, outcome: .failed("\(EngineError.wrap(error))"),
        runtimeID: nil)
      throw error
    }
  }

  // MARK: - Acting

  /// Does what the step says and returns the id of the object concerned.
  private func act(_ step: Step, of list: [Step]) async throws -> String? {
    switch step {
    case .ensureNetwork(let name):
      let runtime = try context.runtime(.container)
      try await context.networkLocks.withLock(name) { _ = try await runtime.ensureNetwork(name) }
      return nil
    case .removeNetwork(let name):
      try await removeNetwork(name)
      return nil
    case .pull(let component, let image):
      return try await context.pull(
        image, for: component, of: service, in: try context.runtime(try kind(of: component)),
        control: control, progress: progress)
    case .create(let component, let name):
      return try await create(component, name: name)
    case .start(let component, let reference):
      return try await start(component, reference)
    case .prove(let component, let reference):
      return try await prove(component, reference)
    case .stop(let component, let reference):
      let (runtime, id) = try resolve(reference, of: component)
      let grace = context.settings.stopGrace
      if isWanted(component) {
        if let labels = await context.observed.instance(id)?.labels { try await context.routes.hold(labels) }
      } else {
        try await context.routes.close(component, of: service)
      }
      try await expecting(id, in: runtime, looksInBackground: true) {
        let hasSuccessor = list.contains { if case .start(component, _) = $0 { true } else { false } }
        let outcome =
          hasSuccessor
          ? try await runtime.stopForSuccessor(id, grace: grace) : try await runtime.stop(id, grace: grace)
        if outcome.killed {
          self.warn("\(reference.name) did not end within \(grace) after its stop signal and was killed")
        }
        await self.noteStopped(id, in: runtime)
      }
      return id
    case .route(let component, let reference):
      return try await route(component, reference)
    case .drain(let component, let reference):
      return try await drain(component, reference)
    case .remove(let component, let reference):
      let (runtime, id) = try resolve(reference, of: component)
      try await expecting(id, in: runtime) {
        try await runtime.remove(id)
        if let known = await self.context.observed.instance(id) { await self.context.monitor.forget(known) }
      }
      return id
    case .rename(let component, let reference, let name):
      let (runtime, id) = try resolve(reference, of: component)
      try await expecting(id, in: runtime) {
        try await runtime.rename(id, to: name)
        await self.note(id, in: runtime)
      }
      return id
    }
  }

  private func create(_ name: String, name instanceName: String) async throws -> String {
    guard let desired, let component = desired.definition.component(name),
      let record = desired.components.first(where: { $0.name == name })
    else { throw EngineError(.internalError, "the plan creates \(name), which nobody wants") }
    let runtime = try context.runtime(component.runtime)
    let ports = try await routePorts(of: component)
    let secrets = try await context.secrets(for: component, of: service)
    let canonical = Planner.instanceName(service: service, component: name)
    let spec = InstanceSpec(
      name: instanceName, aliases: canonical == name ? [name] : [canonical, name],
      labels: InstanceLabels(
        service: service, component: name, revision: record.revision, specHash: record.specHash,
        node: context.settings.nodeName, routes: ports, secrets: Set(secrets.map(\.version))),
      component: RoutePorts.component(component, with: ports), secrets: secrets)
    let created = try await context.permits.withPermit { try await runtime.create(spec) }
    state.withLock { state in
      state.created[name] = created.id
      state.warnings += created.warnings.map { "\(name): \($0)" }
    }
    await context.monitor.note(
      Instance(
        id: created.id, name: instanceName, labels: spec.labels, runtime: runtime.kind, state: .stopped,
        image: component.image ?? "", imageID: ""), in: runtime)
    return created.id
  }

  private func start(_ component: String, _ reference: Step.Reference) async throws -> String {
    let (runtime, id) = try resolve(reference, of: component)
    do {
      try await expecting(id, in: runtime) {
        let instance = try await self.context.permits.withPermit { try await runtime.start(id) }
        await self.context.monitor.note(instance, in: runtime)
      }
      return id
    } catch {
      throw await keep(EngineError.wrap(error), component, id, in: runtime)
    }
  }

  /// Returns the failure with the last lines of the object that failed, and keeps more of them.
  private func keep(
    _ error: EngineError, _ component: String, _ id: String, in runtime: any Runtime
  ) async -> EngineError {
    var failure = error
    let lines = await lastLines(of: id, in: runtime)
    if failure.details.isEmpty { failure.details = lines.suffix(Self.shownLines).map(\.text) }
    guard policy == .stopAtFirst, let record = desired?.components.first(where: { $0.name == component })
    else {
      return failure
    }
    do {
      try await context.registry.keepFailure(
        FailureRecord(
          service: service, component: component, revision: record.revision, reason: "\(error)", lines: lines,
          time: context.now()))
    } catch {
      warn("the output of \(component) could not be kept: \(error)")
    }
    return failure
  }

  private func prove(_ component: String, _ reference: Step.Reference) async throws -> String {
    let (runtime, id) = try resolve(reference, of: component)
    let gate = StartGate(
      context: context, check: desired?.definition.component(component)?.effectiveHealth,
      settle: policy == .stopAtFirst ? context.settings.settle : .zero)
    do {
      try await gate.pass(id, in: runtime)
      return id
    } catch  where policy == .goBack {
      warn("\(reference.name) runs again, but \(EngineError.wrap(error))")
      return id
    } catch {
      throw await keep(EngineError.wrap(error), component, id, in: runtime)
    }
  }

  /// The failure of a component that `list` would start although one that it depends on failed.
  ///
  /// What runs of it stays.
  private func missingDependency(of list: [Step]) -> EngineError? {
    guard let start = list.first(where: { $0.action == "start" }),
      let component = desired?.definition.component(start.component)
    else { return nil }
    let name = component.name
    let failed = component.dependsOn.first { name in failures.contains { $0.component == name } }
    return failed.map {
      EngineError(
        .failedPrecondition, "\(service)/\(name) was not started: \($0), on which it depends, does not work",
        service: service, component: name)
    }
  }

  /// A network that another service came to want in the meantime stays.
  private func removeNetwork(_ name: String) async throws {
    let runtime = try context.runtime(.container)
    let registry = context.registry
    let service = service
    try await context.networkLocks.withLock(name) {
      let users = try await registry.services().filter {
        $0.definition.name != service && Planner.networks(of: $0.definition).contains(name)
      }
      if users.isEmpty { _ = try await runtime.removeNetwork(name) }
    }
  }

  // MARK: - Helpers

  func warn(_ text: String) { state.withLock { $0.warnings.append(text) } }

  private func kind(of component: String) throws(EngineError) -> RuntimeKind {
    desired?.definition.component(component)?.runtime ?? .container
  }

  func resolve(
    _ reference: Step.Reference, of component: String
  ) throws(EngineError) -> (any Runtime, String) {
    switch reference {
    case .existing(let id, _):
      return (try context.runtime(runtimeOfInstance[id] ?? .container), id)
    case .created(let name):
      guard let id = state.withLock({ $0.created[component] }) else {
        throw EngineError(.internalError, "the plan uses \(name) before it is created")
      }
      return (try context.runtime(try kind(of: component)), id)
    }
  }

  private func note(_ id: String, in runtime: any Runtime) async {
    if let instance = try? await runtime.inspect(id) { await context.monitor.note(instance, in: runtime) }
  }

  /// Takes over that an object was stopped.
  ///
  /// Its runtime may still be cleaning up: what takes its place does not wait for the answer.
  private func noteStopped(_ id: String, in runtime: any Runtime) async {
    guard var instance = await context.observed.instance(id) else { return await note(id, in: runtime) }
    instance.state = .stopped
    instance.pid = nil
    instance.finishedAt = context.now()
    instance.asOf = nil
    await context.monitor.note(instance, in: runtime)
  }

  private func expecting(
    _ id: String, in runtime: any Runtime, looksInBackground: Bool = false,
    _ body: @Sendable () async throws -> Void
  ) async throws {
    await context.observed.expect(id)
    let result: Result<Void, any Error>
    do {
      result = .success(try await body())
    } catch {
      result = .failure(error)
    }
    if await context.observed.settle(id) {
      let look = Task { await context.monitor.look(at: id, in: runtime) }
      if !looksInBackground { await look.value }
    }
    try result.get()
  }

  private func lastLines(of id: String, in runtime: any Runtime) async -> [LogLine] {
    var lines: [LogLine] = []
    do {
      for try await line in runtime.logs(id, options: LogOptions(tail: Self.keptLines)) { lines.append(line) }
    } catch {}
    return lines
  }
}
