/// What the command line is told by its configuration file and by the environment.
public struct ClientConfiguration: Hashable, Sendable {
  /// Where the configuration file is, or would be.
  public var path: String
  /// Whether there is such a file.
  public var exists: Bool
  /// The directory of the service definitions.
  public var servicesDirectory: String
  /// The identity service, where there is one.
  public var mcias: IdentityService.Settings?
  /// The file of the operator's token.
  public var tokenPath: String
  /// The directory that the source trees of services are relative to.
  public var workspace: String?
  /// The nodes; at least one.
  public var nodes: [NodeAddress]
  /// Whether ``nodes`` is this machine's agent because no node is configured.
  public var nodesAreImplicit: Bool
  /// The node that the environment asks for.
  public var preferredNode: String?
}

/// A node as the command line knows it: one table `[[nodes]]`.
public struct NodeAddress: Hashable, Sendable {
  /// The node's name.
  public var name: String
  /// Where its agent listens.
  public var address: AgentAddress
  /// The CA that signed the agent's certificate, in PEM; for TCP only.
  public var caCertificate: String?
  /// The file of the token for this node alone; for TCP only.
  public var tokenPath: String?

  /// Creates a node.
  public init(
    name: String, address: AgentAddress, caCertificate: String? = nil, tokenPath: String? = nil
  ) {
    self.name = name
    self.address = address
    self.caCertificate = caCertificate
    self.tokenPath = tokenPath
  }
}

extension ClientConfiguration {
  /// Returns the node called `name`, else the one that `MCP_NODE` asks for, else the only one.
  ///
  /// Throws `notFound` for an unknown name and `invalidArgument` where several nodes are configured and none is
  /// asked for; both name the nodes that there are.
  public func node(named name: String?) throws(EngineError) -> NodeAddress {
    let known = nodes.map(\.name)
    let list = "configured nodes: \(known.joined(separator: ", "))"
    guard let name = name ?? preferredNode else {
      if nodes.count == 1 { return nodes[0] }
      throw EngineError(
        .invalidArgument, "which node is meant is not clear, since several are configured",
        hint: "name one with --node or MCP_NODE; \(list)")
    }
    if let node = nodes.first(where: { $0.name == name }) { return node }
    let near = NearestWord.find(name, among: known).map { "did you mean `\($0)`? " } ?? ""
    throw EngineError(.notFound, "no node is named \(Text.quoted(name)) in \(path)", hint: near + list)
  }

  /// Returns the node that `definition` belongs to, or the one called `name` where that is asked for.
  ///
  /// Where no node is configured it is this machine's agent, which knows its own name.
  public func node(for definition: ServiceDefinition, named name: String? = nil) throws(EngineError)
    -> NodeAddress
  {
    if nodesAreImplicit { return try node(named: name) }
    do {
      return try node(named: name ?? definition.node)
    } catch {
      throw error.about(service: definition.name)
    }
  }
}
