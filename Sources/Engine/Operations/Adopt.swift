/// Which running containers are taken under management.
public struct AdoptRequest: Hashable, Sendable {
  /// The service that they become; `nil` adopts everything that runs and belongs to no service.
  public var service: String?
  /// Chosen containers, by the component that each becomes; empty chooses by name.
  public var containers: [String: String]
  /// The compose project whose containers are chosen.
  public var project: String?
  /// Adopts also what a definition cannot wholly represent.
  public var force: Bool
  /// Returns what would be adopted and changes nothing.
  public var planOnly: Bool

  /// Creates a request.
  public init(
    service: String?, containers: [String: String] = [:], project: String? = nil, force: Bool = false,
    planOnly: Bool = false
  ) {
    self.service = service
    self.containers = containers
    self.project = project
    self.force = force
    self.planOnly = planOnly
  }
}

/// A service that was adopted, or would be.
public struct AdoptedService: Hashable, Sendable, Codable {
  /// A container of it.
  public struct Member: Hashable, Sendable, Codable {
    /// The component that it becomes.
    public var component: String
    /// The container's name until then.
    public var container: String
    /// What its definition cannot say, a sentence each.
    public var problems: [String]

    /// Creates a member.
    public init(component: String, container: String, problems: [String]) {
      self.component = component
      self.container = container
      self.problems = problems
    }
  }

  /// The definition as it is deployed then, in the format of definition files.
  public var definition: ServiceDefinition
  /// The containers.
  public var members: [Member]
  /// How it went; `nil` for a plan.
  public var result: OperationResult?

  /// Creates a service.
  public init(definition: ServiceDefinition, members: [Member], result: OperationResult? = nil) {
    self.definition = definition
    self.members = members
    self.result = result
  }
}

/// What was adopted, or would be.
public struct AdoptReport: Hashable, Sendable, Codable {
  /// The services.
  public var services: [AdoptedService]
  /// Those that could not be.
  public var failures: [EngineError]

  /// Creates a report.
  public init(services: [AdoptedService], failures: [EngineError] = []) {
    self.services = services
    self.failures = failures
  }
}

extension Orchestrator {
  /// Takes running containers under management without restarting them.
  ///
  /// Their definitions are derived from them. Throws `notFound` where nothing fits, and `failedPrecondition` where a
  /// definition cannot say everything and the request does not force it.
  public func adopt(_ request: AdoptRequest, progress: @escaping ProgressHandler) async throws -> AdoptReport
  {
    let choices = try await choose(request)
    var report = AdoptReport(services: [])
    for (service, members) in choices.sorted(by: { $0.key < $1.key }) {
      do {
        report.services.append(
          try await adopt(service, members, request, progress: progress))
      } catch {
        let failure = EngineError.wrap(error).about(service: service)
        // Where one was asked for, its failure is that of the call.
        guard request.service == nil else { throw failure }
        report.failures.append(failure)
      }
    }
    return report
  }

  // MARK: - Choosing

  private typealias Members = [(component: String, found: ForeignInstance)]

  private func choose(_ request: AdoptRequest) async throws -> [String: Members] {
    var chosen: [String: Members] = [:]
    if !request.containers.isEmpty {
      guard let service = request.service else {
        throw EngineError(.invalidArgument, "containers are chosen for one service", hint: "name the service")
      }
      for (component, container) in request.containers.sorted(by: { $0.key < $1.key }) {
        chosen[service, default: []].append((component, try await describe(container)))
      }
      return chosen
    }
    for found in try await candidates() {
      if let project = request.project {
        guard let origin = found.compose, origin.project == project else { continue }
        chosen[request.service ?? Self.name(project), default: []].append((Self.name(origin.service), found))
      } else if let service = request.service {
        if found.name.hasPrefix(service + "-") {
          chosen[service, default: []].append((String(found.name.dropFirst(service.count + 1)), found))
        } else if let origin = found.compose, Self.name(origin.project) == service {
          chosen[service, default: []].append((Self.name(origin.service), found))
        }
      } else if let origin = found.compose {
        chosen[Self.name(origin.project), default: []].append((Self.name(origin.service), found))
      } else if let dash = found.name.lastIndex(of: "-"), dash > found.name.startIndex {
        let component = String(found.name[found.name.index(after: dash)...])
        chosen[String(found.name[..<dash]), default: []].append((component, found))
      } else {
        chosen[found.name, default: []].append((found.name, found))
      }
    }
    if chosen.isEmpty {
      let subject = request.service.map { " named \($0)-…" } ?? ""
      throw EngineError(
        .notFound, "no running container\(subject) is without a service",
        hint: "mcp status lists those that are; --container NAME=COMPONENT chooses one by its name",
        service: request.service)
    }
    return chosen
  }

  /// What runs here and is no service's, also what carries labels of a registry that was lost.
  private func candidates() async throws -> [ForeignInstance] {
    let known = Set(try await context.registry.services().map(\.definition.name))
    var found: [ForeignInstance] = []
    for runtime in context.runtimes {
      let left = try await runtime.list().filter { !known.contains($0.labels.service) && $0.state.isUp }
      for id in try await runtime.listUnmanaged().map(\.id) + left.map(\.id) {
        found.append(try await runtime.describe(id))
      }
    }
    return found
  }

