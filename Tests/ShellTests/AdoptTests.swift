import Engine
import Foundation
import Testing

@testable import Shell

@Suite struct AdoptCommandTests {
  private static func report(planned: Bool = false, problems: [String] = []) -> AdoptReport {
    AdoptReport(services: [
      AdoptedService(
        definition: Sample.definition,
        members: [
          AdoptedService.Member(component: "api", container: "web-api", problems: problems),
          AdoptedService.Member(component: "db", container: "old-db", problems: []),
        ],
        result: planned
          ? nil
          : OperationResult(
            service: "web", primitive: "adopt", revision: 1, changed: true, message: "web: adopted"))
    ])
  }

  private func path(_ harness: Harness) -> String { "\(harness.services)/web.toml" }

  @Test func `what is adopted is written to a file, where there is none`() async throws {
    let plane = FakePlane { $0.adoption = Self.report(problems: ["/n is podman's volume"]) }
    try await withHarness(plane) { harness in
      let outcome = await harness.run("adopt", "web", "--container", "db=old-db")
      #expect(outcome.status == 0)
      #expect(
        outcome.output
          == "web: adopted as revision 1: web-api as api, old-db as db\nweb: written to \(path(harness))\n")
      #expect(outcome.errors == "warning: web-api: /n is podman's volume\n")
      #expect(plane.calls.adoptions == [AdoptRequest(service: "web", containers: ["db": "old-db"])])
      let text = try String(contentsOfFile: path(harness), encoding: .utf8)
      #expect(try ServiceFile.parse(text, source: "") == Sample.definition)
      #expect(await harness.run("adopt", "web").output.contains("says the same"))
    }
  }

  @Test func `a file that differs is shown and kept`() async throws {
    try await withHarness(FakePlane { $0.adoption = Self.report() }) { harness in
      try harness.define("web")
      let before = try String(contentsOfFile: path(harness), encoding: .utf8)
      let outcome = await harness.run("adopt", "web")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("differs and stays as it is:\n--- adopted\n"))
      #expect(try String(contentsOfFile: path(harness), encoding: .utf8) == before)
    }
  }

  @Test func `a plan shows the definition and writes nothing`() async throws {
    try await withHarness(FakePlane { $0.adoption = Self.report(planned: true) }) { harness in
      let outcome = await harness.run("adopt", "web", "--plan")
      #expect(outcome.output.hasPrefix("web: would adopt web-api as api, old-db as db\n"))
      #expect(outcome.output.contains("[[components]]"))
      #expect(!FileManager.default.fileExists(atPath: path(harness)))
    }
  }

  @Test(arguments: [
    ["adopt"], ["adopt", "web", "--all"], ["adopt", "web", "--container", "api"],
    ["adopt", "web", "--container", "api=a", "--container", "api=b"],
    ["adopt", "web", "--compose", "shop", "--container", "api=a"],
  ])
  func `what makes no sense is refused before anybody is asked`(words: [String]) async throws {
    let plane = FakePlane()
    try await withHarness(plane) { harness in
      #expect(await harness.run(words).status == 2)
      #expect(plane.calls.adoptions.isEmpty)
    }
  }
}
