internal import Foundation

extension Orchestrator {
  /// Collects what a plan for `service` is made from.
  func planInput(
    _ service: String, before: ServiceRecord?, after: ServiceRecord?, intent: Intent
  ) async throws -> Planner.Input {
    var input = try await context.planInput(
      service, before: before, after: after, restart: intent.restart, only: intent.only, renew: intent.renew)
    input.settles = intent.atomic && context.settings.settle > .zero
    return input
  }

  /// Throws `conflict` where another service claims a host port of `record`; the registry checks it again.
  func refuseTakenPorts(_ record: ServiceRecord?) async throws {
    guard let definition = record?.definition else { return }
    for claim in try await context.registry.portClaims() where claim.service != definition.name {
      guard
        let own = PortTable.claims(of: definition).first(where: { $0.mapping.collides(with: claim.mapping) })
      else { continue }
      throw EngineError(
        .conflict,
        "\(definition.name)/\(own.component) and \(claim.service)/\(claim.component) both claim host port \(own.mapping.hostPort)/\(own.mapping.transport.rawValue)",
        hint: "give one of them another host port", service: definition.name, component: own.component)
    }
  }
}

extension NodeContext {
  /// Collects what a plan for `service` is made from: the objects as they are now, local images, networks.
  func planInput(
    _ service: String, before: ServiceRecord?, after: ServiceRecord?, restart: Set<String> = [],
    only: Set<String>? = nil, renew: Set<String> = []
  ) async throws -> Planner.Input {
    let definitions = [before?.definition, after?.definition].compactMap(\.self)
    let instances = try await currentInstances(of: service, as: definitions)
    var input = Planner.Input(
      service: service, desired: after, instances: instances, restart: restart, only: only)
    let (broken, usable) = instances.reduce(into: ([Instance](), [Instance]())) { found, instance in
      if instance.isBroken || renew.contains(instance.labels.component) {
        found.0.append(instance)
      } else {
        found.1.append(instance)
      }
    }
    input.broken = Set(broken.map(\.id))
    input.previous = before?.definition
    input.networksBefore = Planner.networks(of: before?.definition)
    let wanted = input.networksBefore.union(Planner.networks(of: after?.definition))
    if !wanted.isEmpty {
      for other in try await registry.services() where other.definition.name != service {
        input.networksOfOthers.formUnion(Planner.networks(of: other.definition))
      }
    }
    input.localImages = try await localImages(for: after, instances: usable)
    return input
  }

  /// The service's objects, each asked for anew: a plan must not be made from what was true a moment ago.
  ///
  /// A runtime that does not answer is no obstacle to a service of whose `definitions` none needs it.
  func currentInstances(of service: String, as definitions: [ServiceDefinition]) async throws -> [Instance] {
    let needed = Set(definitions.flatMap(\.components).map(\.runtime))
    for runtime in runtimes where await !observed.isLoaded(runtime.kind) {
      do {
        try await monitor.refresh(runtime)
      } catch {
        guard !needed.isEmpty, !needed.contains(runtime.kind) else { throw error }
      }
    }
    let known = await observed.instances(of: service)
    return try await withThrowingTaskGroup(of: Instance?.self) { group in
      for instance in known {
        let runtime = try runtime(instance.runtime)
        group.addTask {
          do {
            return try await runtime.inspect(instance.id)
          } catch let error as EngineError where error.code == .notFound {
            await self.monitor.forget(instance)
            return nil
          }
        }
      }
      var current: [Instance] = []
      for try await instance in group { if let instance { current.append(instance) } }
      return current.sorted { $0.name < $1.name }
    }
  }

  /// The images that a plan may have to create from and that are local already.
  private func localImages(for record: ServiceRecord?, instances: [Instance]) async throws -> Set<String> {
    let present = Set(instances.map(\.labels.specHash))
    var needed: [String: RuntimeKind] = [:]
    for component in record?.components ?? []
    where component.desired == .running && !present.contains(component.specHash) {
      guard let definition = record?.definition.component(component.name), let image = definition.image
      else { continue }
      needed[image] = definition.runtime
    }
    return try await withThrowingTaskGroup(of: String?.self) { group in
      for (image, kind) in needed {
        let runtime = try runtime(kind)
        // Fifty services that recover ask for the same few images.
        group.addTask {
          let isLocal = try await self.imageLooks.value(image) { try await runtime.hasImage(image) }
          return isLocal ? image : nil
        }
      }
      var local: Set<String> = []
      for try await image in group { if let image { local.insert(image) } }
      return local
    }
  }

  /// Lets the definition that holds now say how the health of what runs is looked at, and where routes lead.
  func follow(_ service: String) async {
    await healer?.lookSoon()
    await routes.settle(service)
    await trimSecrets(of: service)
    await monitor.health.assume(nil, of: service)
    for instance in await observed.instances(of: service) {
      if let runtime = try? runtime(instance.runtime) { await monitor.health.follow(instance, in: runtime) }
    }
  }
}
