import Foundation
import TestSupport
import Testing

@Suite(.requiresPodman, .serialized) struct LeakTests {
  @Test func `two hundred deploys and undeploys, four at once, leave nothing behind`() async throws {
    try await AgentFixture.with { agent in
      try await round(agent, count: 8)
      let memory = try Processes.residentKiB(agent.pid)
      let rows = try await registryRows(agent)
      try await round(agent, count: 192)
      #expect(try await agent.containers().isEmpty)
      #expect(try await agent.networks().isEmpty)
      #expect(try await registryRows(agent) == rows)
      let list = try await agent.mcp("--json", "list")
      #expect(list.output.trimmingCharacters(in: .whitespacesAndNewlines) == "[]")
      let files = try FileManager.default.contentsOfDirectory(atPath: agent.directory.file("state"))
      #expect(files.allSatisfy { $0.hasPrefix("mcp.db") }, "\(files)")
      let after = try Processes.residentKiB(agent.pid)
      #expect(after < memory + 24 * 1024, "resident memory went from \(memory) to \(after) KiB")
    }
  }

  private func round(_ agent: AgentFixture, count: Int) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lane in 0..<4 {
        group.addTask {
          let port = try FreePort.next()
          let service = try agent.define(
            "lane\(lane)",
            """
            [[components]]
            name = "api"
            image = "\(TestImage.one)"
            network = "\(agent.node)-\(lane % 2)"
            ports = ["127.0.0.1:\(port):80"]
            cmd = \(TestCommand.idle)
            """)
          for _ in 0..<(count / 4) {
            let up = try await agent.mcp("deploy", service)
            if up.code != 0 {
              let events = try await agent.mcp("events", "-n", "40")
              Issue.record("\(up.errors)\n\(events.output)\n\(agent.log.suffix(2000))")
            }
            let down = try await agent.mcp("undeploy", "--yes", service)
            #expect(down.code == 0, "\(down.errors)")
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Rows of every table but the events', which are history.
  private func registryRows(_ agent: AgentFixture) async throws -> String {
    let script = """
      import sqlite3, sys
      db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
      names = [r[0] for r in db.execute("select name from sqlite_master where type='table' order by 1")]
      print({n: db.execute(f"select count(*) from {n}").fetchone()[0] for n in names if n not in ("events", "sqlite_sequence")})
      """
    let result = try await Command.run(
      "/usr/bin/env", ["python3", "-c", script, agent.directory.file("state/mcp.db")])
    return result.output
  }
}
