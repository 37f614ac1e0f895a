import Engine
import Foundation
import Synchronization
import TestSupport
import Testing

/// Three agents on hosts of their own, and one operator.
@Suite(.requiresPodman, .serialized) struct NodesTests {
  /// The agents, and how the operator speaks with them.
  private struct Cluster: Sendable {
    let network: NetworkFixture
    let agents: [AgentFixture]
    let directory: TemporaryDirectory

    /// Runs the command line on the operator's host.
    func mcp(
      _ arguments: String..., started: (@Sendable (Int32, String) -> Void)? = nil
    ) async throws -> CommandResult {
      var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MCP_") }
      environment["MCP_CONFIG"] = directory.file("mcp.toml")
      environment["NO_COLOR"] = "1"
      let words = network.place(0) + [Command.binaries + "/mcp"] + arguments
      return try await Command.run(
        words[0], Array(words.dropFirst()), environment: environment, deadline: .seconds(120),
        started: started)
    }

    /// Writes the definition of a service of one node.
    func define(_ index: Int, _ body: String) throws -> String {
      let agent = agents[index]
      let service = "\(agent.node)-web"
      try """
      name = "\(service)"
      node = "\(agent.node)"
      [[components]]
      name = "api"
      image = "\(TestImage.one)"
      network = "none"
      \(body)
      """.write(
        toFile: directory.file("services/\(service).toml"), atomically: true, encoding: .utf8)
      return service
    }
  }

  private static func with(_ body: @escaping @Sendable (Cluster) async throws -> Void) async throws {
    try await PodmanEnvironment.require()
    try await NetworkFixture.with(3) { network in
      try await TemporaryDirectory.with { directory in
        try FileManager.default.createDirectory(
          atPath: directory.file("services"), withIntermediateDirectories: false)
        var configuration =
          "[services]\ndir = \"\(directory.file("services"))\"\n[auth]\ntoken_path = \"\(directory.file("token"))\"\n"
        var agents: [AgentFixture] = []
        do {
          for host in 1...3 {
            let authority = try CertificateAuthority(node: "host\(host)")
            let pair = try authority.server(names: [network.address(host)])
            let files = ["ca": authority.pair.certificate, "pem": pair.certificate, "key": pair.key]
            for (kind, text) in files {
              let path = directory.file("\(host).\(kind)")
              try text.write(toFile: path, atomically: true, encoding: .utf8)
              chmod(path, 0o600)
            }
            let agent = try await AgentFixture()
            agents.append(agent)
            let path = agent.directory.file("agent.toml")
            let server = """
              listen = "\(network.address(host)):9444"
              tls_cert = "\(directory.file("\(host).pem"))"
              tls_key = "\(directory.file("\(host).key"))"
              """
            try String(contentsOfFile: path, encoding: .utf8)
              .replacing("[server]\n", with: "[server]\n\(server)\n")
              .write(toFile: path, atomically: true, encoding: .utf8)
            try await agent.start(in: network.place(host))
            let token = try await Command.run(
              Command.binaries + "/mcp-agent",
              ["token", "create", "--config", path, "--name", "operator", "--role", "admin", "--ttl", "1h"])
            let tokenPath = directory.file("\(host).token")
            try token.output.write(toFile: tokenPath, atomically: true, encoding: .utf8)
            chmod(tokenPath, 0o600)
            configuration += """

              [[nodes]]
              name = "\(agent.node)"
              address = "\(network.address(host)):9444"
              ca_cert = "\(directory.file("\(host).ca"))"
              token_path = "\(tokenPath)"

              """
          }
          try configuration.write(
            toFile: directory.file("mcp.toml"), atomically: true, encoding: .utf8)
          try await body(Cluster(network: network, agents: agents, directory: directory))
        } catch {
          for agent in agents { await agent.tearDown() }
          throw error
        }
        for agent in agents { await agent.tearDown() }
      }
    }
  }

