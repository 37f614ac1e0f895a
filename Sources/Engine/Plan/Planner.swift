/// Turns desired and observed state into steps.
///
/// Pure: the same input gives the same plan.
///
/// A plan depends only on what is there, so the plan that finishes an interrupted operation is the plan of
/// the operation itself, made again.
public enum Planner {
  /// What a plan is made from.
  public struct Input: Sendable {
    /// The service's name.
    public var service: String
    /// What should be true; `nil` where the service should be absent.
    public var desired: ServiceRecord?
    /// Every runtime object of the service.
    public var instances: [Instance]
    /// Images that are local, by the reference that definitions use.
    public var localImages: Set<String>
    /// Networks that other services of this node use.
    public var networksOfOthers: Set<String>
    /// Networks that this service used so far.
    public var networksBefore: Set<String>
    /// Objects that cannot be started again and have to be made anew.
    public var broken: Set<String>
    /// Components to stop and start although nothing about them changed.
    public var restart: Set<String>
    /// The components that may be touched; `nil` is all of them.
    public var only: Set<String>?

    /// Creates an input.
    public init(
      service: String, desired: ServiceRecord?, instances: [Instance], localImages: Set<String> = [],
      networksOfOthers: Set<String> = [], networksBefore: Set<String> = [], broken: Set<String> = [],
      restart: Set<String> = [], only: Set<String>? = nil
    ) {
      self.service = service
      self.desired = desired
      self.instances = instances
      self.localImages = localImages
      self.networksOfOthers = networksOfOthers
      self.networksBefore = networksBefore
      self.broken = broken
      self.restart = restart
      self.only = only
    }
  }

  /// The name of a component's runtime object.
  public static func instanceName(service: String, component: String) -> String { "\(service)-\(component)" }

  /// Returns the plan that makes `input.desired` true.
  public static func plan(_ input: Input) -> ServicePlan {
    var plan = ServicePlan()
    var networks: Set<String> = []
    for component in input.desired?.definition.components ?? [] {
      guard input.only?.contains(component.name) ?? true else { continue }
      planComponent(component, input, into: &plan, networks: &networks)
    }
    let known = Set(input.desired?.definition.components.map(\.name) ?? [])
    let leftovers = input.instances.filter { !known.contains($0.labels.component) }
    for (name, instances) in grouped(leftovers) where input.only?.contains(name) ?? true {
      planRemoval(of: instances, component: name, into: &plan)
    }
    plan.before = networks.sorted().map { .ensureNetwork(name: $0) }
    if input.only == nil {
      plan.after = networksToRemove(input).map { .removeNetwork(name: $0) }
    }
    return plan
  }

  /// Networks are ours to make only where they are named and not one of the runtime's modes.
  static func managedNetwork(_ component: Component) -> String? {
    guard let network = component.network, component.runtime == .container,
      !["host", "none", "bridge", "private", "slirp4netns", "pasta", "podman"].contains(network)
    else { return nil }
    return network
  }

  /// The networks that a definition needs.
  public static func networks(of definition: ServiceDefinition?) -> Set<String> {
    Set(definition?.components.compactMap(managedNetwork) ?? [])
  }

  private static func networksToRemove(_ input: Input) -> [String] {
    input.networksBefore.subtracting(networks(of: input.desired?.definition))
      .subtracting(input.networksOfOthers).sorted()
  }

  private static func grouped(_ instances: [Instance]) -> [(String, [Instance])] {
    Dictionary(grouping: instances, by: \.labels.component).sorted { $0.key < $1.key }
      .map { ($0.key, $0.value.sorted { $0.name < $1.name }) }
  }

  private static func planRemoval(of instances: [Instance], component: String, into plan: inout ServicePlan) {
    let running = instances.filter(\.state.isUp).map { Step.stop(component: component, $0.reference) }
    if !running.isEmpty { plan.change.append(running) }
    plan.cleanup.append(instances.map { .remove(component: component, $0.reference) })
  }

  private static func planComponent(
    _ component: Component, _ input: Input, into plan: inout ServicePlan, networks: inout Set<String>
  ) {
    guard let record = input.desired?.components.first(where: { $0.name == component.name }) else { return }
    let instances = input.instances.filter { $0.labels.component == component.name }
      .sorted { $0.name < $1.name }
    switch record.desired {
    case .stopped:
      let running = instances.filter(\.state.isUp)
      if !running.isEmpty {
        plan.change.append(running.map { .stop(component: component.name, $0.reference) })
      }
    case .running:
      let name = instanceName(service: input.service, component: component.name)
      if let current = best(of: instances, hash: record.specHash, name: name, broken: input.broken) {
        keep(current, others: instances.filter { $0.id != current.id }, name: name, input, into: &plan)
      } else {
        replace(instances, with: component, record, name: name, input, into: &plan)
        if let network = managedNetwork(component) { networks.insert(network) }
      }
    }
  }

  /// The object that can stay: of the right hash, best running, best under its final name.
  private static func best(
    of instances: [Instance], hash: String, name: String, broken: Set<String>
  ) -> Instance? {
    instances.filter { $0.labels.specHash == hash && !broken.contains($0.id) }.max { left, right in
      (left.state.isUp ? 2 : 0) + (left.name == name ? 1 : 0)
        < (right.state.isUp ? 2 : 0) + (right.name == name ? 1 : 0)
    }
  }

  private static func keep(
    _ current: Instance, others: [Instance], name: String, _ input: Input, into plan: inout ServicePlan
  ) {
    let component = current.labels.component
    var change = others.filter(\.state.isUp).map { Step.stop(component: component, $0.reference) }
    if !current.state.isUp {
      change.append(.start(component: component, current.reference))
    } else if input.restart.contains(component) {
      change.append(.stop(component: component, current.reference))
      change.append(.start(component: component, current.reference))
    }
    if !change.isEmpty { plan.change.append(change) }
    var cleanup = others.map { Step.remove(component: component, $0.reference) }
    if current.name != name { cleanup.append(.rename(component: component, current.reference, to: name)) }
    if !cleanup.isEmpty { plan.cleanup.append(cleanup) }
  }

  private static func replace(
    _ old: [Instance], with component: Component, _ record: ComponentRecord, name: String, _ input: Input,
    into plan: inout ServicePlan
  ) {
    let taken = Set(old.map(\.name))
    let newName = taken.contains(name) ? temporaryName(name, revision: record.revision, taken: taken) : name
    var prepare: [Step] = []
    if let image = component.image, !input.localImages.contains(image) {
      prepare.append(.pull(component: component.name, image: image))
    }
    prepare.append(.create(component: component.name, name: newName))
    plan.prepare.append(prepare)
    plan.change.append(
      old.filter(\.state.isUp).map { .stop(component: component.name, $0.reference) }
        + [.start(component: component.name, .created(name: newName))])
    var cleanup = old.map { Step.remove(component: component.name, $0.reference) }
    if newName != name {
      cleanup.append(.rename(component: component.name, .created(name: newName), to: name))
    }
    if !cleanup.isEmpty { plan.cleanup.append(cleanup) }
  }

  /// The name that a new object has while the old one still holds the component's name.
  private static func temporaryName(_ name: String, revision: Int64, taken: Set<String>) -> String {
    let base = "\(name).r\(revision)"
    guard taken.contains(base) else { return base }
    let numbered = (2...(taken.count + 2)).lazy.map { "\(base).\($0)" }
    return numbered.first { !taken.contains($0) } ?? base
  }
}

extension Instance {
  /// This object as steps name it.
  var reference: Step.Reference { .existing(id: id, name: name) }
}
