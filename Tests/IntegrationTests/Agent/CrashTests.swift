import Foundation
import TestSupport
import Testing

/// The agent is killed with SIGKILL at every step of a deploy and started again.
@Suite(.requiresPodman, .serialized) struct CrashTests {
  /// Every point that a replacing deploy of one component with a network passes.
  static let replacePoints = [
    "begin.before", "begin.finished", "network.started", "network.effect", "create.before", "create.started",
    "create.effect", "create.finished", "stop.before", "stop.started", "stop.effect", "stop.finished",
    "start.before", "start.started", "start.effect", "start.finished", "remove.started", "remove.effect",
    "remove.finished", "rename.started", "rename.effect", "rename.finished", "finish.before",
    "finish.finished",
  ]

  @Test(arguments: replacePoints)
  func `after kill -9 in a redeploy the old or the new one runs, complete, and nothing else`(
    point: String
  ) async throws {
    try await AgentFixture.with { agent in
      let service = try agent.define("web", component(version: 1, agent: agent))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let old = try #require(try await agent.containers().first)
      await agent.terminate()
      try await agent.start(fault: point)
      try agent.define("web", component(version: 2, agent: agent))
      _ = try await agent.mcp("deploy", service)
      #expect(await eventually { agent.pid == 0 }, "the fault \(point) was not reached")
      try await agent.start()
      let begun = point != "begin.before"
      let settled = try await eventually(within: .seconds(30)) {
        let containers = try await agent.containers()
        return containers.count == 1 && containers[0].state == "running"
          && containers[0].name == "\(service)-api" && (containers[0].hash != old.hash) == begun
      }
      let found = try await agent.containers()
      #expect(settled, "\(found)")
      let now = try #require(try await agent.containers().first)
      #expect(
        (now.hash != old.hash) == begun, "an operation that had begun is finished, another leaves no trace")
      let desired = try await agent.mcp("service", "show", service).output
      #expect(desired.contains("2000") == begun)
      #expect(try await eventually { try await agent.mcp("status", service, "--check").code == 0 })
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
      #expect(try await agent.containers().isEmpty)
      #expect(try await agent.networks().isEmpty)
      #expect(
        !NameServers.networks.contains("\(agent.node)-net"), "its names are left: \(NameServers.describe())")
    }
  }

  @Test(arguments: ["begin.finished", "stop.effect", "remove.started", "remove.effect", "finish.before"])
  func `after kill -9 in an undeploy everything is removed`(point: String) async throws {
    try await AgentFixture.with { agent in
      let service = try agent.define("web", component(version: 1, agent: agent))
      #expect(try await agent.mcp("deploy", service).code == 0)
      await agent.terminate()
      try await agent.start(fault: point)
      _ = try await agent.mcp("undeploy", "--yes", service)
      #expect(await eventually { agent.pid == 0 }, "the fault \(point) was not reached")
      try await agent.start()
      #expect(try await eventually { try await agent.containers().isEmpty })
      #expect(try await eventually { try await agent.networks().isEmpty })
      #expect(try await eventually { try await agent.mcp("service", "show", service).code == 3 })
    }
  }

  @Test(arguments: ["create", "start", "stop", "network"])
  func `a redeploy in which a step fails leaves the old one running`(step: String) async throws {
    try await AgentFixture.with { agent in
      let service = try agent.define("web", component(version: 1, agent: agent))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let old = try #require(try await agent.containers().first)
      await agent.terminate()
      try await agent.start(fault: "\(step).started", action: "fail")
      try agent.define("web", component(version: 2, agent: agent))
      let result = try await agent.mcp("deploy", service)
      #expect(result.code == 1)
      #expect(result.errors.contains("was injected"))
      let now = try await agent.containers()
      #expect(now.map(\.hash) == [old.hash])
      #expect(now.map(\.state) == ["running"])
      #expect(now.map(\.name) == ["\(service)-api"])
      #expect(try await agent.mcp("status", service, "--check").code == 0)
    }
  }

  private func component(version: Int, agent: AgentFixture) -> String {
    """
    [[components]]
    name = "api"
    image = "\(TestImage.one)"
    network = "\(agent.node)-net"
    cmd = \(TestCommand.idle)
    env = ["VERSION=\(version)000"]
    """
  }
}