  /// Ends a little after it was told to, so that a redeploy takes its time.
  private static let slow =
    #"cmd = ["sh", "-c", "trap 'sleep 3; exit 0' TERM; while :; do sleep 1000 & wait; done"]"#

  @Test func `services go to their nodes, and one that is cut off does not keep the others back`()
    async throws
  {
    try await Self.with { cluster in
      let services = try (0..<3).map { try cluster.define($0, "cmd = \(TestCommand.idle)") }
      let synced = try await cluster.mcp("sync")
      #expect(synced.code == 0, "\(synced.errors)")
      let all = try await cluster.mcp("ps")
      #expect(all.code == 0 && services.allSatisfy { all.output.contains($0) }, "\(all.output) \(all.errors)")
      for (index, agent) in cluster.agents.enumerated() {
        let one = try await cluster.mcp("list", "--node", agent.node)
        #expect(one.output.contains(services[index]) && !one.output.contains(services[(index + 1) % 3]))
      }
      try await cluster.network.cut(2)
      async let ps = cluster.mcp("ps")
      async let list = cluster.mcp("list")
      async let status = cluster.mcp("status")
      for partial in try await [ps, list, status] {
        #expect(partial.code == 5, "\(partial.errors)")
        #expect(partial.output.contains(services[0]) && partial.output.contains(services[2]))
        #expect(!partial.output.contains(services[1]))
        #expect(partial.errors.contains(cluster.agents[1].node), "\(partial.errors)")
      }
      try await cluster.network.heal(2)
      #expect(try await eventually { try await cluster.mcp("ps").code == 0 })
      for service in services { #expect(try await cluster.mcp("undeploy", "--yes", service).code == 0) }
    }
  }

  @Test func `a deploy whose line is cut and healed is told its end, and is right on both sides`()
    async throws
  {
    try await Self.with { cluster in
      let service = try cluster.define(0, Self.slow)
      #expect(try await cluster.mcp("deploy", service).code == 0)
      _ = try cluster.define(0, Self.slow + "\nenv = { A = \"2\" }")
      let network = cluster.network
      let result = try await cluster.mcp("deploy", service) { _, errors in
        Task {
          await Self.once(errors, says: "stop")
          try await network.cut(1)
          try await Task.sleep(for: .milliseconds(1500))
          try await network.heal(1)
        }
      }
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("revision 2"), "\(result.output)")
      #expect(try await cluster.mcp("status", service, "--check").code == 0)
    }
  }

  @Test
  func
    `a deploy whose line stays cut ends for the operator, goes on at the node, and is found in the events`()
    async throws
  {
    try await Self.with { cluster in
      let service = try cluster.define(0, Self.slow)
      #expect(try await cluster.mcp("deploy", service).code == 0)
      _ = try cluster.define(0, Self.slow + "\nenv = { A = \"2\" }")
      let network = cluster.network
      let result = try await cluster.mcp("deploy", service) { _, errors in
        Task {
          await Self.once(errors, says: "stop")
          try await network.cut(1)
        }
      }
      #expect(result.code == 5, "\(result.code) \(result.errors)")
      #expect(result.errors.contains("mcp events"), "it is said where to look: \(result.errors)")
      // The node's own side, which knows nothing of the cut.
      let agent = cluster.agents[0]
      #expect(
        try await eventually(within: .seconds(30)) {
          try await agent.mcp("status", service, "--check").code == 0
        })
      try await network.heal(1)
      #expect(
        try await eventually(within: .seconds(30)) {
          let events = try await cluster.mcp("events", "--service", service, "--json", "--actor", "operator")
          return events.output.contains("deployed revision 2")
        })
      let shown = try await cluster.mcp("service", "show", service)
      #expect(shown.output.contains("\"A=2\""), "\(shown.output)")
    }
  }

  /// Waits until a file contains a text.
  private static func once(_ path: String, says text: String) async {
    _ = await eventually(within: .seconds(30)) {
      ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").contains(text)
    }
  }
}
