/// The agent's control plane: the primitives as they are carried out on a node, bound to who calls them.
///
/// Each primitive has a file of its own beside this one.
public struct Orchestrator: ControlPlane {
  /// What the primitives work with.
  public let context: NodeContext
  /// Who calls.
  public let caller: Caller

  /// Creates a control plane for `caller`.
  public init(context: NodeContext, caller: Caller) {
    self.context = context
    self.caller = caller
  }
}
