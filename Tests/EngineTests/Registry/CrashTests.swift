internal import Engine
internal import Foundation
internal import TestSupport
internal import Testing

@Suite struct CrashTests {
  /// What a registry holds, to be compared.
  private struct State: Hashable {
    var services: [ServiceRecord]
    var operations: [OperationRecord]
    var events: Int

    init(_ registry: Registry) async throws {
      services = try await registry.services()
      operations = try await registry.unfinishedOperations()
      events = try await registry.events(EventQuery()).count
    }
  }

  @Test func `a log that is cut anywhere gives one of the states that were committed`() async throws {
    try await RegistryFixture.with { fixture, registry in
      try registry.close()
      let registry = try fixture.open()
      var states = [try await State(registry)]
      let copy = fixture.directory.file("crashed.db")
      var random = SplitMix(seed: 7)
      for number in 0..<12 {
        let components = (0...number % 3).map { "c-\($0)-\(number)" }
        let definition = ServiceDefinition.sample("s-\(number % 4)", components)
        let begun = try await registry.begin("deploy", definition.name, definition.change)
        states.append(try await State(registry))
        let step = PlannedStep(component: "c", action: "create", message: "m")
        try await registry.stepStarted(operation: begun.id, sequence: 0, step: step)
        states.append(try await State(registry))
        let event = Event(time: Date(), actor: .agent, kind: "deploy", message: "m")
        _ = try await registry.finish(
          operation: begun.id, outcome: number.isMultiple(of: 3) ? .undone : .done, events: [event])
        states.append(try await State(registry))
      }
      let log = try bytes(fixture.path + "-wal")
      let file = try bytes(fixture.path)
      var last = 0
      for cut in stride(from: 0, through: log.count, by: max(log.count / 60, 1)) + [log.count] {
        for suffix in ["", "-wal", "-shm"] { unlink(copy + suffix) }
        try file.write(to: URL(fileURLWithPath: copy))
        // What a loss of power leaves after the last whole block is anything.
        var torn = Data(log.prefix(cut))
        if cut < log.count {
          torn.append(contentsOf: (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
        try torn.write(to: URL(fileURLWithPath: copy + "-wal"))
        let reopened = try Registry.open(path: copy, now: { RegistryFixture.start })
        try reopened.check()
        let state = try await State(reopened)
        let index = try #require(states.lastIndex(of: state), "cut at \(cut) of \(log.count)")
        #expect(index >= last)
        last = index
        try await reopened.deploy(.sample("after"))
        try reopened.close()
      }
      #expect(last == states.count - 1)
      try registry.close()
    }
  }

  @Test func `an agent that is killed while it writes loses nothing that was acknowledged`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("mcp.db")
      let ledger = directory.file("ledger")
      for round in 0..<12 {
        await #expect(processExitsWith: .signal(SIGKILL)) {
          [path = path as String, ledger = ledger as String, round = round as Int] in
          try await CrashTests.writeUntilKilled(path: path, ledger: ledger, seed: UInt64(round))
        }
        let registry = try Registry.open(path: path)
        try registry.check()
        let acknowledged = try String(contentsOfFile: ledger, encoding: .utf8)
          .split(separator: "\n").compactMap { Int64($0) }
        let events = try await registry.events(EventQuery()).map(\.id)
        #expect(Set(acknowledged).isSubset(of: events))
        // Each finished operation has exactly one event, and at most one more than was acknowledged
        // may have been committed in each of the two lines of work of each round.
        #expect(events.count <= acknowledged.count + 2 * (round + 1))
        for operation in try await registry.unfinishedOperations() {
          #expect(try await registry.service(operation.service) == operation.after)
          _ = try await registry.finish(operation: operation.id, outcome: .undone, events: [])
          #expect(try await registry.service(operation.service) == operation.before)
        }
        try registry.close()
      }
      let size = try #require(try FileManager.default.attributesOfItem(atPath: ledger)[.size] as? Int)
      #expect(size > 0)
    }
  }

  /// Works on two services until the process kills itself at a moment of chance.
  static func writeUntilKilled(path: String, ledger: String, seed: UInt64) async throws {
    let registry = try Registry.open(path: path)
    let descriptor = open(ledger, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    var random = SplitMix(seed: seed)
    let delay = UInt32.random(in: 2_000...60_000, using: &random)
    Thread.detachNewThread {
      usleep(delay)
      kill(getpid(), SIGKILL)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<2 {
        group.addTask {
          var number = 0
          while true {
            number += 1
            let definition = ServiceDefinition.sample("w-\(worker)", ["c-\(number)", "d"])
            let begun = try await registry.begin("deploy", definition.name, definition.change)
            let step = PlannedStep(component: "d", action: "create", message: "m")
            try await registry.stepStarted(operation: begun.id, sequence: 0, step: step)
            try await registry.stepFinished(operation: begun.id, sequence: 0, outcome: .done, runtimeID: "x")
            let event = Event(time: Date(), actor: .agent, kind: "deploy", message: "m")
            let events = try await registry.finish(operation: begun.id, outcome: .done, events: [event])
            let line = Array("\(events[0].id)\n".utf8)
            _ = write(descriptor, line, line.count)
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
