import Engine
import Foundation
import TestSupport
import Testing

/// A container store that is wiped, of a podman that has everything for itself.
@Suite(.requiresPodman, .serialized) struct ResetTests {
  /// How many services; `MCP_TEST_SERVICES` asks for more.
  private static let count =
    ProcessInfo.processInfo.environment["MCP_TEST_SERVICES"].flatMap(Int.init) ?? 5

  /// The environment of a podman with a store, a home and a runtime directory of its own.
  private static func environment(in directory: TemporaryDirectory) throws -> [String: String] {
    let home = ProcessInfo.processInfo.environment["HOME"] ?? "/"
    for name in ["home", "run"] {
      try FileManager.default.createDirectory(
        atPath: directory.file(name), withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
    }
    try """
    [storage]
    driver = "vfs"
    graphroot = "\(directory.file("store"))"
    runroot = "\(directory.file("run/store"))"
    """.write(toFile: directory.file("storage.conf"), atomically: true, encoding: .utf8)
    return [
      "HOME": directory.file("home"), "XDG_RUNTIME_DIR": directory.file("run"),
      "CONTAINERS_STORAGE_CONF": directory.file("storage.conf"),
      "CONTAINERS_CONF": "\(home)/.config/containers/containers.conf",
    ]
  }

  @Test func `after podman system reset everything runs again from the registry alone, with its data`()
    async throws
  {
    try await TemporaryDirectory.with { directory in
      let isolated = try Self.environment(in: directory)
      let environment = ProcessInfo.processInfo.environment.merging(isolated) { $1 }
      func podman(_ arguments: String...) async throws -> CommandResult {
        try await Command.run("/usr/bin/podman", arguments, environment: environment, deadline: .seconds(90))
      }
      func running() async throws -> Int {
        try await podman("ps", "-q").output.split(separator: "\n").count
      }
      try await RegistryServer.with { server in
        let image = try await server.push(TestImage.one, as: "reset/one:1")
        let agent = try await AgentFixture(
          settings: "[monitor]\nresync = \"5s\"\n[registries.\"\(server.address)\"]\nplain_http = true\n",
          ownPodman: false)
        do {
          try await agent.start(extra: isolated)
          var services: [String] = []
          for index in 1...Self.count {
            let data = agent.directory.file("srv/data\(index)")
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: false)
            let service = try agent.define(
              "s\(index)",
              """
              [[components]]
              name = "api"
              image = "\(image)"
              network = "none"
              volumes = ["\(data):/data"]
              cmd = ["sh", "-c", "echo run >> /data/log; trap 'exit 0' TERM; while :; do sleep 1000 & wait; done"]
              """)
            let deployed = try await agent.mcp("deploy", service)
            #expect(deployed.code == 0, "\(deployed.errors)")
            services.append(service)
          }
          #expect(try await running() == Self.count)
          await agent.kill9()
          // Podman gives up where a container that it restarts is in its way.
          var reset = try await podman("system", "reset", "--force")
          for _ in 0..<5 where reset.code != 0 { reset = try await podman("system", "reset", "--force") }
          #expect(reset.code == 0, "\(reset.errors)")
          #expect(try await podman("ps", "-aq").output.isEmpty)
          #expect(try await podman("images", "-q").output.isEmpty)
          try await agent.start(extra: isolated)
          #expect(try await agent.mcp("list").code == 0, "the API does not wait for what it brings back")
          #expect(try await eventually(within: .seconds(240)) { try await running() == Self.count })
          for (index, service) in services.enumerated() {
            let log = try String(
              contentsOfFile: agent.directory.file("srv/data\(index + 1)/log"), encoding: .utf8)
            #expect(log == "run\nrun\n")
            #expect(try await eventually { try await agent.mcp("status", service, "--check").code == 0 })
            #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
          }
        } catch {
          Issue.record("\(error)\n\(agent.log.suffix(5000))")
        }
        await agent.terminate()
        await agent.tearDown()
      }
      _ = try await podman("system", "reset", "--force")
      // Its pause process.
      _ = try await podman("system", "migrate")
      _ = try await podman("unshare", "rm", "-rf", directory.file("store"), directory.file("run/store"))
      _ = try await podman("system", "migrate")
    }
  }
}
