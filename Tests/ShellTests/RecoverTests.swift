import Engine
import Foundation
import TestSupport
import Testing

@testable import Shell

@Suite struct RecoverTests {
  private func result(_ service: String, planned: Bool = false) -> OperationResult {
    OperationResult(
      service: service, primitive: "recover", revision: 1, changed: true, planned: planned,
      message: "\(service): recovered")
  }

  @Test func `recover asks every node, and names what failed beside what did not`() async throws {
    let rift = FakePlane { $0.sync.results = [self.result("web")] }
    let moon = FakePlane {
      $0.sync.failures = [EngineError(.operationFailed, "mail/smtp does not start", service: "mail")]
    }
    try await withHarness(nodes: [("rift", rift), ("moon", moon)]) { harness in
      let outcome = await harness.run("recover")
      #expect(outcome.status == 1)
      #expect(outcome.output == "web: recovered\n")
      #expect(outcome.errors.contains("mail/smtp does not start"))
      #expect(rift.calls.recoveries == [RecoverRequest()])
      #expect(moon.calls.recoveries == [RecoverRequest()])
    }
  }

  @Test func `recover of services asks for those alone, and a plan changes nothing`() async throws {
    let plane = FakePlane {
      $0.record = Sample.record
      $0.services = [Sample.summary]
      $0.syncPlan.results = [Sample.plan]
    }
    try await withHarness(plane) { harness in
      let outcome = await harness.run("recover", "web", "--plan")
      #expect(outcome.status == 0)
      #expect(outcome.output.hasPrefix("web: 2 steps planned\n"))
      #expect(plane.calls.recoveries == [RecoverRequest(services: ["web"], planOnly: true)])
    }
  }

  @Test func `a rehearsal prints what to type and asks the agent to do nothing`() async throws {
    let plane = FakePlane {
      $0.record = Sample.record
      $0.services = [Sample.summary]
    }
    try await withHarness(plane) { harness in
      let outcome = await harness.run("recover", "--rehearse")
      #expect(outcome.status == 0)
      #expect(outcome.errors == "")
      #expect(outcome.output.contains("podman run --detach --name web-api"))
      #expect(plane.calls.recoveries.isEmpty)
      #expect(await harness.run("recover", "--rehearse", "--plan").status == 2)
      #expect(await harness.run("recover", "--rehearse", "--json").status == 2)
    }
  }

  @Test func `what is not deployed is not recovered`() async throws {
    let plane = FakePlane { $0.failure = EngineError(.notFound, "the service mail is not deployed") }
    try await withHarness(plane) { harness in #expect(await harness.run("recover", "mail").status == 3) }
  }

  @Test func `units of a service go to standard output, or one by one to a directory`() async throws {
    let plane = FakePlane { $0.record = Sample.record }
    try await withHarness(plane) { harness in
      let shown = await harness.run("export", "--quadlet", "web")
      #expect(shown.status == 0)
      #expect(shown.output.hasPrefix("# web-api.container\n[Unit]\n"))
      let directory = harness.directory.file("units")
      #expect(await harness.run("export", "--quadlet", "web", "-o", directory).status == 0)
      let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
      #expect(names == ["web-api.container", "web-db.container"])
      let path = "\(directory)/web-api.container"
      try "mine".write(toFile: path, atomically: true, encoding: .utf8)
      #expect(await harness.run("export", "--quadlet", "web", "-o", directory).status == 1)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
      #expect(await harness.run("export", "--quadlet", "web", "-o", directory, "--force").status == 0)
    }
  }
}
