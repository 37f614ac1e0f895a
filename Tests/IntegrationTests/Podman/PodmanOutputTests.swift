import Engine
import Foundation
import TestSupport
import Testing

/// Logs and events.
@Suite(.requiresPodman) struct PodmanOutputTests {
  @Test func `output and errors are told apart, long and broken lines come through`() async throws {
    try await PodmanFixture.with { fixture in
      let script = """
        echo out; echo err >&2; printf 'no end' ; printf '\\n'; printf '\\377\\376\\n'; echo; \
        head -c 200000 /dev/zero | tr '\\0' x; echo; printf last
        """
      let instance = try await fixture.run(fixture.spec(command: ["sh", "-c", script]))
      let lines = try await collect(fixture.runtime.logs(instance.id, options: LogOptions(follow: true)))
      #expect(lines.filter { $0.stream == .stderr }.map(\.text) == ["err"])
      let output = lines.filter { $0.stream == .stdout }.map(\.text)
      #expect(output.prefix(4) == ["out", "no end", "\u{FFFD}\u{FFFD}", ""])
      #expect(output.last == "last")
      let long = output.dropFirst(4).dropLast()
      #expect(long.joined() == String(repeating: "x", count: 200_000))
      #expect(long.allSatisfy { $0.utf8.count <= 64 << 10 })
    }
  }

  @Test func `following goes on with new lines, across restarts, until the stop`() async throws {
    try await PodmanFixture.with { fixture in
      let script = "echo begin; for i in 1 2 3; do echo $i; sleep 0.2; done; echo end; exit 1"
      let spec = fixture.spec(command: ["sh", "-c", script]) { $0.restart = .onFailure(maxRetries: 2) }
      let instance = try await fixture.run(spec)
      let lines = try await collect(fixture.runtime.logs(instance.id, options: LogOptions(follow: true)))
      let one = ["begin", "1", "2", "3", "end"]
      #expect(lines.map(\.text) == one + one + one)
    }
  }

  @Test func `tail and since choose lines`() async throws {
    try await PodmanFixture.with { fixture in
      let script = "for i in 1 2 3; do echo $i; done; sleep 1.2; for i in 4 5; do echo $i; done"
      let instance = try await fixture.run(fixture.spec(command: ["sh", "-c", script]))
      let all = try await collect(fixture.runtime.logs(instance.id, options: LogOptions(follow: true)))
      #expect(all.map(\.text) == ["1", "2", "3", "4", "5"])
      let tail = try await collect(fixture.runtime.logs(instance.id, options: LogOptions(tail: 2)))
      #expect(tail.map(\.text) == ["4", "5"])
      #expect(try await collect(fixture.runtime.logs(instance.id, options: LogOptions(tail: 0))).isEmpty)
      let since = try #require(instance.startedAt).addingTimeInterval(1)
      let late = try await collect(fixture.runtime.logs(instance.id, options: LogOptions(since: since)))
      #expect(late.map(\.text) == ["4", "5"])
    }
  }

  @Test func `a consumer that stops listening closes its connection`() async throws {
    try await PodmanFixture.with { fixture in
      let instance = try await fixture.run(
        fixture.spec(command: ["sh", "-c", "while :; do echo tick; sleep 0.1; done"]))
      let socket = fixture.configuration.ownSocketPath
      let followers = (0..<5).map { _ in
        Task { try await collect(fixture.runtime.logs(instance.id, options: LogOptions(follow: true))) }
      }
      let listeners = (0..<20).map { _ in Task { try await collect(fixture.runtime.events(since: nil)) } }
      let opened = try await eventually { try await Self.connections(to: socket) >= 25 }
      let count = try await Self.connections(to: socket)
      #expect(opened, "\(count) connections")
      for task in followers { task.cancel() }
      for task in listeners { task.cancel() }
      // What is left has served calls, at most one for each follower at a time, and waits for the next.
      let closed = try await eventually { try await Self.connections(to: socket) <= 8 }
      let rest = try await Self.connections(to: socket)
      #expect(closed, "\(rest) connections")
    }
  }

  @Test func `events of other nodes are not ours, and losing the service ends the stream`() async throws {
    try await PodmanFixture.with { fixture in
      let others = fixture.anotherRuntime { $0.node = "\(fixture.node)-other" }
      var spec = fixture.spec("other")
      spec.labels.node = "\(fixture.node)-other"
      let stream = fixture.runtime.events(since: nil)
      let other = try await others.create(spec).id
      let mine = try await fixture.runtime.create(fixture.spec()).id
      try await others.remove(other)
      let events = try await collect(stream) { $0.action == .created && $0.id == mine }
      #expect(events.filter { $0.labels != nil }.map(\.id) == [mine])
      #expect(events.contains { $0.id == other && $0.labels == nil }, "that something happened is told")

      let rest = Task { try await collect(fixture.runtime.events(since: Date())) }
      try await Task.sleep(for: .milliseconds(300))
      try await PodmanServiceTests.killService(of: fixture)
      _ = await expectError(.unavailable) { _ = try await rest.value }
    }
  }

  /// How many connections to a unix socket are open.
  ///
  /// Through a program: Foundation reads only the first page of a file in `/proc`.
  private static func connections(to path: String) async throws -> Int {
    try await Command.run("/bin/cat", ["/proc/net/unix"]).output.split(separator: "\n")
      .filter { line in
        let fields = line.split(separator: " ")
        // State 03: connected. The listener itself is 01.
        return fields.last.map(String.init) == path && fields[5] == "03"
      }.count
  }
}
