import Engine
import Testing

@testable import Shell

@Suite struct BootCommandTests {
  private func report(_ state: BootProgress.StageState, planned: Bool = false) -> BootReport {
    BootReport(
      progress: BootProgress(
        script: "boot/standard.lua", state: .done,
        stages: [
          BootProgress.Stage(
            name: "foundation", services: ["web"], required: true, state: .done, attempts: 2,
            since: Sample.ago(60)),
          BootProgress.Stage(
            name: "rest", services: ["mail"], required: false, state: state, attempts: 1,
            message: state == .failed ? "not deployed: mail" : nil, since: Sample.ago(5)),
        ], startedAt: Sample.ago(70), endedAt: Sample.ago(5)), results: planned ? [Sample.plan] : [])
  }

  @Test func `a plan shows what each stage would do`() async throws {
    let plane = FakePlane { $0.boot = self.report(.failed, planned: true) }
    try await withHarness(plane) { harness in
      let outcome = await harness.run("boot", "--plan")
      #expect(outcome.status == 0)
      #expect(
        outcome.output == """
          boot/standard.lua: 2 stages

          1. foundation (required, later stages wait for it)
            web: 2 steps planned
              pull example.org/api:2
              create web-api

          2. rest (a failure is told and the boot goes on)
            not deployed: mail

          """)
      #expect(plane.calls.boots == [BootRequest(planOnly: true)])
    }
  }

  @Test func `a boot shows how its stages ended, and fails with one of them`() async throws {
    for (state, status) in [(BootProgress.StageState.done, 0), (.failed, 1)] {
      try await withHarness(FakePlane { $0.boot = self.report(state) }) { harness in
        let outcome = await harness.run("boot")
        #expect(outcome.status == status)
        #expect(outcome.output.hasPrefix("boot done after 1m5s: boot/standard.lua\nSTAGE "))
        #expect(outcome.output.contains("not deployed: mail") == (state == .failed))
      }
    }
  }

  @Test func `a node without a sequence says so`() async throws {
    try await withHarness { harness in
      let outcome = await harness.run("boot")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("this node has no boot sequence"))
    }
  }
}
