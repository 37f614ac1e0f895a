import Foundation
import Testing

@testable import Engine

@Suite struct HealJudgementTests {
  private func time(_ seconds: Double) -> Date { Date(timeIntervalSince1970: 1_000_000 + seconds) }

  /// A component `api` of `web` that ended at second 0 on a machine which booted long before.
  private func found(
    _ kind: Drift.Kind, state: ObservedState? = .exited(code: 1), restart: RestartPolicy = .unlessStopped,
    change: (inout HealJudgement.Case) -> Void = { _ in }
  ) -> HealJudgement.Case {
    var component = Component(name: "api", image: "img:api")
    component.restart = restart
    var world = World()
    if let state { world.add("api", hash: "h1", state: state) }
    var instance = world.instances.first
    instance?.finishedAt = time(0)
    var found = HealJudgement.Case(
      drift: Drift(kind: kind, service: "web", component: "api", message: "why"), since: time(0),
      component: component, instance: instance, record: HealRecord(), mayRecoverAlone: true,
      grace: .seconds(5), bootedAt: time(-1000))
    change(&found)
    return found
  }

  private func repair(_ means: Repair.Means) -> HealJudgement {
    .repair(Repair(component: "api", means: means, reason: "why"))
  }

  @Test func `what is gone is made again at once`() {
    #expect(HealJudgement.decide(found(.missing, state: nil), at: time(0)) == repair(.start))
  }

  @Test func `a runtime gets time to start again by itself what ended`() {
    let ended = found(.exited)
    #expect(HealJudgement.decide(ended, at: time(1)) == .wait(until: time(HealJudgement.patience)))
    #expect(HealJudgement.decide(ended, at: time(HealJudgement.patience)) == repair(.start))
  }

  @Test func `a runtime that cannot start again by itself is not waited for`() {
    #expect(
      HealJudgement.decide(found(.exited) { $0.mayRecoverAlone = false }, at: time(0)) == repair(.start))
    #expect(
      HealJudgement.decide(found(.exited) { $0.instance?.isBroken = true }, at: time(0)) == repair(.start))
  }

  @Test(arguments: [
    (RestartPolicy.no, 0), (.no, 1), (.onFailure(maxRetries: nil), 0), (.onFailure(maxRetries: 0), 1),
  ])
  func `what ended for good by its own policy stays down`(policy: RestartPolicy, code: Int) {
    let ended = found(.exited, state: .exited(code: code), restart: policy)
    #expect(HealJudgement.decide(ended, at: time(100)) == .leave)
  }

  @Test(arguments: [
    (RestartPolicy.always, 0), (.unlessStopped, 0), (.onFailure(maxRetries: nil), 1),
    (.onFailure(maxRetries: 3), 1),
  ])
  func `what its policy starts again is started`(policy: RestartPolicy, code: Int) {
    let ended = found(.exited, state: .exited(code: code), restart: policy)
    #expect(HealJudgement.decide(ended, at: time(100)) == repair(.start))
  }

  @Test func `what a boot of the machine ended has not ended by itself`() {
    let ended = found(.exited, state: .exited(code: 0), restart: .no) { $0.bootedAt = self.time(1) }
    #expect(HealJudgement.decide(ended, at: time(100)) == repair(.start))
  }

  @Test func `what has lost its supervisor has not ended by itself`() {
    let ended = found(.exited, state: .exited(code: 0), restart: .no) { $0.instance?.isBroken = true }
    #expect(HealJudgement.decide(ended, at: time(100)) == repair(.start))
  }

  @Test func `what is unhealthy for longer than the grace period is restarted`() {
    let sick = found(.unhealthy, state: .unhealthy)
    #expect(HealJudgement.decide(sick, at: time(4)) == .wait(until: time(5)))
    #expect(HealJudgement.decide(sick, at: time(5)) == repair(.restart))
  }

  @Test func `what an interrupted replacement left is tidied up at once`() {
    #expect(HealJudgement.decide(found(.leftover, state: .running), at: time(0)) == repair(.tidy))
  }

  @Test func `what cannot be started is created again at the third attempt`() {
    var record = HealRecord()
    record.noteAttempt(at: time(0), failure: EngineError(.operationFailed, "no"))
    #expect(HealJudgement.decide(found(.exited) { $0.record = record }, at: time(100)) == repair(.start))
    record.noteAttempt(at: time(0), failure: EngineError(.operationFailed, "no"))
    #expect(HealJudgement.decide(found(.exited) { $0.record = record }, at: time(100)) == repair(.renew))
  }

  @Test func `a pause is kept`() {
    var record = HealRecord()
    record.noteAttempt(at: time(50), failure: nil)
    let paused = found(.missing, state: nil) { $0.record = record }
    #expect(HealJudgement.decide(paused, at: time(50)) == .wait(until: time(51)))
  }

  @Test(arguments: [Drift.Kind.unexpectedRunning, .specMismatch, .unmanaged, .imageMismatch])
  func `what somebody else did is reported and left alone`(kind: Drift.Kind) {
    #expect(HealJudgement.decide(found(kind, state: .running), at: time(100)) == .leave)
  }

  @Test func `a component that is not to be healed is left alone`() {
    #expect(
      HealJudgement.decide(found(.missing, state: nil) { $0.component.heal = false }, at: time(100)) == .leave
    )
  }

  @Test func `what was tried to the limit is left alone`() {
    var record = HealRecord()
    for _ in 0..<HealRecord.limit {
      record.noteAttempt(at: time(0), failure: EngineError(.operationFailed, "no"))
    }
    #expect(HealJudgement.decide(found(.exited) { $0.record = record }, at: time(9999)) == .leave)
  }
}
