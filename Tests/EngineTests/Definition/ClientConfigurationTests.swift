import Engine
import Foundation
import TestSupport
import Testing

@Suite struct ClientConfigurationTests {
  private func write(_ text: String, to path: String) throws {
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  private func definition(_ name: String) -> String {
    "name = \"\(name)\"\n[[components]]\nname = \"api\"\nimage = \"x:1\"\n"
  }

  @Test func `with no file everything has its default`() async throws {
    try await TemporaryDirectory.with { home in
      let configuration = try ClientConfiguration.load(
        path: nil, environment: ["HOME": home.path, "XDG_RUNTIME_DIR": home.file("run")])
      #expect(configuration.path == home.file(".config/mcp/mcp.toml"))
      #expect(!configuration.exists)
      #expect(configuration.servicesDirectory == home.file(".config/mcp/services"))
      #expect(configuration.tokenPath == home.file(".config/mcp/token"))
      #expect(configuration.workspace == nil)
      #expect(configuration.mcias == nil)
      #expect(configuration.nodesAreImplicit)
      #expect(configuration.nodes.map(\.name) == ["local"])
      #expect(try configuration.node(named: nil).name == "local")
    }
  }

  @Test func `the socket that exists is preferred`() async throws {
    try await TemporaryDirectory.with { home in
      let socket = home.file("run/mcp/agent.sock")
      let environment = ["HOME": home.path, "XDG_RUNTIME_DIR": home.file("run")]
      try write("", to: socket)
      #expect(
        try ClientConfiguration.load(path: nil, environment: environment).nodes[0].address
          == .unix(path: socket))
    }
  }

