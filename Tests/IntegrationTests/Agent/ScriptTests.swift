import Engine
import Foundation
import TestSupport
import Testing

/// Hooks in a real agent, and scripts and the shell against it.
@Suite(.requiresPodman, .serialized) struct ScriptTests {
  private static func write(_ name: String, _ text: String, of agent: AgentFixture) throws {
    let scripts = URL(fileURLWithPath: agent.directory.file("state") + "/scripts")
    let hooks = scripts.appendingPathComponent("hooks")
    let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
    try FileManager.default.createDirectory(at: hooks, withIntermediateDirectories: true, attributes: mode)
    for directory in [scripts, hooks] {
      try FileManager.default.setAttributes(mode, ofItemAtPath: directory.path)
    }
    let path = hooks.appendingPathComponent(name).path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  private static func define(_ agent: AgentFixture) throws -> String {
    try agent.define(
      "app", "[[components]]\nname = \"api\"\nimage = \"\(TestImage.one)\"\ncmd = \(TestCommand.idle)")
  }

  @Test func `a hook refuses, reacts, is listed, and survives kill -9 of the agent`() async throws {
    try await AgentFixture.with { agent in
      let service = try Self.define(agent)
      try Self.write(
        "x.lua",
        """
        mcp.before("stop", function(op) return false, "it must go on" end)
        mcp.on("exit", function(e) mcp.emit("noticed", {service = e.service, code = e.details.exit_code or "?"}) end)
        """, of: agent)
      let reload = try await agent.mcp("script", "reload")
      #expect(reload.code == 0, "\(reload.output)\(reload.errors)")
      #expect(reload.output.contains("before stop, on exit"))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let stop = try await agent.mcp("stop", service)
      #expect(stop.code == 1)
      #expect(stop.errors.contains("stop of \(service) was refused by hooks/x.lua: it must go on"))

      await agent.kill9()
      try Self.write("x.lua", "this is not Lua", of: agent)
      try await agent.start()
      #expect(
        try await eventually {
          let list = try await agent.mcp("script", "list")
          return list.output.contains("loaded") && list.errors.contains("syntax error")
        })
      #expect(try await agent.mcp("stop", service).code == 1, "the last good version still refuses")
      let pid = try #require(try await agent.containers().first?.pid)
      kill(Int32(pid), SIGKILL)
      #expect(
        try await eventually(within: .seconds(30)) {
          try await agent.mcp("events", "--service", service, "--json").output
            .contains("\"kind\":\"noticed\"")
        })
    }
  }

  @Test func `a script runs against the agent, with arguments, a plan and an exit code`() async throws {
    try await AgentFixture.with { agent in
      let service = try Self.define(agent)
      let path = agent.directory.file("x.lua")
      try """
      #!/usr/bin/env -S mcp run
      local service, code = ...
      local result = assert(mcp.deploy(service))
      print(result.planned, arg[1] == service, #mcp.ps())
      mcp.store.set("runs", (mcp.store.get("runs") or 0) + 1)
      return tonumber(code)
      """.write(toFile: path, atomically: true, encoding: .utf8)
      let plan = try await agent.mcp("run", "--plan", path, service, "0")
      #expect(plan.code == 0, "\(plan.errors)")
      #expect(plan.output.contains("true\ttrue\t0"))
      #expect(plan.output.contains("create \(service)-api"))
      #expect(try await agent.containers().isEmpty)
      let run = try await agent.mcp("run", path, service, "7")
      #expect(run.code == 7)
      #expect(run.output.contains("false\ttrue\t1"))
      let missing = try await agent.mcp("run", "-", input: "return mcp.stop('nothing')")
      #expect(missing.code == 3)
      #expect(missing.errors.contains("nothing is not deployed"))
      let broken = try await agent.mcp("run", "-", input: "\n\nmcp.stop(1)")
      #expect(broken.code == 1)
      #expect(broken.errors.contains("stdin:3: mcp.stop: argument #1"))
      let piped = try await agent.mcp("shell", input: "print(mcp.ps()[1].observed)")
      #expect(piped.output == "running\n")
      #expect(try await agent.mcp("shell", input: "error('x')").code == 1)
    }
  }
}
