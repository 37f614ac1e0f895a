import ArgumentParser
import Engine
import Foundation

/// `mcp node add`.
struct NodeAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a node to the configuration.",
    discussion: """
      Shows the fingerprint of the CA that the node's agent presents, and asks: compare it with what `mcp-agent \
      certificate` printed on the node. From then on nothing else is believed at this address. Without a terminal, give \
      the fingerprint or the CA's certificate.

      Examples:
        mcp node add rift 100.95.252.120:9444
        mcp node add rift rift.example:9444 --fingerprint 9A:3F:…
        mcp node add here unix:///run/user/850/mcp/agent.sock
      """)

  @Argument(help: "The node's name, as definitions say it.") var name: String
  @Argument(help: "host:port, or unix:///path.") var address: String

  @Option(
    name: .long, help: ArgumentHelp("The CA's certificate, instead of asking the node.", valueName: "file"))
  var caCert: String?

  @Option(
    name: .long,
    help: ArgumentHelp("The CA's fingerprint (SHA-256), instead of asking you.", valueName: "digits"))
  var fingerprint: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The file of the token for this node alone; default: the one of [auth].", valueName: "file"))
  var tokenFile: String?

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let configuration = session.configuration
    let address = try AgentAddress(parsing: address)
    guard !configuration.named.contains(where: { $0.name == name }) else {
      throw EngineError(
        .alreadyExists, "a node named \(name) is configured already", hint: "mcp node remove \(name) first")
    }
    let text = try AtomicFile.read(configuration.path) ?? ""
    var node = NodeAddress(
      name: name, address: address,
      tokenPath: tokenFile.map { URL(filePath: $0).standardizedFileURL.path(percentEncoded: false) })
    // What is wrong with the name is told before anything is asked.
    _ = try NodeFile.check(NodeFile.adding(node, to: text), session, nodes: configuration.named + [node])
    if case .tcp(let host, let port) = address {
      let path = NodeFile.authorityPath(configuration, node: name)
      try AtomicFile.write(try await authority(host: host, port: port, session), to: path)
      node.caCertificate = path
    }
    let added = NodeFile.adding(node, to: text)
    try NodeFile.check(added, session, nodes: configuration.named + [node])
    try AtomicFile.write(added, to: configuration.path)
    try session.console.output("the node \(name) is added to \(configuration.path)\n")
    if configuration.nodesAreImplicit, case .tcp = address {
      session.console.error(
        "this machine's own agent is no longer meant when no node is named: add it as a node as well if you use it\n"
      )
    }
  }

  /// The CA's certificate, which the operator has agreed to.
  private func authority(host: String, port: Int, _ session: Session) async throws -> String {
    if let caCert {
      guard let pem = try AtomicFile.read(caCert) else {
        throw EngineError(.notFound, "there is no \(caCert)")
      }
      _ = try CertificateText.read(pem, source: caCert)
      return pem
    }
    if fingerprint == nil, !session.console.canAsk {
      throw UsageError(
        "the CA's fingerprint must be compared, and there is no terminal to ask on",
        hint: "add --fingerprint or --ca-cert")
    }
    let identity = try await AgentIdentity.fetch(host: host, port: port)
    let found = identity.authority.fingerprint
    if let fingerprint {
      func digits(_ text: String) -> String { text.uppercased().filter { $0.isHexDigit } }
      guard digits(fingerprint) == digits(found) else {
        throw EngineError(
          .unauthenticated, "the CA of the agent at \(host):\(port) has another fingerprint", cause: found,
          hint: "somebody may stand between; compare with `mcp-agent certificate` on the node")
      }
      return identity.authorityPEM
    }
    session.console.error(
      """
      the agent at \(AgentAddress.tcp(host: host, port: port)) shows a certificate for \
      \(Printable.line(identity.certificate.names.joined(separator: ", ")))
      signed by \(Printable.line(identity.authority.subject))
      with the fingerprint \(found)

      """)
    try await Confirmation.ask("is that what the node says?", context: session.context)
    return identity.authorityPEM
  }
}
