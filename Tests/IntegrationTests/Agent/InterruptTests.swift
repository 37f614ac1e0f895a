import Foundation
import TestSupport
import Testing

/// Ctrl-C ends the wait of an operator, never an operation half-way.
@Suite(.requiresPodman, .serialized) struct InterruptTests {
  private func component(_ cmd: String, image: String = TestImage.one) -> String {
    "[[components]]\nname = \"api\"\nimage = \"\(image)\"\ncmd = \(cmd)\n"
  }

  @Test func `a stop that has begun is finished, and the operator is told`() async throws {
    try await AgentFixture.with { agent in
      let stubborn = component(#"["sh", "-c", "trap '' TERM; while :; do sleep 1000 & wait; done"]"#)
      let service = try agent.define("app", stubborn)
      #expect(try await agent.mcp("deploy", service).code == 0)
      let result = try await agent.interrupted("stop", service, onceSaid: "stop \(service)-api")
      #expect(result.code == 130, "\(result.errors)")
      #expect(result.errors.contains("the stop of \(service) was finished"), "\(result.errors)")
      #expect(try await agent.containers().map(\.state) == ["exited"])
    }
  }

  @Test func `a pull that hangs is given up, and the operator is told that nothing is left`() async throws {
    try await AgentFixture.with { agent in
      // A registry that accepts connections and says nothing.
      let listener = try SilentListener()
      defer { listener.close() }
      let service = try agent.define(
        "app", component(TestCommand.idle, image: "127.0.0.1:\(listener.port)/app:1"))
      let result = try await agent.interrupted(
        "deploy", service, onceSaid: "pull 127.0.0.1", and: { listener.wasReached })
      #expect(listener.wasReached)
      #expect(result.code == 130, "\(result.errors)")
      #expect(result.errors.contains("the deploy of \(service) was cancelled"), "\(result.errors)")
      #expect(try await agent.containers().isEmpty)
      #expect(try await agent.mcp("service", "show", service).code == 3)
    }
  }
}
