import Engine
import Foundation
import Testing

/// The contract of runtimes, as far as it makes sense in memory: the life of an object.
@Suite struct SimulatedLifeTests {
  let bench = SimulatedBench()

  @Test func `create makes an object that is listed, labelled and does not run`() async throws {
    let created = try await bench.runtime.create(bench.spec())
    #expect(created.warnings.isEmpty)
    let instance = try #require(try await bench.runtime.list().first)
    #expect(instance.id == created.id)
    #expect(instance.name == "web-api")
    #expect(instance.labels == bench.spec().labels)
    #expect(instance.state == .stopped)
    #expect(instance.runtime == .container)
    #expect(instance.image == SimulatedBench.image)
    #expect(instance.imageID == (try await bench.runtime.imageID(SimulatedBench.image)))
    #expect(instance.pid == nil)
    #expect(instance.startedAt == nil)
    #expect(instance.finishedAt == nil)
    #expect(instance.restarts == 0)
    #expect(try await bench.runtime.inspect(created.id).labels == instance.labels)
  }

  @Test func `create refuses a name that is taken`() async throws {
    _ = try await bench.runtime.create(bench.spec())
    try await SimulatedBench.error(.alreadyExists) { _ = try await bench.runtime.create(bench.spec()) }
    #expect(bench.runtime.instances.count == 1)
  }

  @Test func `start runs it, and leaves alone what runs`() async throws {
    let first = try await bench.run()
    #expect(first.state == .running)
    #expect(first.startedAt == bench.now)
    bench.advance(by: 5)
    var again = try await bench.runtime.start(first.id)
    #expect(again.startedAt == first.startedAt)
    again.asOf = first.asOf
    #expect(again == first)
  }

