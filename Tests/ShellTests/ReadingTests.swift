import Engine
import Foundation
import Testing

@testable import Shell

@Suite struct ReadingTests {
  @Test func `list shows the registry`() async throws {
    try await withHarness(FakePlane { $0.services = [Sample.summary] }) { harness in
      let outcome = await harness.run("list")
      #expect(outcome.status == 0)
      #expect(
        outcome.output == """
          SERVICE  NODE  ACTIVE  COMPONENTS  REVISION  DEPLOYED
          web      rift  yes     api, db            3  5m3s ago

          """)
    }
  }

  @Test func `ps shows what runs`() async throws {
    let plane = FakePlane { $0.components = [Sample.api, Sample.db] }
    try await withHarness(plane) { harness in
      let outcome = await harness.run("ps", "--live")
      #expect(
        outcome.output == """
          SERVICE  COMPONENT  NODE  STATE      VERSION  UPTIME  RESTARTS
          web      api        rift  running    v1.0.0   2d16h          0
          web      db         rift  exited(1)  15       -              4

          """)
      #expect(outcome.errors == "")
      #expect(plane.calls.ps.first?.live == true)
    }
  }

  @Test(arguments: ["list", "ps", "events"])
  func `where nothing is there, people read so and programs read nothing`(command: String) async throws {
    try await withHarness { harness in
      let outcome = await harness.run(command)
      #expect(outcome.status == 0)
      #expect(outcome.output == "")
      #expect(outcome.errors == (command == "events" ? "no events\n" : "nothing is deployed\n"))
      let json = await harness.run(command, "--json")
      #expect(json.output == (command == "events" ? "" : "[]\n"))
      #expect(json.errors == "")
    }
  }

  @Test(arguments: ["ps", "status"])
  func `a service that nobody has is not found`(command: String) async throws {
    try await withHarness { harness in
      let outcome = await harness.run(command, "mail")
      #expect(outcome.status == 3)
      #expect(outcome.output == "")
      #expect(outcome.errors.hasPrefix("error: service 'mail' is not deployed on rift\n"))
    }
  }

  @Test func `a node that fails does not keep the others' rows back`() async throws {
    let rift = FakePlane { $0.components = [Sample.api] }
    let moon = FakePlane { $0.failure = EngineError(.unavailable, "no answer") }
    try await withHarness(nodes: [("rift", rift), ("moon", moon)]) { harness in
      let outcome = await harness.run("ps", "web")
      #expect(outcome.status == 5)
      #expect(outcome.output.contains("web      api"))
      #expect(outcome.errors == "error: moon: no answer\n")
      let json = await harness.run("ps", "--json")
      #expect(json.status == 5)
      #expect(json.output.contains("\"component\": \"api\""))
      #expect(
        json.errors == #"{"error":{"code":"unavailable","details":[],"message":"no answer","node":"moon"}}"#
          + "\n")
      #expect(await harness.run("ps", "--node", "rift").status == 0)
    }
  }

  @Test func `where every node fails nothing is shown as a result`() async throws {
    let planes = ["rift", "moon"].map { name in
      (name, FakePlane { $0.failure = EngineError(.permissionDenied, "not for you") })
    }
    try await withHarness(nodes: planes) { harness in
      let outcome = await harness.run("list", "--json")
      #expect(outcome.status == 4)
      #expect(outcome.output == "")
      #expect(outcome.errors.split(separator: "\n").count == 2)
    }
  }

  @Test func `status shows desired, observed, drift and events`() async throws {
    try await withHarness(FakePlane { $0.status = Sample.report }) { harness in
      let outcome = await harness.run("status")
      #expect(outcome.status == 0)
      #expect(
        outcome.output == """
          node rift healthy: agent 0.1.0, up 2d16h; podman 4.3.1; 1 service, 1 of 2 components running

          SERVICE  COMPONENT  DESIRED  STATE      VERSION  SINCE  RESTARTS  REVISION  PORTS
          web      api        running  running    v1.0.0   2d16h         0         3  127.0.0.1:8443:8443
          web      db         running  exited(1)  15       12s           4         1  -

          DRIFT   COMPONENT  FOUND
          exited  web/db     ended with code 1

          under way
            deploy of mail by user:bob

          recent events
          AGE   KIND    SERVICE  ACTOR       MESSAGE
          5m3s  deploy  web      user:alice  deployed revision 3

          """)
    }
  }

  @Test func `status --check exits with 7 on drift`() async throws {
    try await withHarness(FakePlane { $0.status = Sample.report }) { harness in
      #expect(await harness.run("status", "--check").status == 7)
      #expect(await harness.run("status", "web", "--check", "--json").status == 7)
    }
    var clean = Sample.report
    clean.drift = []
    try await withHarness(FakePlane { [clean] in $0.status = clean }) { harness in
      let outcome = await harness.run("status", "--check")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("\nno drift\n"))
    }
  }

  @Test func `colour is for terminals`() async throws {
    let plane = FakePlane { $0.components = [Sample.api] }
    try await withHarness(plane, terminal: true) { harness in
      #expect(await harness.run("ps").output.contains("\u{1b}[32mrunning\u{1b}[0m"))
      #expect(await harness.run("ps", "--no-color").output.contains("\u{1b}") == false)
    }
    try await withHarness(plane, terminal: true, environment: ["NO_COLOR": "1"]) { harness in
      #expect(await harness.run("ps").output.contains("\u{1b}") == false)
    }
  }

  @Test func `node list shows the nodes that answer and those that do not`() async throws {
    let moon = FakePlane { $0.failure = EngineError(.unavailable, "no answer") }
    try await withHarness(nodes: [("rift", FakePlane()), ("moon", moon)]) { harness in
      let outcome = await harness.run("node", "list")
      #expect(outcome.status == 5)
      let lines = outcome.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      #expect(lines[1][0] == "rift")
      #expect(lines[1][2...] == ["healthy", "0.1.0", "2d16h", "1", "1/2"])
      #expect(lines[2][2...] == ["unreachable", "-", "-", "-", "-"])
      let json = await harness.run("node", "list", "--json")
      #expect(json.output.contains("\"reachable\": false"))
    }
  }

  @Test func `version succeeds whether agents answer or not`() async throws {
    let moon = FakePlane { $0.failure = EngineError(.unavailable, "no answer") }
    try await withHarness(nodes: [("rift", FakePlane()), ("moon", moon)]) { harness in
      let outcome = await harness.run("version")
      #expect(outcome.status == 0)
      #expect(
        outcome.output
          == "mcp    \(Version.current)\nagent  0.1.0 on rift\nagent  not known on moon: no answer\n")
      try "what = [".write(toFile: harness.configuration, atomically: true, encoding: .utf8)
      let broken = await harness.run("version")
      #expect(broken.status == 0)
      #expect(broken.output.hasPrefix("mcp    \(Version.current)\nagent  not known: "))
    }
  }

  @Test func `doctor names remedies and fails on a failure`() async throws {
    let plane = FakePlane {
      $0.findings = [
        DoctorFinding(level: .ok, check: "podman", message: "podman 4.3.1"),
        DoctorFinding(level: .failure, check: "subuid", message: "no ids", remedy: "edit /etc/subuid"),
      ]
    }
    try await withHarness(plane) { harness in
      try harness.define("web")
      let outcome = await harness.run("doctor")
      #expect(outcome.status == 1)
      #expect(
        outcome.output == """
          this machine
            ok     definitions  1 in \(harness.services), all valid
          node rift
            ok     podman       podman 4.3.1
            FAIL   subuid       no ids
                                remedy: edit /etc/subuid

          """)
      try harness.define("mail", "name = 1\n")
      #expect(await harness.run("doctor", "--json").output.contains("\"level\": \"failure\""))
    }
  }
}