  @Test func `every key is read and the home directory is filled in`() async throws {
    try await TemporaryDirectory.with { home in
      try write(
        """
        [services]
        dir = "~/services/"
        [mcias]
        server_url = "https://mcias.example:8443"
        service_name = "cli"
        ca_cert = "/etc/ca.pem"
        [auth]
        token_path = "~/token"
        [build]
        workspace = "~"
        [[nodes]]
        name = "rift"
        address = "100.95.252.120:9444"
        ca_cert = "~/rift-ca.pem"
        [[nodes]]
        name = "local"
        address = "unix:///run/user/850/mcp/agent.sock"
        """, to: home.file("xdg/mcp/mcp.toml"))
      let configuration = try ClientConfiguration.load(
        path: nil, environment: ["HOME": home.path, "XDG_CONFIG_HOME": home.file("xdg")])
      #expect(configuration.exists)
      #expect(configuration.servicesDirectory == home.file("services"))
      #expect(configuration.mcias?.serverURL == "https://mcias.example:8443")
      #expect(configuration.mcias?.serviceName == "cli")
      #expect(configuration.mcias?.caCertificate == "/etc/ca.pem")
      #expect(configuration.tokenPath == home.file("token"))
      #expect(configuration.workspace == home.path)
      #expect(!configuration.nodesAreImplicit)
      #expect(
        configuration.nodes == [
          NodeAddress(
            name: "rift", address: .tcp(host: "100.95.252.120", port: 9444),
            caCertificate: home.file("rift-ca.pem")),
          NodeAddress(name: "local", address: .unix(path: "/run/user/850/mcp/agent.sock")),
        ])
    }
  }

  @Test func `a file that was named must exist`() async throws {
    try await TemporaryDirectory.with { home in
      let missing = home.file("missing.toml")
      for (path, environment) in [(missing, [:]), (nil, ["MCP_CONFIG": missing])]
        as [(String?, [String: String])]
      {
        let error = #expect(throws: EngineError.self) {
          try ClientConfiguration.load(
            path: path, environment: environment.merging(["HOME": home.path]) { $1 })
        }
        #expect(error?.code == .notFound)
        #expect(error?.message.contains(missing) == true)
      }
      let other = home.file("other.toml")
      try write("auth.token_path = \"/other\"", to: other)
      let configuration = try ClientConfiguration.load(
        path: other, environment: ["HOME": home.path, "MCP_CONFIG": missing])
      #expect(configuration.tokenPath == "/other")
    }
  }

  @Test func `all problems of a file are reported at once`() async throws {
    try await TemporaryDirectory.with { home in
      let path = home.file("mcp.toml")
      try write(
        """
        [service]
        dir = "x"
        [mcias]
        ca_cert = "ca.pem"
        [auth]
        token_path = 5
        [[nodes]]
        name = "rift"
        address = "rift"
        [[nodes]]
        address = "unix://relative.sock"
        ca_crt = "/x"
        [[nodes]]
        name = "a"
        address = "a.example:1"
        [[nodes]]
        name = "a"
        address = "unix:///x"
        ca_cert = "/x"
        """, to: path)
      let error = #expect(throws: EngineError.self) {
        try ClientConfiguration.load(path: path, environment: ["HOME": home.path])
      }
      #expect(error?.code == .invalidArgument)
      #expect(error?.message == "\(path) is not a valid mcp configuration")
      #expect(
        error?.details == [
          "auth.token_path: must be a string, not an integer",
          "mcias.ca_cert: must be an absolute path, not `ca.pem`",
          "mcias.server_url: is required",
          "nodes[0].address: must be `host:port` or `[ipv6]:port`, not `rift`",
          "nodes[1].address: must be an absolute path, not `relative.sock`",
          "nodes[1].ca_crt: unknown key; did you mean `ca_cert`?",
          "nodes[1].name: is required",
          "nodes[3].ca_cert: is only for TCP addresses",
          "nodes[3].name: `a` is the name of another node as well",
          "service: unknown key; did you mean `services`?",
        ])
    }
  }

  @Test func `a node is chosen by name, by the environment, or because it is the only one`() async throws {
    try await TemporaryDirectory.with { home in
      let path = home.file("mcp.toml")
      let rift = "[[nodes]]\nname = \"rift\"\naddress = \"rift.example:9444\"\n"
      try write(rift, to: path)
      var environment = ["HOME": home.path]
      let one = try ClientConfiguration.load(path: path, environment: environment)
      #expect(try one.node(named: nil).name == "rift")
      try write(rift + "[[nodes]]\nname = \"orion\"\naddress = \"[::1]:9444\"\n", to: path)
      let two = try ClientConfiguration.load(path: path, environment: environment)
      #expect(try two.node(named: "orion").address == .tcp(host: "::1", port: 9444))
      let unclear = #expect(throws: EngineError.self) { try two.node(named: nil) }
      #expect(unclear?.code == .invalidArgument)
      #expect(unclear?.hint == "name one with --node or MCP_NODE; configured nodes: rift, orion")
      let unknown = #expect(throws: EngineError.self) { try two.node(named: "rfit") }
      #expect(unknown?.code == .notFound)
      #expect(unknown?.hint == "did you mean `rift`? configured nodes: rift, orion")
      environment["MCP_NODE"] = "orion"
      let preferred = try ClientConfiguration.load(path: path, environment: environment)
      #expect(try preferred.node(named: nil).name == "orion")
      #expect(try preferred.node(named: "rift").name == "rift")
      #expect(try preferred.node(for: ServiceDefinition(name: "web", node: "rift")).name == "rift")
      #expect(try preferred.node(for: ServiceDefinition(name: "web")).name == "orion")
      #expect(
        try preferred.node(for: ServiceDefinition(name: "web", node: "rift"), named: "orion").name == "orion")
      let elsewhere = #expect(throws: EngineError.self) {
        try preferred.node(for: ServiceDefinition(name: "web", node: "vega"))
      }
      #expect(elsewhere?.service == "web")
    }
  }

  @Test func `with no node configured a definition goes to this machine`() async throws {
    try await TemporaryDirectory.with { home in
      let configuration = try ClientConfiguration.load(path: nil, environment: ["HOME": home.path])
      #expect(try configuration.node(for: ServiceDefinition(name: "web", node: "rift")).name == "local")
    }
  }

  @Test(arguments: [
    ("unix:///run/x.sock", AgentAddress.unix(path: "/run/x.sock")),
    ("rift.example:9444", .tcp(host: "rift.example", port: 9444)),
    ("127.0.0.1:1", .tcp(host: "127.0.0.1", port: 1)),
    ("[::1]:65535", .tcp(host: "::1", port: 65_535)),
  ])
  func `an address reads back what it writes`(text: String, address: AgentAddress) throws {
    #expect(try AgentAddress(parsing: text) == address)
    #expect(address.description == text)
  }

  @Test(arguments: [
    "", "unix://", "unix://x", "unix:/x", "unix:///a/../b", "rift", "rift:", "rift:0", "rift:65536",
    "::1:9444",
    "[::1]", "[rift]:1", "[1.2.3.4]:1", "http://rift:1", "a b:1", "-a:1", "rift:1\n",
  ])
  func `what is no address is refused`(text: String) {
    let error = #expect(throws: EngineError.self) { try AgentAddress(parsing: text) }
    #expect(error?.code == .invalidArgument)
  }

  @Test func `a definition is found by its service's name`() async throws {
    try await TemporaryDirectory.with { home in
      let configuration = try ClientConfiguration.load(path: nil, environment: ["HOME": home.path])
      let none = #expect(throws: EngineError.self) { try configuration.definition(named: "web") }
      #expect(none?.code == .notFound)
      let directory = configuration.servicesDirectory
      try write(definition("web"), to: "\(directory)/web.toml")
      try write(definition("db"), to: "\(directory)/db.toml")
      let found = try configuration.definition(named: "web")
      #expect(found.definition.name == "web")
      #expect(found.path == "\(directory)/web.toml")
      let missing = #expect(throws: EngineError.self) { try configuration.definition(named: "wbe") }
      #expect(missing?.code == .notFound)
      #expect(missing?.service == "wbe")
      #expect(missing?.cause == "\(directory)/wbe.toml does not exist")
      #expect(missing?.hint == "did you mean `web`? defined there: db, web")
      for name in ["../web", "/etc/passwd", "", "WEB"] {
        let error = #expect(throws: EngineError.self) { try configuration.definition(named: name) }
        #expect(error?.code == .invalidArgument)
      }
      try write(definition("web"), to: "\(directory)/other.toml")
      let renamed = #expect(throws: EngineError.self) { try configuration.definition(named: "other") }
      #expect(renamed?.code == .invalidArgument)
      #expect(renamed?.message == "\(directory)/other.toml defines `web`, not `other`")
    }
  }

  @Test func `all definitions are read, or the problems of all are reported`() async throws {
    try await TemporaryDirectory.with { home in
      let configuration = try ClientConfiguration.load(path: nil, environment: ["HOME": home.path])
      let directory = configuration.servicesDirectory
      let absent = #expect(throws: EngineError.self) { try configuration.definitions() }
      #expect(absent?.code == .notFound)
      try write("not a definition", to: "\(directory)/notes.txt")
      #expect(try configuration.definitions().isEmpty)
      try write(definition("web"), to: "\(directory)/web.toml")
      try write(definition("db"), to: "\(directory)/db.toml")
      try write("garbage", to: "\(directory)/.web.toml")
      #expect(try configuration.definitions().map(\.definition.name) == ["db", "web"])
      try write("name = ", to: "\(directory)/broken.toml")
      try write(definition("other"), to: "\(directory)/named.toml")
      try write(definition("web").replacing("x:1", with: "x"), to: "\(directory)/web.toml")
      let error = #expect(throws: EngineError.self) { try configuration.definitions() }
      #expect(error?.code == .invalidArgument)
      #expect(error?.message == "3 of 4 service definitions in \(directory) are not valid")
      #expect(error?.details.count == 5)
      #expect(error?.details[0] == "\(directory)/broken.toml is not a valid service definition")
      #expect(error?.details[1].hasPrefix("  line 1, column ") == true)
      #expect(error?.details[2] == "\(directory)/named.toml defines `other`, not `named`")
      #expect(error?.details[3] == "\(directory)/web.toml is not a valid service definition")
      #expect(error?.details[4].hasPrefix("  components[0].image: has no tag") == true)
    }
  }
}