  /// An object by its name or id, of whichever runtime has it.
  private func describe(_ reference: String) async throws -> ForeignInstance {
    var failure: EngineError?
    for runtime in context.runtimes {
      do {
        return try await runtime.describe(reference)
      } catch let error as EngineError where error.code == .notFound {
        failure = failure ?? error
      }
    }
    throw failure ?? EngineError(.notFound, "there is no \(reference)")
  }

  /// A name as definitions have it.
  private static func name(_ text: String) -> String {
    String(text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }

  // MARK: - Adopting

  private func adopt(
    _ service: String, _ members: Members, _ request: AdoptRequest,
    progress: @escaping ProgressHandler
  ) async throws -> AdoptedService {
    let members = members.sorted { $0.component < $1.component }
    try await refuseOwned(members.map(\.found.id))
    let current = try await context.registry.service(service)
    let definition = try definition(of: service, members, current: current)
    var adopted = AdoptedService(
      definition: definition,
      members: members.map { member in
        AdoptedService.Member(
          component: member.component, container: member.found.name,
          problems: problems(of: member.found, member.component, in: definition))
      })
    if request.planOnly { return adopted }
    let lost = adopted.members.flatMap { member in
      member.problems.map { "\(member.container): \($0)" }
    }
    guard lost.isEmpty || request.force else {
      throw EngineError(
        .failedPrecondition, "\(service) is not adopted: its definition cannot say everything",
        hint:
          "--force adopts it all the same; what is listed here is lost with the next deploy that replaces it",
        service: service, details: lost)
    }
    let result = try await takeOver(service, definition, members, progress: progress)
    adopted.result = result
    return adopted
  }

  private func refuseOwned(_ ids: [String]) async throws {
    let deployed = Set(try await context.registry.services().map(\.definition.name))
    for instance in await context.observed.all() where ids.contains(instance.id) {
      let service = instance.labels.service
      guard deployed.contains(service) else { continue }
      throw EngineError(
        .conflict, "\(instance.name) belongs to \(service) already", hint: "mcp ps \(service) shows it",
        service: service)
    }
  }

  private func definition(
    of service: String, _ members: Members, current: ServiceRecord?
  ) throws -> ServiceDefinition {
    var definition = current?.definition ?? ServiceDefinition(name: service, components: [])
    for (name, found) in members {
      var component = found.component
      component.name = name
      if let index = definition.components.firstIndex(where: { $0.name == name }) {
        throw EngineError(
          .conflict, "\(service) has a component \(name) already",
          hint: "undeploy it first, or choose another name: --container \(name)-2=\(found.name)",
          service: service,
          component: definition.components[index].name)
      }
      definition.components.append(component)
    }
    try definition.check()
    try definition.refuseUnsupported()
    return definition
  }

  private func problems(
    of found: ForeignInstance, _ component: String, in definition: ServiceDefinition
  ) -> [String] {
    var problems = found.problems
    guard let component = definition.component(component) else { return problems }
    do {
      try VolumePolicy(settings: context.settings).check(component, of: definition)
    } catch {
      problems.append("a deploy would be refused: \(error.message)")
    }
    return problems
  }

  private func takeOver(
    _ service: String, _ definition: ServiceDefinition, _ members: Members,
    progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    let ids = Set(members.map(\.found.id))
    do {
      return try await perform(
        .adopt, on: Target(service: service), planOnly: false, definition: definition, progress: progress
      ) { current, _ in
        var desired: [String: DesiredState] = [:]
        var hashes: [String: String] = [:]
        for record in current?.components ?? [] {
          (desired[record.name], hashes[record.name]) = (record.desired, record.specHash)
        }
        let revision = (current?.revision ?? 0) + 1
        var adoptions: [Adoption] = []
        for (name, found) in members {
          guard let component = definition.component(name) else { continue }
          var given = SpecGivens()
          given.content = try await context.runtime(component.runtime).contentDigest(of: component)
          let hash = SpecHash.of(component, in: service, given: given)
          (desired[name], hashes[name]) = (.running, hash)
          adoptions.append(
            Adoption(
              runtimeID: found.id, runtime: component.runtime, service: service, component: name,
              revision: revision,
              specHash: hash))
        }
        // First what ties them to the service: without one it says nothing.
        try await context.registry.adopt(adoptions)
        for adoption in adoptions {
          await (try? context.runtime(adoption.runtime))?
            .adopt(adoption.runtimeID, as: context.labels(of: adoption))
        }
        for runtime in context.runtimes { try await context.monitor.refresh(runtime) }
        return Intent(
          change: .define(definition, desired: desired, specHashes: hashes),
          only: Set(members.map(\.component)))
      }
    } catch {
      if try await context.registry.service(service)?.definition != definition {
        for runtime in context.runtimes { await runtime.release(ids) }
        try? await context.registry.forgetAdoptions(ids)
        for runtime in context.runtimes { try? await context.monitor.refresh(runtime) }
      }
      throw error
    }
  }
}

extension NodeContext {
  /// What a label would say.
  func labels(of adoption: Adoption) -> InstanceLabels {
    InstanceLabels(
      service: adoption.service, component: adoption.component, revision: adoption.revision,
      specHash: adoption.specHash, node: settings.nodeName)
  }

  /// Tells the runtimes which objects were adopted by an earlier agent.
  func loadAdoptions() async throws {
    for adoption in try await registry.adoptions() {
      await (try? runtime(adoption.runtime))?.adopt(adoption.runtimeID, as: labels(of: adoption))
    }
  }
}
