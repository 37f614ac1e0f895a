import Engine
import Foundation
import Testing

@testable import Shell

@Suite struct RevisionTests {
  private static let changes = [
    FieldChange(path: "components.api.image", before: "\"x:1\"", after: "\"x:2\""),
    FieldChange(path: "components.db.memory", before: nil, after: "\"1GiB\""),
    FieldChange(path: "active", before: "false", after: nil),
  ]

  private static func revision(
    _ number: Int64, _ outcome: RevisionRecord.Outcome, current: Bool = false, changes: [FieldChange] = []
  ) -> RevisionSummary {
    RevisionSummary(
      revision: number, createdAt: Sample.summary.updatedAt, actor: Actor(kind: .user, name: "alice"),
      outcome: outcome, current: current, changes: changes)
  }

  private static let plane = FakePlane {
    $0.services = [Sample.summary]
    $0.revisions = [
      revision(3, .deployed, current: true, changes: changes), revision(2, .failed), revision(1, .deployed),
    ]
  }

  @Test func `history shows who deployed what when, and what changed`() async throws {
    try await withHarness(Self.plane) { harness in
      let outcome = await harness.run("history", "web")
      #expect(
        outcome.output == """
          revision 3 (current)  5m3s ago  user:alice  deployed
            ~ components.api.image: "x:1" → "x:2"
            + components.db.memory = "1GiB"
            - active = false
          revision 2  5m3s ago  user:alice  failed
          revision 1  5m3s ago  user:alice  deployed

          """)
      #expect(await harness.run("history", "web", "-n", "1").output.contains("alice"))
      #expect(await harness.run("history", "web", "-n", "-1").status == 2)
      let json = await harness.run("history", "web", "--json").output
      #expect(json.contains("\"created_at\"") && json.contains("\"components.db.memory\""))
    }
  }

  @Test func `rollback asks for the revision that is named, or for the one before`() async throws {
    try await withHarness(Self.plane) { harness in
      #expect(await harness.run("rollback", "web").status == 0)
      #expect(await harness.run("rollback", "web", "2", "--plan").status == 0)
      #expect(await harness.run("rollback", "web", "0").status == 2)
      #expect(
        Self.plane.calls.rollbacks == [
          RollbackRequest(service: "web"), RollbackRequest(service: "web", revision: 2, planOnly: true),
        ])
    }
  }

  @Test func `a plan shows the fields that would change before the steps`() {
    let result = OperationResult(
      service: "web", primitive: "deploy", revision: 4, changed: true, planned: true, changes: Self.changes,
      steps: [PlannedStep(component: "api", action: "create", message: "create web-api.r4")],
      message: "web: 1 step planned")
    let text = OperationText.render(result, width: nil, style: .plain)
    #expect(
      text.hasPrefix(
        """
        web: 1 step planned
        ~ components.api.image: "x:1" → "x:2"
        + components.db.memory = "1GiB"
        - active = false
        COMPONENT
        """), "\(text)")
  }

  @Test func `what is kept of a failed version is asked for, and goes with no other choice`() async throws {
    let plane = FakePlane {
      $0.services = [Sample.summary]
      $0.lines = [LogLine(component: "api", time: nil, stream: .stderr, text: "revision 2 failed")]
    }
    try await withHarness(plane) { harness in
      #expect(await harness.run("logs", "web", "--failed").output.contains("revision 2 failed"))
      #expect(plane.calls.logs.first?.options.failed == true)
      #expect(await harness.run("logs", "web", "--failed", "-f").status == 2)
    }
  }
}
