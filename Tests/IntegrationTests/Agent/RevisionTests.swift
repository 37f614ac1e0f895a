import Engine
import Foundation
import TestSupport
import Testing

/// What a service was, what it would become, and going back.
@Suite(.requiresPodman, .serialized) struct RevisionTests {
  private static func component(_ version: Int, cmd: String = TestCommand.idle) -> String {
    "[[components]]\nname = \"api\"\nimage = \"\(TestImage.one)\"\ncmd = \(cmd)\nenv = [\"VERSION=\(version)\"]"
  }

  @Test func `history says who changed what, and rollback goes back as a new revision`() async throws {
    try await AgentFixture.with { agent in
      let service = try agent.define("web", Self.component(1))
      #expect(try await agent.mcp("deploy", service).code == 0)
      #expect(try await agent.mcp("rollback", service).code == 1, "there is nothing to go back to")
      let first = try #require(try await agent.containers().first?.hash)
      try agent.define("web", Self.component(2))
      let plan = try await agent.mcp("deploy", service, "--plan").output
      #expect(plan.contains("~ components.api.env.VERSION: \"1\" → \"2\""), "\(plan)")
      #expect(try await agent.mcp("deploy", service).code == 0)
      let history = try await agent.mcp("history", service).output
      #expect(history.contains("components.api.env.VERSION: \"1\" → \"2\""), "\(history)")
      #expect(history.contains("user:"))
      let preview = try await agent.mcp("rollback", service, "--plan").output
      #expect(preview.contains("VERSION: \"2\" → \"1\""), "\(preview)")
      #expect(try await agent.containers().first?.hash != first)
      let result = try await agent.mcp("rollback", service)
      #expect(result.code == 0 && result.output.contains("revision 3"), "\(result.errors)\(result.output)")
      #expect(try await agent.containers().map(\.hash) == [first])
      #expect(try await agent.mcp("rollback", service, "2").code == 0)
      #expect(try await agent.mcp("service", "show", service).output.contains("VERSION=2"))
      #expect(try await agent.mcp("rollback", service, "99").code == 3)
      #expect(try await agent.mcp("rollback", service, "0").code == 2)
    }
  }

  @Test func `the output of a version that failed is kept`() async throws {
    try await AgentFixture.with(settle: "1s") { agent in
      let service = try agent.define("web", Self.component(1, cmd: "[\"sh\", \"-c\", \"echo told; exit 3\"]"))
      #expect(try await agent.mcp("logs", service, "--failed").code == 3)
      #expect(try await agent.mcp("deploy", service).code == 1)
      let logs = try await agent.mcp("logs", service, "--failed")
      #expect(logs.output.contains("revision 1 failed"), "\(logs.output)\(logs.errors)")
      #expect(logs.output.contains("told"))
      #expect(try await agent.mcp("logs", "\(service)/other", "--failed").code == 3)
    }
  }

  @Test(arguments: ["start.effect", "prove.started", "remove.started"])
  func `after kill -9 in a rollback the service is what was gone back to`(point: String) async throws {
    try await AgentFixture.with(settle: "200ms") { agent in
      let service = try agent.define("web", Self.component(1))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let first = try #require(try await agent.containers().first?.hash)
      try agent.define("web", Self.component(2))
      #expect(try await agent.mcp("deploy", service).code == 0)
      await agent.terminate()
      try await agent.start(fault: point)
      _ = try await agent.mcp("rollback", service)
      #expect(await eventually { agent.pid == 0 }, "the fault \(point) was not reached")
      try await agent.start()
      #expect(
        try await eventually(within: .seconds(30)) {
          let now = try await agent.containers()
          return now.map(\.hash) == [first] && now.first?.state == "running"
            && now.first?.name == "\(service)-api"
        })
    }
  }
}
