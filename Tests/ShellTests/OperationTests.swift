import Engine
import Foundation
import TestSupport
import Testing

@testable import Shell

@Suite struct OperationTests {
  @Test func `deploy sends the definition and shows progress and result apart`() async throws {
    let plane = FakePlane {
      $0.progress = [
        OperationProgress(service: "web", component: "api", phase: "create", message: "creating container")
      ]
      $0.operation = .success(
        OperationResult(
          service: "web", primitive: "deploy", revision: 3, changed: true, warnings: ["no limits here"],
          message: "web: deployed revision 3 (2 changed)"))
    }
    try await withHarness(plane) { harness in
      try harness.define("web")
      let outcome = await harness.run("deploy", "web")
      #expect(outcome.status == 0)
      #expect(outcome.output == "web: deployed revision 3 (2 changed)\n")
      #expect(outcome.errors == "web/api: creating container\nwarning: no limits here\n")
      #expect(plane.calls.deploys.first?.definition.components.first?.image == "example.org/api:1")
    }
  }

  @Test func `deploy of a plan shows its steps`() async throws {
    let plane = FakePlane()
    try await withHarness(plane) { harness in
      try harness.define("web")
      let outcome = await harness.run("deploy", "web/api", "--plan")
      #expect(
        outcome.output == """
          web: 2 steps planned
          COMPONENT  ACTION  STEP
          api        pull    pull example.org/api:2
          api        create  create web-api

          """)
      #expect(plane.calls.deploys.first?.planOnly == true)
      #expect(plane.calls.deploys.first?.component == "api")
    }
  }

  @Test func `deploy reads a named file and refuses one of another service`() async throws {
    let plane = FakePlane()
    try await withHarness(plane) { harness in
      let file = harness.directory.file("other.toml")
      try "name = \"mail\"\n[[components]]\nname = \"smtp\"\nimage = \"example.org/smtp:1\"\n"
        .write(toFile: file, atomically: true, encoding: .utf8)
      #expect(await harness.run("deploy", "--file", file).status == 0)
      #expect(plane.calls.deploys.first?.definition.name == "mail")
      let mixed = await harness.run("deploy", "web", "--file", file)
      #expect(mixed.status == 2)
      #expect(mixed.errors.contains("defines 'mail', not 'web'"))
      #expect(await harness.run("deploy", "--file", file + "x").status == 3)
    }
  }

  @Test func `a definition with mistakes is a failure that lists them all`() async throws {
    let plane = FakePlane()
    try await withHarness(plane) { harness in
      try harness.define("web", "name = \"web\"\ncolour = 1\n[[components]]\nname = \"api\"\nimag = \"x\"\n")
      let outcome = await harness.run("deploy", "web")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("colour"))
      #expect(outcome.errors.contains("components[0].imag"))
      #expect(plane.calls.deploys.isEmpty)
    }
  }

  @Test func `a service without a definition and a component that is not in it are not found`() async throws {
    try await withHarness { harness in
      try harness.define("web")
      #expect(await harness.run("deploy", "mail").status == 3)
      let outcome = await harness.run("deploy", "web/worker")
      #expect(outcome.status == 3)
      #expect(outcome.errors.contains("its components are: api"))
    }
  }

  @Test func `a failed deploy shows the last log lines`() async throws {
    let plane = FakePlane {
      $0.operation = .failure(
        EngineError(
          .operationFailed, "web/api did not start", cause: "exit code 1", hint: "mcp logs web/api",
          details: ["panic: no database"]))
    }
    try await withHarness(plane) { harness in
      try harness.define("web")
      let outcome = await harness.run("deploy", "web")
      #expect(outcome.status == 1)
      #expect(
        outcome.errors
          == "error: web/api did not start\ncause: exit code 1\n  panic: no database\nhint: mcp logs web/api\n"
      )
    }
  }

  @Test func `a deploy goes to the node of its definition unless told otherwise`() async throws {
    let (rift, moon) = (FakePlane(), FakePlane())
    try await withHarness(nodes: [("rift", rift), ("moon", moon)]) { harness in
      try harness.define("web", node: "moon")
      #expect(await harness.run("deploy", "web").status == 0)
      #expect(moon.calls.deploys.count == 1)
      #expect(await harness.run("deploy", "web", "--node", "rift").status == 0)
      #expect(rift.calls.deploys.count == 1)
      #expect(await harness.run("deploy", "web", "--node", "mars").status == 3)
    }
  }

  @Test func `stop finds the node that has the service`() async throws {
    let moon = FakePlane { $0.services = [Sample.summary] }
    let rift = FakePlane()
    try await withHarness(nodes: [("rift", rift), ("moon", moon)]) { harness in
      #expect(await harness.run("stop", "web/api").status == 0)
      #expect(moon.calls.targets.map(\.verb) == ["stop"])
      #expect(moon.calls.targets.first?.request.target.component == "api")
      #expect(rift.calls.targets.isEmpty)
      let missing = await harness.run("stop", "mail")
      #expect(missing.status == 3)
      #expect(missing.errors.contains("service 'mail' is not deployed on rift, moon"))
    }
  }

  @Test func `a service that is on several nodes needs one named`() async throws {
    let planes = ["rift", "moon"].map { ($0, FakePlane { $0.services = [Sample.summary] }) }
    try await withHarness(nodes: planes) { harness in
      let outcome = await harness.run("stop", "web")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("name the node with --node"))
      #expect(await harness.run("stop", "web", "--node", "moon").status == 0)
    }
  }

  @Test func `undeploy without a terminal wants a yes`() async throws {
    let plane = FakePlane()
    try await withHarness(plane) { harness in
      let refused = await harness.run("undeploy", "web")
      #expect(refused.status == 2)
      #expect(refused.errors.contains("hint: add --yes"))
      #expect(plane.calls.targets.isEmpty)
      #expect(await harness.run("undeploy", "web", "--yes").status == 0)
      #expect(plane.calls.targets.map(\.request.planOnly) == [false])
    }
  }

  @Test func `undeploy on a terminal says what goes and asks`() async throws {
    let plane = FakePlane()
    try await withHarness(plane, terminal: true, answers: ["n", "yes"]) { harness in
      let declined = await harness.run("undeploy", "web", "--no-color")
      #expect(declined.status == 1)
      #expect(declined.errors.contains("create web-api"))
      #expect(declined.errors.contains("undeploy web from rift? [y/N] "))
      #expect(plane.calls.targets.map(\.request.planOnly) == [true])
      #expect(await harness.run("undeploy", "web").status == 0)
      #expect(plane.calls.targets.map(\.request.planOnly) == [true, true, false])
    }
  }

  @Test func `an operation's JSON is its result alone`() async throws {
    try await withHarness { harness in
      let outcome = await harness.run("restart", "web", "--json")
      #expect(outcome.status == 0)
      let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
      #expect(object?["node"] as? String == "rift")
      #expect(object?["message"] as? String == "web: deployed revision 3 (2 changed)")
    }
  }

  @Test(arguments: [
    ("done", "was finished"), ("cancelled", "was cancelled"),
    ("failed", "failed"),
  ])
  func `an interrupt ends the wait, cancels the call and says what became of it`(
    result: String, fate: String
  ) async throws {
    let plane = FakePlane {
      $0.hangs = true
      $0.later = [
        event("an older one", ["result": "failed", "peer": "unix:uid=0,pid=1"]),
        event("web runs", ["peer": peer]),
        event("web: as it ended", ["result": result, "peer": peer]),
      ]
    }
    try await withHarness(plane) { harness in
      let running = Task { await harness.run("stop", "web") }
      #expect(await soon { plane.calls.running == 1 })
      harness.interruption.interrupt()
      let outcome = await running.value
      #expect(outcome.status == 130)
      #expect(plane.calls.wasCancelled)
      #expect(plane.calls.events.first?.service == "web")
      #expect(
        outcome.errors == """
          error: interrupted while waiting for the stop of web: waiting for what the agent on rift makes of it
          hint: Ctrl-C again leaves; mcp events --service web shows what became of it
          the stop of web \(fate): web: as it ended

          """)
    }
  }

  @Test func `an interrupt of an operation whose end nobody tells says so`() async throws {
    let plane = FakePlane { $0.operation = .failure(EngineError(.cancelled, "cancelled")) }
    try await withHarness(plane) { harness in
      harness.interruption.interrupt()
      let outcome = await harness.run("stop", "web")
      #expect(outcome.status == 130)
      #expect(outcome.errors.contains("what became of the stop of web is not known"))
    }
  }

  private var peer: String { "unix:uid=0,pid=\(ProcessInfo.processInfo.processIdentifier)" }

  private func event(_ message: String, _ details: [String: String]) -> Event {
    Event(
      time: Sample.now, actor: .agent, service: "web", kind: "stop", message: message, details: details)
  }
}
