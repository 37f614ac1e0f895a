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
    /// The definition before the change: what stops with a component that goes away is known from it.
    public var previous: ServiceDefinition?
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
    /// Whether what is started must stay up for a while, also where it has no health check.
    public var settles = false
    /// Components whose running object has not shown yet that it works.
    public var unproven: Set<String> = []
    /// Whether what is replaced is not wanted any more, as where a deploy is undone.
    ///
    /// It is removed before anything starts: its runtime might start it again, and it would hold its ports.
    public var discards = false

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

  /// Whether `name` is one that the agent gives the object of the component whose objects are named `canonical`: that
  /// one, or one for as long as the older object has it.
  static func isInstanceName(_ name: String, of canonical: String) -> Bool {
    guard name.hasPrefix(canonical) else { return false }
    return name.dropFirst(canonical.count).wholeMatch(of: /(\.r[0-9]+(\.[0-9]+)?)?/) != nil
  }

  /// Returns the plan that makes `input.desired` true.
  public static func plan(_ input: Input) -> ServicePlan {
    var plan = ComponentPlans()
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
    var service = ServicePlan()
    service.prepare = plan.prepare
    service.change = waves(&plan, input)
    service.cleanup = plan.cleanup
    service.before = networks.sorted().map { .ensureNetwork(name: $0) }
    if input.only == nil {
      service.after = networksToRemove(input).map { .removeNetwork(name: $0) }
    }
    return service
  }

  /// What is done to components, before it is put in order.
  private struct ComponentPlans {
    var prepare: [[Step]] = []
    var stops: [[Step]] = []
    var starts: [[Step]] = []
    var cleanup: [[Step]] = []
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

  private static func planRemoval(
    of instances: [Instance], component: String, into plan: inout ComponentPlans
  ) {
    let running = instances.filter(\.state.isUp).map { Step.stop(component: component, $0.reference) }
    if !running.isEmpty { plan.stops.append(running) }
    plan.cleanup.append(instances.map { .remove(component: component, $0.reference) })
  }

  private static func planComponent(
    _ component: Component, _ input: Input, into plan: inout ComponentPlans, networks: inout Set<String>
  ) {
    guard let record = input.desired?.components.first(where: { $0.name == component.name }) else { return }
    let instances = input.instances.filter { $0.labels.component == component.name }
      .sorted { $0.name < $1.name }
    switch record.desired {
    case .stopped:
      let running = instances.filter(\.state.isUp)
      if !running.isEmpty {
        plan.stops.append(running.map { .stop(component: component.name, $0.reference) })
      }
    case .running:
      let name = instanceName(service: input.service, component: component.name)
      if let current = best(of: instances, hash: record.specHash, name: name, broken: input.broken) {
        keep(
          current, of: component, others: instances.filter { $0.id != current.id }, name: name, input,
          into: &plan)
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
    _ current: Instance, of definition: Component, others: [Instance], name: String, _ input: Input,
    into plan: inout ComponentPlans
  ) {
    let component = current.labels.component
    let end = ending(others, of: definition, input)
    var change = end.before
    let proof = proof(of: definition, current.reference, input) + route(definition, current.reference)
    if !current.state.isUp {
      change += [.start(component: component, current.reference)] + proof
    } else if input.restart.contains(component) {
      change.append(.stop(component: component, current.reference))
      change += [.start(component: component, current.reference)] + proof
    } else if input.unproven.contains(component) {
      change += proof
    } else if !others.isEmpty {
      change += route(definition, current.reference)
    }
    if change.allSatisfy(\.endsSomething), !change.isEmpty {
      plan.stops.append(change)
    } else if !change.isEmpty {
      plan.starts.append(change)
    }
    var cleanup = end.after
    if current.name != name { cleanup.append(.rename(component: component, current.reference, to: name)) }
    if !cleanup.isEmpty { plan.cleanup.append(cleanup) }
  }

  private static func replace(
    _ old: [Instance], with component: Component, _ record: ComponentRecord, name: String, _ input: Input,
    into plan: inout ComponentPlans
  ) {
    let taken = Set(old.map(\.name))
    let newName = taken.contains(name) ? temporaryName(name, revision: record.revision, taken: taken) : name
    var prepare: [Step] = []
    if let image = component.image, component.pull != .never, !input.localImages.contains(image) {
      prepare.append(.pull(component: component.name, image: image))
    }
    prepare.append(.create(component: component.name, name: newName))
    plan.prepare.append(prepare)
    let end = ending(old, of: component, input)
    let created = Step.Reference.created(name: newName)
    plan.starts.append(
      end.before + [.start(component: component.name, created)] + proof(of: component, created, input)
        + route(component, created))
    var cleanup = end.after
    if newName != name {
      cleanup.append(.rename(component: component.name, .created(name: newName), to: name))
    }
    if !cleanup.isEmpty { plan.cleanup.append(cleanup) }
  }

  /// What ends the objects that another one takes the place of, before that starts and after it works.
  ///
  /// Behind routes they run beside it until it works, and may finish then what they are at. What is not wanted any more
  /// is removed before, else after, so that it can be had back.
  private static func ending(
    _ objects: [Instance], of component: Component, _ input: Input
  ) -> (before: [Step], after: [Step]) {
    let name = component.name
    let running = objects.filter(\.state.isUp)
    let removals = objects.map { Step.remove(component: name, $0.reference) }
    if component.runsBesideItself {
      let stops: [Step] = running.flatMap {
        [.drain(component: name, $0.reference), .stop(component: name, $0.reference)]
      }
      return ([], stops + removals)
    }
    let stops = running.map { Step.stop(component: name, $0.reference) }
    return input.discards ? (stops + removals, []) : (stops, removals)
  }

  /// What leads a component's routes to an object.
  private static func route(_ component: Component, _ reference: Step.Reference) -> [Step] {
    component.routes.isEmpty ? [] : [.route(component: component.name, reference)]
  }

  /// What shows that a started object works: nothing where nothing is asked of it.
  ///
  /// What was there before has not to show that it works, but those that depend on it wait for it, and so do routes.
  private static func proof(
    of component: Component, _ reference: Step.Reference, _ input: Input
  ) -> [Step] {
    let isChecked = component.effectiveHealth != nil
    if input.discards {
      let isAwaited =
        !component.routes.isEmpty
        || input.desired?.definition.components.contains { $0.dependsOn.contains(component.name) } == true
      return isChecked && isAwaited ? [.prove(component: component.name, reference)] : []
    }
    return isChecked || input.settles ? [.prove(component: component.name, reference)] : []
  }

  // MARK: - Order

  /// The lists of changes as waves; a component that others wait for is proven before them, changed or not.
  private static func waves(_ plans: inout ComponentPlans, _ input: Input) -> [[[Step]]] {
    let old = levels(of: input.previous ?? input.desired?.definition)
    let new = levels(of: input.desired?.definition)
    let starting = Set(plans.starts.compactMap(\.first?.component))
    for component in input.desired?.definition.components ?? []
    where component.effectiveHealth != nil && !starting.contains(component.name) && !input.discards {
      let isAwaited = input.desired?.definition.components.contains {
        starting.contains($0.name) && $0.dependsOn.contains(component.name)
      }
      let running = input.instances.first { $0.labels.component == component.name && $0.state.isUp }
      let isWanted = input.desired?.components.contains {
        $0.name == component.name && $0.desired == .running
      }
      guard isAwaited == true, isWanted == true, let running else { continue }
      plans.starts.append([.prove(component: component.name, running.reference)])
    }
    func byLevel(_ lists: [[Step]], _ levels: [String: Int]) -> [(key: Int, value: [[Step]])] {
      Dictionary(grouping: lists) { levels[$0.first?.component ?? ""] ?? 0 }.sorted { $0.key < $1.key }
    }
    return byLevel(plans.stops, old).reversed().map(\.value) + byLevel(plans.starts, new).map(\.value)
  }

  /// How many components have to be there before each one.
  static func levels(of definition: ServiceDefinition?) -> [String: Int] {
    guard let components = definition?.components else { return [:] }
    var levels: [String: Int] = [:]
    // A definition without cycles has its levels after as many rounds as there are.
    for _ in components {
      var changed = false
      for component in components {
        let level = component.dependsOn.map { (levels[$0] ?? 0) + 1 }.max() ?? 0
        if levels[component.name] != level, level <= components.count {
          levels[component.name] = level
          changed = true
        }
      }
      if !changed { break }
    }
    return levels
  }

  /// The name that a new object has while the old one still holds the component's name.
  private static func temporaryName(_ name: String, revision: Int64, taken: Set<String>) -> String {
    let base = "\(name).r\(revision)"
    guard taken.contains(base) else { return base }
    let numbered = (2...(taken.count + 2)).lazy.map { "\(base).\($0)" }
    return numbered.first { !taken.contains($0) } ?? base
  }
}

extension Component {
  /// Whether a new object can work beside the old one: only routes lead to it, which can be led elsewhere.
  var runsBesideItself: Bool { !routes.isEmpty && ports.isEmpty }
}

extension Step {
  /// Whether it stops or removes.
  fileprivate var endsSomething: Bool {
    switch self {
    case .stop, .remove: true
    default: false
    }
  }
}

extension Instance {
  /// This object as steps name it.
  var reference: Step.Reference { .existing(id: id, name: name) }
}