  @Test func `stop ends it, and a second stop says that there was nothing to stop`() async throws {
    let instance = try await bench.run()
    bench.advance(by: 5)
    #expect(try await bench.runtime.stop(instance.id, grace: .seconds(20)) == StopOutcome())
    let stopped = try await bench.runtime.inspect(instance.id)
    #expect(stopped.state == .stopped)
    #expect(stopped.finishedAt == bench.now)
    #expect(
      try await bench.runtime.stop(instance.id, grace: .seconds(20)) == StopOutcome(wasStopped: true))
  }

  @Test func `stop kills what pays no attention, without waiting`() async throws {
    bench.runtime.onStart { _ in SimulatedProgram(ignoresStop: true) }
    let instance = try await bench.run()
    #expect(
      try await bench.runtime.stop(instance.id, grace: .seconds(3600)) == StopOutcome(killed: true))
    #expect(try await bench.runtime.inspect(instance.id).state == .stopped)
  }

  @Test func `stop of what never ran, or ended by itself, changes nothing`() async throws {
    let id = try await bench.runtime.create(bench.spec()).id
    #expect(try await bench.runtime.stop(id, grace: .zero) == StopOutcome(wasStopped: true))
    try await bench.runtime.start(id)
    try bench.runtime.end("web-api", code: 3)
    #expect(try await bench.runtime.stop(id, grace: .zero) == StopOutcome(wasStopped: true))
    #expect(try await bench.runtime.inspect(id).state == .exited(code: 3))
  }

  @Test func `what ends by itself keeps its exit code until it is started again`() async throws {
    let id = try await bench.run().id
    bench.advance(by: 60)
    try bench.runtime.end("web-api", code: 3)
    let ended = try await bench.runtime.inspect(id)
    #expect(ended.state == .exited(code: 3))
    #expect(ended.finishedAt == bench.now)
    #expect(try await bench.runtime.list().map(\.state) == [.exited(code: 3)])
    bench.advance(by: 60)
    let again = try await bench.runtime.start(id)
    #expect(again.state == .running)
    #expect(again.startedAt == bench.now)
  }

  @Test func `only what is there and runs can end`() async throws {
    let error = try await SimulatedBench.error(.notFound) { try bench.runtime.end("web-api", code: 1) }
    #expect(error.hint == "there are no objects")
    _ = try await bench.runtime.create(bench.spec())
    try await SimulatedBench.error(.failedPrecondition) { try bench.runtime.end("web-api", code: 1) }
    let unknown = try await SimulatedBench.error(.notFound) { try bench.runtime.end("web-db", code: 1) }
    #expect(unknown.hint == "there are web-api")
  }

  @Test func `a restart by the runtime is counted`() async throws {
    let id = try await bench.run().id
    try bench.runtime.restart("web-api")
    try bench.runtime.end("web-api", code: 9)
    bench.advance(by: 1)
    try bench.runtime.restart("web-api")
    let now = try await bench.runtime.inspect(id)
    #expect(now.restarts == 2)
    #expect(now.state == .running)
    #expect(now.startedAt == bench.now)
  }

  @Test func `a program may end at once, though start returns it running`() async throws {
    bench.runtime.onStart { spec in
      SimulatedProgram(output: ["hello"], exitCode: spec.name == "web-api" ? 7 : nil)
    }
    let instance = try await bench.run()
    #expect(instance.state == .running)
    #expect(try await bench.runtime.inspect(instance.id).state == .exited(code: 7))
    #expect(try await bench.run("db").state == .running)
    #expect(bench.runtime.instances.map(\.state) == [.exited(code: 7), .running])
  }

  @Test func `what a program does may depend on the runtime`() async throws {
    let runtime = bench.runtime
    runtime.onStart { [weak runtime] spec in SimulatedProgram(output: ["\(runtime?.instances.count ?? 0)"]) }
    let id = try await bench.run().id
    #expect(try await SimulatedBench.collect(runtime.logs(id, options: LogOptions())).map(\.text) == ["1"])
  }

  @Test func `remove takes away what runs, and does nothing where there is nothing`() async throws {
    let instance = try await bench.run()
    try await bench.runtime.remove(instance.id)
    #expect(try await bench.runtime.list().isEmpty)
    try await SimulatedBench.error(.notFound) { _ = try await bench.runtime.inspect(instance.id) }
    try await bench.runtime.remove(instance.id)
    let next = try await bench.runtime.create(bench.spec())
    #expect(next.id != instance.id)
  }

  @Test func `an unknown id is not found`() async throws {
    let runtime = bench.runtime
    let id = String(repeating: "0", count: 64)
    try await SimulatedBench.error(.notFound) { _ = try await runtime.inspect(id) }
    try await SimulatedBench.error(.notFound) { try await runtime.start(id) }
    try await SimulatedBench.error(.notFound) { try await runtime.stop(id, grace: .seconds(1)) }
    try await SimulatedBench.error(.notFound) { try await runtime.rename(id, to: "x") }
    try await SimulatedBench.error(.notFound) {
      _ = try await runtime.exec(id, request: ExecRequest(command: ["ls"]))
    }
    try await SimulatedBench.error(.notFound) {
      _ = try await SimulatedBench.collect(runtime.logs(id, options: LogOptions(follow: true)))
    }
  }

  @Test func `rename keeps the object and refuses a taken name`() async throws {
    let instance = try await bench.run()
    let other = try await bench.runtime.create(bench.spec("db"))
    try await bench.runtime.rename(instance.id, to: "web-new")
    try await bench.runtime.rename(instance.id, to: "web-new")
    let renamed = try await bench.runtime.inspect(instance.id)
    #expect(renamed.name == "web-new")
    #expect(renamed.state == .running)
    #expect(bench.runtime.spec(of: "web-new") == bench.spec())
    try await SimulatedBench.error(.alreadyExists) {
      try await bench.runtime.rename(other.id, to: "web-new")
    }
    _ = try await bench.runtime.create(bench.spec())
  }

  @Test func `ids are like podman's, the same in every run, and different between kinds`() async throws {
    let ids = try await [
      bench.runtime.create(bench.spec()).id, bench.runtime.create(bench.spec("db")).id,
      SimulatedBench().runtime.create(bench.spec(image: nil)).id,
      SimulatedBench(kind: .unikernel).runtime.create(bench.spec(image: nil)).id,
    ]
    #expect(ids.allSatisfy { $0.count == 64 && $0.allSatisfy(\.isHexDigit) })
    #expect(ids[0] == ids[2])
    #expect(Set(ids.map { $0.prefix(12) }).count == 3)
  }
}
