import ArgumentParser
import Engine
import Foundation

/// `mcp-agent init`.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented configuration and make the state directory.",
    discussion: """
      Never overwrites: an existing configuration is left as it is. With --listen it also makes a CA, a certificate, the \
      key for tokens and a first token for an admin.

      Examples:
        mcp-agent init
        mcp-agent init --listen 0.0.0.0:9444 --name rift.example --name 100.95.252.120
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(name: .long, help: "The node's name; default: this machine's name.")
  var node: String?

  @Option(
    name: .customLong("state-dir"),
    help: "Where the agent keeps its registry; default: beside the configuration.")
  var stateDirectory: String?

  @Option(name: .long, help: "The socket; default: mcp/agent.sock in the user's runtime directory.")
  var socket: String?

  @Option(
    name: .long, help: "Also let operators in over TLS, on this address and port, such as 0.0.0.0:9444.")
  var listen: String?

  @Option(
    name: .customLong("name"),
    help:
      "A name or an IP address under which they reach this node; may be repeated. Asked for on a terminal.")
  var names: [String] = []

  func run() async throws {
    guard options.config.hasPrefix("/") else {
      throw EngineError(
        .invalidArgument, "the configuration's path \(options.config) is relative",
        hint: "give an absolute path")
    }
    let directory = stateDirectory ?? (options.config as NSString).deletingLastPathComponent
    let defaults = try AgentConfiguration.parse(
      "", source: "defaults",
      environment: ["XDG_RUNTIME_DIR", "HOME"].reduce(into: [:]) { result, key in
        result[key] = ProcessInfo.processInfo.environment[key]
      })
    let name = node ?? defaults.node.name
    let files = NodeCertificates(directory: directory + "/tls", node: name)
    let address = try listen.map(tcpAddress)
    let text = AgentConfiguration.template(
      nodeName: name, stateDirectory: directory, socket: socket ?? defaults.server.socket,
      remote: address.map {
        AgentConfiguration.RemoteDoor(listen: $0, certificate: files.certificate, key: files.key)
      })
    let configuration = try AgentConfiguration.parse(
      text, source: "the new configuration", environment: [:])
    try makeDirectory(directory)
    try makeDirectory((options.config as NSString).deletingLastPathComponent)
    try writeNew(text, to: options.config)
    print("wrote \(options.config)")
    if let address {
      do {
        try await makeAccess(configuration, files, address)
      } catch {
        unlink(options.config)
        throw error
      }
    }
    print("next: mcp-agent run --config \(options.config)")
  }

  /// Makes what operators elsewhere need: certificates, and a first token.
  private func makeAccess(
    _ configuration: AgentConfiguration, _ files: NodeCertificates, _ address: AgentAddress
  ) async throws {
    let names = names.isEmpty ? NodeCertificates.ask(listen: address) : names
    let fingerprint = try files.make(names: names)
    print("wrote \(files.certificate) for \(names.joined(separator: ", "))")
    let path = configuration.stateDirectory + "/first.token"
    let registry = try Registry.open(path: configuration.database.path)
    let authority = TokenAuthority(registry: registry, node: configuration.node.name)
    let request = TokenRequest(name: "first", role: .admin, lifetime: .seconds(90 * 86_400))
    let token = try await authority.issue(request, by: .agent).token.token
    try registry.close()
    unlink(path)
    guard
      FileManager.default.createFile(
        atPath: path, contents: Data((token + "\n").utf8), attributes: [.posixPermissions: 0o600])
    else {
      throw EngineError(
        .permissionDenied, "\(path) cannot be written", cause: String(cString: strerror(errno)))
    }
    print(
      "wrote \(path), a token for an admin, valid for 90 days: take it to the operator's machine and remove it here"
    )
    print("the CA's fingerprint, which `mcp node add` shows: \(fingerprint)")
  }

  private func tcpAddress(_ text: String) throws -> AgentAddress {
    let address = try AgentAddress(parsing: text)
    guard case .tcp = address else {
      throw EngineError(.invalidArgument, "--listen takes host:port, not '\(text)'")
    }
    return address
  }

  private func makeDirectory(_ path: String) throws(EngineError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
    } catch {
      throw EngineError(
        .permissionDenied, "the directory \(path) cannot be made", cause: "\(error.localizedDescription)",
        hint: "run this as the agent's user, or make the directory for it")
    }
  }

  /// Creates the file, or fails where there is one: `O_EXCL` leaves no gap between look and write.
  private func writeNew(_ text: String, to path: String) throws(EngineError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      if errno == EEXIST {
        throw EngineError(
          .alreadyExists, "\(path) is there already and is left as it is",
          hint: "mcp-agent check --config \(path) says whether it is valid")
      }
      throw EngineError(.permissionDenied, "\(path) cannot be written", cause: reason)
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(text.utf8))
      try handle.synchronize()
    } catch {
      unlink(path)
      throw EngineError(
        .resourceExhausted, "\(path) could not be written", cause: "\(error)", hint: "is the disk full?")
    }
  }
}
