import Foundation
import TestSupport
import Testing

@testable import Engine

/// Alone: it counts the descriptors of this process.
@Suite(.serialized) struct ProcessWatcherTests {
  @Test func `the kernel's line is read whatever the program is called`() throws {
    let tail = "S 1 42 42 0 -1 4194560 100 0 0 0 0 0 0 0 20 0 1 0 987654 1000 10"
    let process = try #require(ProcessIdentity(pid: 42, stat: "42 (a) b (c d) \(tail)"))
    #expect(process.startTime == 987_654)
    #expect(process.parent == 1)
    #expect(!process.isZombie)
    #expect(ProcessIdentity(pid: 42, stat: "42 (a) Z 1 2") == nil)
  }

  @Test func `this process is alive, and was not started at another time`() throws {
    let me = try #require(ProcessIdentity.read(pid: Int(getpid())))
    #expect(ProcessIdentity.isAlive(pid: me.pid))
    #expect(ProcessIdentity.isAlive(pid: me.pid, startTime: me.startTime))
    #expect(!ProcessIdentity.isAlive(pid: me.pid, startTime: me.startTime + 1))
    #expect(!ProcessIdentity.isAlive(pid: 0))
    #expect(!ProcessIdentity.isAlive(pid: Int(Int32.max)))
  }

  @Test func `exits of many processes are noticed, each once`() async throws {
    let children = try (0..<200).map { _ in try Self.sleeper() }
    let exits = AsyncStream<Int32>.makeStream()
    let tokens = try children.map { child in
      let pid = child.processIdentifier
      return try Self.watch(pid) { exits.continuation.yield(pid) }
    }
    for child in children { kill(child.processIdentifier, SIGKILL) }
    var seen: [Int32] = []
    for await pid in exits.stream {
      seen.append(pid)
      if seen.count == children.count { break }
    }
    #expect(Set(seen) == Set(children.map(\.processIdentifier)))
    #expect(tokens.filter(\.hasFired).count == children.count)
    #expect(!ProcessIdentity.isAlive(pid: Int(children[0].processIdentifier)))
  }

  @Test func `a watch that was cancelled or dropped is silent`() async throws {
    let child = try Self.sleeper()
    let kept = try Self.watch(child.processIdentifier) {}
    let cancelled = try Self.watch(child.processIdentifier) { Issue.record("it was cancelled") }
    cancelled.cancel()
    _ = try Self.watch(child.processIdentifier) { Issue.record("it was dropped") }
    #expect(kept.send(signal: SIGKILL))
    #expect(await eventually { kept.hasFired })
    #expect(!kept.send(signal: SIGKILL))
  }

  @Test func `a wait ends with the process, at its limit, and with its task`() async throws {
    let child = try Self.sleeper()
    let pid = Int(child.processIdentifier)
    #expect(await !ProcessWatcher.shared.waitForExit(pid: pid, atMost: .milliseconds(50)))
    let waiting = Task { await ProcessWatcher.shared.waitForExit(pid: pid, atMost: .seconds(3_600)) }
    waiting.cancel()
    #expect(await !waiting.value)
    let second = Task { await ProcessWatcher.shared.waitForExit(pid: pid, atMost: .seconds(60)) }
    kill(child.processIdentifier, SIGKILL)
    #expect(await second.value)
    #expect(await ProcessWatcher.shared.waitForExit(pid: pid, atMost: .seconds(60)))
  }

  @Test(arguments: [("exit 7", Int32?.none, 7), ("sleep 1000", SIGKILL, 137)])
  func `the exit code is told with the end, where the kernel tells it`(
    command: String, signal: Int32?, code: Int
  ) async throws {
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/bin/sh")
    child.arguments = ["-c", "read line; \(command.hasPrefix("exit") ? command : "exec \(command)")"]
    let input = Pipe()
    child.standardInput = input
    try child.run()
    let told = AsyncStream<Int?>.makeStream()
    let token = ProcessWatcher.shared.watchCode(pid: Int(child.processIdentifier)) {
      told.continuation.yield($0)
      told.continuation.finish()
    }
    if let signal {
      kill(child.processIdentifier, signal)
    } else {
      input.fileHandleForWriting.write(Data("\n".utf8))
    }
    var found: [Int?] = []
    for await code in told.stream { found.append(code) }
    // Before Linux 6.15 only where the parent has not been quicker.
    #expect(found == [code] || (Self.kernel < (6, 15) && found == [nil]))
    token?.cancel()
  }

  private static let kernel: (Int, Int) = {
    let text = (try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)) ?? ""
    let numbers = text.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
    return numbers.count == 2 ? (numbers[0], numbers[1]) : (0, 0)
  }()

  @Test func `watches give their descriptors back`() async throws {
    let child = try Self.sleeper()
    let before = try Self.descriptors()
    for _ in 0..<300 {
      let token = ProcessWatcher.shared.watch(pid: Int(child.processIdentifier), onExit: {})
      token?.cancel()
    }
    #expect(try await eventually { try Self.descriptors() <= before + 20 })
    kill(child.processIdentifier, SIGKILL)
  }

  private static func sleeper() throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sleep")
    process.arguments = ["1000"]
    try process.run()
    return process
  }

  @discardableResult
  private static func watch(_ pid: Int32, onExit: @escaping @Sendable () -> Void) throws -> WatchToken {
    guard let token = ProcessWatcher.shared.watch(pid: Int(pid), onExit: onExit) else {
      throw EngineError(.notFound, "there is no process \(pid)")
    }
    return token
  }

  private static func descriptors() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
  }
}
