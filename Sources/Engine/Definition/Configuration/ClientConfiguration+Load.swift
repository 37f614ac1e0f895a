internal import Foundation

extension ClientConfiguration {
  static let kind = "mcp configuration"

  /// Returns the configuration of the file at `path`.
  ///
  /// Without a path it is the file that `MCP_CONFIG` names, else `$XDG_CONFIG_HOME/mcp/mcp.toml`, else
  /// `~/.config/mcp/mcp.toml`. A file that was named must exist; without one at the usual place everything has
  /// its default. Throws `notFound`, `permissionDenied`, and `invalidArgument` with every problem of the file as
  /// one line of the error's details.
  public static func load(
    path: String?, environment: [String: String]
  ) throws(EngineError) -> ClientConfiguration {
    let directory = configurationDirectory(environment, home: home(environment))
    let named = path ?? environment["MCP_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    let file = named ?? "\(directory)/mcp.toml"
    let text: String?
    do {
      text = try TextFile.read(file, kind: kind)
    } catch  where error.code == .notFound && named == nil {
      text = nil
    }
    return try parse(text, path: file, environment: environment)
  }

  /// Returns the configuration that `text` contains, which is or would be the file at `path`; `nil` is no file.
  ///
  /// Throws `invalidArgument` with every problem of the text as one line of the error's details.
  public static func parse(
    _ text: String?, path file: String, environment: [String: String]
  ) throws(EngineError) -> ClientConfiguration {
    let home = home(environment)
    let directory = configurationDirectory(environment, home: home)
    let log = ProblemLog()
    let document = try TOMLDocument.parse(text ?? "", kind: kind, source: file)
    let reader = TableReader(document, log: log)
    var result = ClientConfiguration(
      path: file, exists: text != nil, servicesDirectory: "\(directory)/services",
      tokenPath: "\(directory)/token", nodes: [], nodesAreImplicit: false)
    result.preferredNode = environment["MCP_NODE"].flatMap { $0.isEmpty ? nil : $0 }
    result.read(reader, home: home)
    reader.finish()
    try log.check("\(file) is not a valid \(kind)")
    if result.nodes.isEmpty {
      result.nodesAreImplicit = true
      result.nodes = [NodeAddress(name: "local", address: .unix(path: socket(environment)))]
    }
    return result
  }

  private static func home(_ environment: [String: String]) -> String {
    environment["HOME"].flatMap { try? PathText.absolute($0) } ?? NSHomeDirectory()
  }

  private static func configurationDirectory(_ environment: [String: String], home: String) -> String {
    // A relative path there is to be ignored, says the specification of these variables.
    let base = environment["XDG_CONFIG_HOME"].flatMap { try? PathText.absolute($0) }
    return PathText.normalised((base ?? "\(home)/.config") + "/mcp")
  }

  private static func socket(_ environment: [String: String]) -> String {
    let candidates = LocalSocket.candidates(environment)
    return candidates.first { FileManager.default.fileExists(atPath: $0) } ?? candidates[0]
  }

  private mutating func read(_ root: TableReader, home: String) {
    func path(_ text: String) throws(ValueError) -> String { try PathText.absolute(text, home: home) }

    if let services = root.table("services") {
      servicesDirectory = services.value("dir", path) ?? servicesDirectory
      services.finish()
    }
    if let table = root.table("mcias") {
      if !table.has("server_url") { table.report("server_url", "is required") }
      mcias = AgentConfiguration.readMcias(table, serviceName: "mcp", path)
    }
    if let auth = root.table("auth") {
      tokenPath = auth.value("token_path", path) ?? tokenPath
      auth.finish()
    }
    if let build = root.table("build") {
      workspace = build.optional("workspace", path)
      build.finish()
    }
    for case let table? in root.tables("nodes") {
      guard let node = Self.node(table, path) else { continue }
      if nodes.contains(where: { $0.name == node.name }) {
        table.report("name", "\(Text.quoted(node.name)) is the name of another node as well")
      }
      nodes.append(node)
    }
  }

  private static func node(
    _ table: TableReader, _ path: (String) throws(ValueError) -> String
  ) -> NodeAddress? {
    if !table.has("name") { table.report("name", "is required") }
    if !table.has("address") { table.report("address", "is required") }
    let name = table.value("name", NetworkText.nodeName)
    let address = table.value("address") { (text) throws(ValueError) in try AgentAddress(text) }
    let caCertificate = table.optional("ca_cert", path)
    let tokenPath = table.optional("token_path", path)
    table.finish()
    guard let name, let address else { return nil }
    if case .unix = address {
      if caCertificate != nil { table.report("ca_cert", "is only for TCP addresses") }
      if tokenPath != nil { table.report("token_path", "is only for TCP addresses") }
    }
    return NodeAddress(name: name, address: address, caCertificate: caCertificate, tokenPath: tokenPath)
  }
}
