import Foundation
import TestSupport
import Testing

/// An operator in another language, who has the `.proto` files and nothing else, and a real agent.
@Suite(
  .requiresPodman, .serialized,
  .enabled(if: PythonClient.isAvailable, "MCP_TEST_PYTHON names no python: see scripts/dev/python-env"))
struct PythonOperatorTests {
  @Test func `it deploys, looks, runs a command, reads the output and takes away again`() async throws {
    try await AgentFixture.with { agent in
      let name = "\(agent.node)-py"
      let definition = """
        {"name": "\(name)", "components": [{"name": "api", "image": "\(TestImage.one)",
         "command": ["sh", "-c", "echo hello; trap 'exit 0' TERM; while :; do sleep 1000 & wait; done"]}]}
        """
      let deploy = try await PythonClient.run(agent.socket, ["deploy", "-"], input: definition)
      #expect(deploy.lines.first?["progress"]?["phase"]?.text == "create")
      #expect(deploy.lines.last?["result"]?["revision"]?.text == "1")
      #expect(try await agent.containers().map(\.state) == ["running"])
      let ps = try await PythonClient.run(agent.socket, ["ps", name])
      #expect(ps.lines.first?["components"]?[0]?["observed"]?["kind"]?.text == "KIND_RUNNING")
      let exec = try await PythonClient.run(
        agent.socket, ["exec", "\(name)/api", "--", "sh", "-c", "echo '{\"out\": \"here\"}'; exit 7"])
      #expect(exec.code == 7)
      #expect(exec.lines.first?["out"]?.text == "here")
      let logs = try await PythonClient.run(agent.socket, ["logs", "\(name)/api"])
      #expect(logs.lines.first?["text"]?.text == "hello")
      let events = try await PythonClient.run(agent.socket, ["events", name])
      #expect(events.lines.contains { $0["kind"]?.text == "deploy" })
      let undeploy = try await PythonClient.run(agent.socket, ["undeploy", name])
      #expect(undeploy.lines.last?["result"]?["primitive"]?.text == "undeploy")
      #expect(try await agent.containers().isEmpty)
      let gone = try await PythonClient.run(agent.socket, ["service", name])
      #expect(gone.code == 1)
      #expect(gone.lines.last?["error"]?["reason"]?.text == "not_found")
    }
  }
}
