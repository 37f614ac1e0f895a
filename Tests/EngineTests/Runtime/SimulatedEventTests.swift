import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Engine

/// What a simulated runtime tells of its objects.
@Suite struct SimulatedEventTests {
  let bench = SimulatedBench()

  private func events(_ stream: AsyncThrowingStream<RuntimeEvent, any Error>) async throws -> [RuntimeEvent] {
    try await SimulatedBench.collect(stream) { $0.action == .removed }
  }

  @Test func `the life of an object appears as events in order, to everybody`() async throws {
    let streams = (0..<3).map { _ in bench.runtime.events(since: nil) }
    let instance = try await bench.run()
    try bench.runtime.end("web-api", code: 7)
    try await bench.runtime.start(instance.id)
    try await bench.runtime.stop(instance.id, grace: .zero)
    try await bench.runtime.rename(instance.id, to: "web-new")
    try await bench.runtime.start(instance.id)
    try await bench.runtime.remove(instance.id)
    for stream in streams {
      let events = try await events(stream)
      #expect(
        events.map(\.action) == [
          .created, .started, .died(exitCode: 7), .started, .died(exitCode: 0), .renamed, .started,
          .died(exitCode: 137), .removed,
        ])
      #expect(
        events.map(\.name) == Array(repeating: "web-api", count: 5) + Array(repeating: "web-new", count: 4))
      #expect(events.allSatisfy { $0.id == instance.id && $0.labels == instance.labels })
    }
  }

  @Test func `what changes nothing is no event`() async throws {
    let stream = bench.runtime.events(since: nil)
    let instance = try await bench.run()
    try await bench.runtime.start(instance.id)
    try await bench.runtime.rename(instance.id, to: "web-api")
    try await bench.runtime.stop(instance.id, grace: .zero)
    try await bench.runtime.stop(instance.id, grace: .zero)
    bench.runtime.fail(.start, error: EngineError(.operationFailed, "no"))
    _ = try? await bench.runtime.start(instance.id)
    try await bench.runtime.remove(instance.id)
    #expect(try await events(stream).map(\.action) == [.created, .started, .died(exitCode: 0), .removed])
  }

  @Test func `events begin when they are asked for, or after a time`() async throws {
    let begin = bench.now
    let instance = try await bench.run()
    let later = bench.runtime.events(since: nil)
    try await bench.runtime.remove(instance.id)
    #expect(try await events(later).map(\.action) == [.died(exitCode: 137), .removed])
    let all = try await events(bench.runtime.events(since: begin))
    #expect(all.map(\.action) == [.created, .started, .died(exitCode: 137), .removed])
    // The clock stands still, and still each can be continued after.
    for (index, event) in all.dropLast().enumerated() {
      let rest = try await events(bench.runtime.events(since: event.time))
      #expect(rest == Array(all.dropFirst(index + 1)))
    }
  }

  @Test func `no two things happen at the same time, and a look is before or after each`() async throws {
    let stream = bench.runtime.events(since: nil)
    let id = try await bench.runtime.create(bench.spec()).id
    var looks: [Date] = []
    func look() async throws { looks.append(try #require(try await bench.runtime.inspect(id).asOf)) }
    try await look()
    let started = try await bench.runtime.start(id)
    looks.append(try #require(started.asOf))
    try bench.runtime.end("web-api", code: 1)
    try await look()
    try await bench.runtime.remove(id)
    let times = try await events(stream).map(\.time)
    #expect(
      [times[0], looks[0], times[1], looks[1], times[2], looks[2], times[3]]
        == (times + looks).sorted())
    #expect(Set(times + looks).count == 7)
    #expect(try #require(times.last).timeIntervalSince(bench.now) < 0.001)
  }

  @Test func `a monitor sees an end under a clock that stands still`() async throws {
    let store = ObservedStore()
    let stream = bench.runtime.events(since: nil)
    let instance = try await bench.run()
    await store.note(instance)
    try bench.runtime.end("web-api", code: 1)
    let died = try #require(try await SimulatedBench.collect(stream) { $0.action == .died(exitCode: 1) }.last)
    #expect(await store.needsLook(instance.id, at: died.time))
    let seen = try await bench.runtime.inspect(instance.id)
    #expect(await store.observe(seen) == .exited(seen))
    #expect(await store.needsLook(instance.id, at: died.time) == false)
  }

  @Test func `a monitor sees the end of what ends while it is being started`() async throws {
    bench.runtime.onStart { _ in SimulatedProgram(exitCode: 1) }
    let store = ObservedStore()
    let stream = bench.runtime.events(since: nil)
    let id = try await bench.runtime.create(bench.spec()).id
    await store.expect(id)
    await store.note(try await bench.runtime.start(id))
    let died = try #require(try await SimulatedBench.collect(stream) { $0.action == .died(exitCode: 1) }.last)
    #expect(await store.needsLook(id, at: died.time) == false)
    #expect(await store.settle(id))
    let seen = try await bench.runtime.inspect(id)
    #expect(await store.observe(seen) == .exited(seen))
  }

  @Test func `the stream ends when its consumer is cancelled`() async throws {
    let stream = bench.runtime.events(since: nil)
    let consumer = Task {
      var count = 0
      for try await _ in stream { count += 1 }
      return count
    }
    _ = try await bench.run()
    consumer.cancel()
    #expect(try await consumer.value <= 2)
    #expect(await eventually { bench.runtime.consumerCount == 0 })
  }

  @Test func `a stream that is dropped is forgotten`() async throws {
    _ = bench.runtime.events(since: nil)
    #expect(await eventually { bench.runtime.consumerCount == 0 })
  }

  @Test func `one who does not read is told so, and keeps nobody waiting`() async throws {
    let slow = bench.runtime.events(since: nil)
    _ = try await bench.runtime.create(bench.spec())
    for _ in 0..<3000 { try bench.runtime.restart("web-api") }
    #expect(bench.runtime.consumerCount == 1)
    for _ in 0..<3000 { try bench.runtime.restart("web-api") }
    #expect(bench.runtime.consumerCount == 0)
    try await SimulatedBench.error(.unavailable) { for try await _ in slow {} }
    // History is bounded, and what is left of it has no gap.
    let id = try #require(bench.runtime.instances.first?.id)
    try await bench.runtime.remove(id)
    let rest = try await events(bench.runtime.events(since: .distantPast))
    #expect(rest.count == 4096)
    #expect(rest.suffix(4).map(\.action) == [.died(exitCode: 1), .started, .died(exitCode: 137), .removed])
  }
}

extension SimulatedRuntime {
  fileprivate var consumerCount: Int { state.withLock { $0.consumers.count } }
}
