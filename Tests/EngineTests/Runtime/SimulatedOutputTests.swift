import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Engine

/// The output of simulated objects, and commands in them.
@Suite struct SimulatedOutputTests {
  let bench = SimulatedBench()

  private func text(_ id: String, _ options: LogOptions = LogOptions()) async throws -> [String] {
    try await SimulatedBench.collect(bench.runtime.logs(id, options: options)).map(\.text)
  }

  @Test func `output comes complete and in order, with its time and where it went`() async throws {
    let id = try await bench.run().id
    try bench.runtime.output("web-api", "one")
    bench.advance(by: 10)
    try bench.runtime.output("web-api", "two\nthree\n\n", stream: .stderr)
    try bench.runtime.output("web-api", "")
    let lines = try await SimulatedBench.collect(bench.runtime.logs(id, options: LogOptions()))
    #expect(lines.map(\.text) == ["one", "two", "three", "", ""])
    #expect(lines.map(\.stream) == [.stdout, .stderr, .stderr, .stderr, .stdout])
    #expect(lines.map(\.time) == [bench.now - 10, bench.now, bench.now, bench.now, bench.now])
    #expect(try await text(id, LogOptions(tail: 3)) == ["three", "", ""])
    #expect(try await text(id, LogOptions(tail: 0)) == [])
    #expect(try await text(id, LogOptions(tail: -1)) == [])
    #expect(try await text(id, LogOptions(tail: .max)).count == 5)
    #expect(try await text(id, LogOptions(since: bench.now)) == ["two", "three", "", ""])
    #expect(try await text(id, LogOptions(tail: 1, since: bench.now + 1)) == [])
    try await SimulatedBench.error(.notFound) { try bench.runtime.output("web-db", "x") }
  }

  @Test func `following ends with the object, after its last line`() async throws {
    let id = try await bench.run().id
    try bench.runtime.output("web-api", "before")
    let stream = bench.runtime.logs(id, options: LogOptions(follow: true))
    for number in 1...50 { try bench.runtime.output("web-api", "line \(number)") }
    try bench.runtime.end("web-api", code: 0)
    try bench.runtime.output("web-api", "after")
    let lines = try await SimulatedBench.collect(stream).map(\.text)
    #expect(lines == ["before"] + (1...50).map { "line \($0)" })
    #expect(try await text(id, LogOptions(follow: true)).last == "after")
  }

  @Test func `following ends with a stop and a removal, too`() async throws {
    let first = try await bench.run()
    let second = try await bench.run("db")
    let streams = [first, second].map { bench.runtime.logs($0.id, options: LogOptions(follow: true)) }
    try await bench.runtime.stop(first.id, grace: .zero)
    try await bench.runtime.remove(second.id)
    for stream in streams { #expect(try await SimulatedBench.collect(stream).isEmpty) }
  }

  @Test func `output is kept over restarts, and only so much of it`() async throws {
    bench.runtime.onStart { _ in SimulatedProgram(output: ["up"]) }
    let id = try await bench.run().id
    try bench.runtime.restart("web-api")
    #expect(try await text(id) == ["up", "up"])
    for number in 1...10_000 { try bench.runtime.output("web-api", "\(number)") }
    let kept = try await text(id)
    #expect(kept == (5905...10_000).map(String.init))
  }

  @Test func `a follower that is cancelled or dropped is forgotten`() async throws {
    let id = try await bench.run().id
    _ = bench.runtime.logs(id, options: LogOptions(follow: true))
    let stream = bench.runtime.logs(id, options: LogOptions(follow: true))
    let reader = Task { for try await _ in stream {} }
    reader.cancel()
    try? await reader.value
    #expect(await eventually { bench.runtime.followerCount(id) == 0 })
  }

  // MARK: - Commands

  @Test func `a command writes itself and succeeds, unless something else is said`() async throws {
    let id = try await bench.run().id
    let session = try await bench.runtime.exec(id, request: ExecRequest(command: ["ls", "-l"]))
    #expect(try await SimulatedBench.collect(session.output) == [.stdout(Array("ls -l\n".utf8)), .exit(0)])
    try await session.send(.stdin([1]))
    #expect(await eventually { bench.runtime.processCount(id) == 0 })
  }

  @Test func `a command with input gives it back until it ends`() async throws {
    let id = try await bench.run().id
    let session = try await bench.runtime.exec(id, request: ExecRequest(command: ["cat"], stdin: true))
    try await session.send(.stdin([1, 2]))
    try await session.send(.resize(TerminalSize(columns: 80, rows: 24)))
    try await session.send(.stdin([3]))
    try await session.send(.endOfInput)
    #expect(
      try await SimulatedBench.collect(session.output)
        == [.stdout(Array("cat\n".utf8)), .stdout([1, 2]), .stdout([3]), .exit(0)])
  }

  @Test func `a handler says what a command does`() async throws {
    let id = try await bench.run().id
    bench.runtime.onExec { exec in
      exec.write("out\n")
      exec.write("\(exec.instance.name)\n", to: .stderr)
      exec.write("")
      return exec.request.command.count
    }
    let plain = try await bench.runtime.exec(id, request: ExecRequest(command: ["a", "b"]))
    #expect(
      try await SimulatedBench.collect(plain.output)
        == [.stdout(Array("out\n".utf8)), .stderr(Array("web-api\n".utf8)), .exit(2)])
    let terminal = try await bench.runtime.exec(id, request: ExecRequest(command: ["a"], tty: true))
    #expect(
      try await SimulatedBench.collect(terminal.output)
        == [.stdout(Array("out\n".utf8)), .stdout(Array("web-api\n".utf8)), .exit(1)])
  }

  @Test func `a handler that fails ends the stream with its error`() async throws {
    let id = try await bench.run().id
    bench.runtime.onExec { _ in throw EngineError(.timeout, "too slow") }
    let session = try await bench.runtime.exec(id, request: ExecRequest(command: ["a"]))
    try await SimulatedBench.error(.timeout) { _ = try await SimulatedBench.collect(session.output) }
  }

  @Test func `a command ends when its object does`() async throws {
    let instance = try await bench.run()
    let session = try await bench.runtime.exec(
      instance.id, request: ExecRequest(command: ["cat"], stdin: true))
    try bench.runtime.end("web-api", code: 1)
    let output = try await SimulatedBench.collect(session.output)
    #expect(output.filter { $0 != .stdout(Array("cat\n".utf8)) } == [.exit(137)])
  }

  @Test func `a command ends when nobody reads its output any more`() async throws {
    let id = try await bench.run().id
    _ = try await bench.runtime.exec(id, request: ExecRequest(command: ["cat"], stdin: true))
    #expect(await eventually { bench.runtime.processCount(id) == 0 })
  }

  @Test func `a command needs a name and an object that runs`() async throws {
    let instance = try await bench.run()
    try await SimulatedBench.error(.invalidArgument) {
      _ = try await bench.runtime.exec(instance.id, request: ExecRequest(command: []))
    }
    try await bench.runtime.stop(instance.id, grace: .zero)
    try await SimulatedBench.error(.failedPrecondition) {
      _ = try await bench.runtime.exec(instance.id, request: ExecRequest(command: ["ls"]))
    }
  }
}

extension SimulatedRuntime {
  fileprivate func followerCount(_ id: String) -> Int {
    state.withLock { $0.objects[id]?.followers.count ?? 0 }
  }

  fileprivate func processCount(_ id: String) -> Int {
    state.withLock { $0.objects[id]?.processes.count ?? 0 }
  }
}
