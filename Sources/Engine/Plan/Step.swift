/// One thing that an operation does to the outside world.
///
/// Steps are values: `--plan` prints them and the executor runs the same ones.
public enum Step: Hashable, Sendable {
  /// Which runtime object a step acts on.
  public enum Reference: Hashable, Sendable {
    /// One that was there when the plan was made.
    case existing(id: String, name: String)
    /// The one that the component's `create` step makes.
    case created(name: String)

    /// The object's name in the runtime.
    public var name: String {
      switch self {
      case .existing(_, let name), .created(let name): name
      }
    }
  }

  /// Makes sure that a network exists.
  case ensureNetwork(name: String)
  /// Makes the component's image local.
  case pull(component: String, image: String)
  /// Creates the component's runtime object under that name.
  case create(component: String, name: String)
  /// Stops a runtime object.
  case stop(component: String, Reference)
  /// Starts a runtime object.
  case start(component: String, Reference)
  /// Waits until a runtime object that was started works: it stays up, and passes its health check if it has one.
  case prove(component: String, Reference)
  /// Leads the component's routes to a runtime object.
  case route(component: String, Reference)
  /// Waits until the connections that routes led to a runtime object have ended, for a while.
  case drain(component: String, Reference)
  /// Removes a runtime object.
  case remove(component: String, Reference)
  /// Gives a runtime object the component's name.
  case rename(component: String, Reference, to: String)
  /// Removes a network of ours that nothing uses any more.
  case removeNetwork(name: String)

  /// The component concerned; empty for steps of the service as a whole.
  public var component: String {
    switch self {
    case .ensureNetwork, .removeNetwork: ""
    case .pull(let component, _), .create(let component, _), .stop(let component, _),
      .start(let component, _), .prove(let component, _), .route(let component, _),
      .drain(let component, _), .remove(let component, _), .rename(let component, _, _):
      component
    }
  }

  /// The step in one word, which is also its name for fault injection.
  public var action: String {
    switch self {
    case .ensureNetwork: "network"
    case .pull: "pull"
    case .create: "create"
    case .stop: "stop"
    case .start: "start"
    case .prove: "prove"
    case .route: "route"
    case .drain: "drain"
    case .remove: "remove"
    case .rename: "rename"
    case .removeNetwork: "remove-network"
    }
  }

  /// The step for people, journal and JSON.
  public var planned: PlannedStep {
    let message =
      switch self {
      case .ensureNetwork(let name): "make sure that network \(name) exists"
      case .pull(_, let image): "pull \(image)"
      case .create(_, let name): "create \(name)"
      case .stop(_, let reference): "stop \(reference.name)"
      case .start(_, let reference): "start \(reference.name)"
      case .prove(_, let reference): "wait until \(reference.name) works"
      case .route(_, let reference): "lead the routes to \(reference.name)"
      case .drain(_, let reference): "let the connections to \(reference.name) end"
      case .remove(_, let reference): "remove \(reference.name)"
      case .rename(_, let reference, let name): "rename \(reference.name) to \(name)"
      case .removeNetwork(let name): "remove network \(name) if nothing uses it"
      }
    return PlannedStep(component: component, action: action, message: message)
  }
}

/// What an operation does, in the order in which it does it.
///
/// The phases are barriers: nothing is switched before everything is prepared, and nothing old is removed
/// before everything new runs. Inside a phase the components' lists run side by side.
public struct ServicePlan: Hashable, Sendable {
  /// Steps that come first, one after another: networks.
  public var before: [Step] = []
  /// What can be undone without a trace: images and new objects.
  ///
  /// One list per component.
  public var prepare: [[Step]] = []
  /// The change itself: old objects stop, new ones start.
  ///
  /// Waves, one after another, each with one list per component: first what only stops, dependents before what they
  /// depend on, then what starts, the other way round.
  public var change: [[[Step]]] = []
  /// What follows once everything new runs: old objects go, names are put right.
  ///
  /// One list per component.
  public var cleanup: [[Step]] = []
  /// Steps that come last, one after another: networks.
  public var after: [Step] = []

  /// Creates an empty plan.
  public init() {}

  /// All steps in order.
  public var steps: [Step] {
    before + prepare.flatMap(\.self) + change.flatMap(\.self).flatMap(\.self) + cleanup.flatMap(\.self)
      + after
  }

  /// Whether there is nothing to do.
  public var isEmpty: Bool { steps.isEmpty }

  /// The components that something is done to; to wait for one changes nothing.
  public var changedComponents: Set<String> {
    Set(steps.filter { $0.action != "prove" }.map(\.component).filter { !$0.isEmpty })
  }
}
