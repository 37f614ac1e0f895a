import Foundation
import Testing

@testable import Engine

struct ObservedStoreTests {
  let store = ObservedStore()
  let noon = Date(timeIntervalSince1970: 1_700_000_000)

  func instance(_ state: ObservedState = .running, asOf: Date?) -> Instance {
    Instance(
      id: "1", name: "web-api",
      labels: InstanceLabels(service: "web", component: "api", revision: 1, specHash: "x", node: "n"),
      runtime: .container, state: state, image: "i", imageID: "", pid: 1, asOf: asOf)
  }

  @Test func `what happened before the last look needs no other look`() async {
    await store.note(instance(asOf: noon))
    #expect(await store.needsLook("1", at: noon - 0.2) == false)
    #expect(await store.needsLook("1", at: noon + 0.2))
  }

  @Test func `an object that nobody looked at needs a look`() async {
    #expect(await store.needsLook("1", at: noon))
    await store.note(instance(asOf: nil))
    #expect(await store.needsLook("1", at: noon))
  }

  @Test func `a clock that was set back hides nothing`() async {
    await store.note(instance(asOf: noon))
    #expect(await store.needsLook("1", at: noon - 3600))
  }

  @Test func `while an operation is at an object, what happens to it waits for the operation's own look`()
    async
  {
    await store.expect("1")
    #expect(await store.needsLook("1", at: noon) == false)
    await store.note(instance(asOf: noon + 0.1))
    #expect(await store.settle("1") == false)
  }

  @Test func `what happens after the operation's own look is looked at when it ends`() async {
    await store.expect("1")
    await store.note(instance(asOf: noon))
    #expect(await store.needsLook("1", at: noon + 0.1) == false)
    #expect(await store.settle("1"))
  }

  @Test func `of two operations at an object the last to end looks`() async {
    await store.expect("1")
    await store.expect("1")
    #expect(await store.needsLook("1", at: noon) == false)
    #expect(await store.settle("1") == false)
    #expect(await store.settle("1"))
    #expect(await store.settle("1") == false)
  }

  @Test func `what an earlier run of the agent saw is compared with what is seen now`() async {
    func record(_ state: ObservedState, pid: Int?) -> ObservedRecord {
      ObservedRecord(
        service: "web", component: "api", state: state, runtimeID: "1", pid: pid, observedAt: noon)
    }
    let ended = instance(.exited(code: 3), asOf: noon)
    await store.remember([record(.running, pid: 1)], of: .container)
    #expect(
      await store.observeAll([ended], of: .container, begun: store.mark()) == [.exited(ended)])
    #expect(await store.observeAll([ended], of: .container, begun: store.mark()).isEmpty, "told once")

    let other = ObservedStore()
    await other.remember([record(.running, pid: 7)], of: .container)
    let again = instance(asOf: noon)
    #expect(await other.observe(again) == .restarted(again, exitCode: nil))

    var first = again
    first.startedAt = noon
    var second = instance(asOf: noon + 2)
    second.pid = 9
    await other.note(first)
    await other.noteExit("1", code: 3, at: noon - 1)
    #expect(await other.exitCode(of: "1", since: noon) == nil, "that was an earlier run")
    await other.noteExit("1", code: 4, at: noon + 1)
    #expect(await other.observe(second) == .restarted(second, exitCode: 4))

    let same = ObservedStore()
    await same.remember([record(.running, pid: 1)], of: .container)
    #expect(await same.observe(again) == nil)

    let ours = ObservedStore()
    await ours.remember([record(.running, pid: 7)], of: .container)
    await ours.note(again)
    #expect(await ours.observe(again) == nil, "an operation told about it first")
  }

  @Test func `what went while there was no agent is told at the first listing, once`() async {
    let record = ObservedRecord(
      service: "web", component: "api", state: .running, runtimeID: "9", observedAt: noon)
    await store.remember([record], of: .container)
    let changes = await store.observeAll([], of: .container, begun: store.mark())
    guard case .removed(let gone)? = changes.first, changes.count == 1 else {
      Issue.record("\(changes)")
      return
    }
    #expect(gone.name == "web-api" && gone.id == "9")
    #expect(await store.observeAll([], of: .container, begun: store.mark()).isEmpty)
  }

  @Test func `what was looked at before the process started that is known by now says nothing`() async {
    var old = instance(asOf: noon)
    old.startedAt = noon - 60
    await store.note(old)
    var again = instance(asOf: noon + 3)
    again.asOf = nil
    again.pid = 8
    again.startedAt = noon + 2
    #expect(await store.observe(again) == .restarted(again, exitCode: nil))
    #expect(await store.observe(instance(.exited(code: 1), asOf: noon + 1)) == nil)
    #expect(await store.instance("1")?.state == .running)
    let ended = instance(.exited(code: 1), asOf: noon + 3)
    #expect(await store.observe(ended) != nil)
  }

  @Test func `a start is told once, however precisely its time is told later, and so is the code of its end`()
    async
  {
    var first = instance(asOf: noon)
    first.startedAt = noon - 0.3
    await store.note(first)
    var listed = instance(asOf: noon + 1)
    listed.startedAt = noon - 1
    #expect(await store.observe(listed) == nil)
    #expect(await store.instance("1")?.startedAt == noon - 0.3)
    var ended = instance(.exited(code: 3), asOf: noon + 2)
    ended.pid = nil
    ended.startedAt = noon - 0.3
    #expect(await store.observe(ended) == .exited(ended))
    var unsure = instance(.exited(code: -1), asOf: noon + 3)
    unsure.pid = nil
    unsure.startedAt = noon - 1
    #expect(await store.observe(unsure) == nil)
    #expect(await store.instance("1")?.state == .exited(code: 3))
  }

  @Test func `what an operation does is no surprise, what it did not do is`() async {
    await store.note(instance(asOf: noon))
    await store.expect("1")
    #expect(await store.observe(instance(.stopped, asOf: noon + 1)) == nil)
    #expect(await store.settle("1") == false)
    let again = instance(asOf: noon + 2)
    #expect(await store.observe(again) == .running(again))
  }

  @Test func `a listing that began earlier neither removes what was made since nor brings back what went`()
    async
  {
    let mark = await store.mark()
    await store.note(instance(asOf: nil))
    #expect(await store.observeAll([], of: .container, begun: mark).isEmpty)
    #expect(await store.instance("1") != nil)
    let later = await store.mark()
    await store.forget("1")
    #expect(await store.observeAll([instance(asOf: nil)], of: .container, begun: later).isEmpty)
    #expect(await store.instance("1") == nil)
    // One that begins afterwards counts.
    _ = await store.observeAll([instance(asOf: nil)], of: .container, begun: store.mark())
    #expect(await store.instance("1") != nil)
    #expect(await store.observeAll([], of: .container, begun: store.mark()).count == 1)
  }
}
