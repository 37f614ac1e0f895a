import Engine
import Foundation
import TestSupport
import Testing

/// What can be seen of objects: lists, events, output, by this agent and by a later one.
@Suite(.requiresRuntimes) struct RuntimeObservationTests {
  @Test(arguments: RuntimeSubject.all)
  func `a later driver finds what an earlier one started`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      let instance = try await bench.run()
      let later = bench.anotherRuntime()
      let found = try #require(try await later.list().first)
      #expect(found.id == instance.id)
      #expect(found.labels == instance.labels)
      #expect(found.pid == instance.pid)
      #expect(found.state == .running)
      #expect(try await later.stop(instance.id, grace: .seconds(20)) == StopOutcome(killed: false))
      #expect(try await bench.runtime.inspect(instance.id).pid == nil)
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `the life of an object appears as events in order`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      let stream = bench.runtime.events(since: nil)
      let spec = bench.spec("api", .exit(7))
      let id = try await bench.runtime.create(spec).id
      try await bench.runtime.start(id)
      #expect(try await bench.settles(id, .exited(code: 7)))
      try await bench.runtime.remove(id)
      let events = try await collect(stream) { $0.action == .removed }
      let actions = events.map(\.action).filter { if case .other = $0 { false } else { true } }
      #expect(actions == [.created, .started, .died(exitCode: 7), .removed])
      #expect(events.allSatisfy { $0.id == id && $0.name == spec.name && $0.labels == spec.labels })
      #expect(events.map(\.time) == events.map(\.time).sorted())
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `events can be continued after the last one that was seen`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      let begin = Date()
      let id = try await bench.runtime.create(bench.spec("api", .idle)).id
      let seen = try await collect(bench.runtime.events(since: begin)) { $0.action == .created }
      let last = try #require(seen.last)
      try await bench.runtime.start(id)
      try await bench.runtime.remove(id)
      let rest = try await collect(bench.runtime.events(since: last.time)) { $0.action == .removed }
      let actions = rest.map(\.action)
      #expect(!actions.contains(.created))
      #expect(actions.contains(.started))
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `output comes complete and in order, and its end with the object's`(
    subject: RuntimeSubject
  ) async throws {
    try await subject.with { bench in
      let lines = (1...50).map { "line \($0)" }
      let id = try await bench.runtime.create(bench.spec("api", .say(lines))).id
      try await bench.runtime.start(id)
      let followed = try await collect(bench.runtime.logs(id, options: LogOptions(follow: true)))
      #expect(followed.map(\.text) == lines)
      #expect(followed.allSatisfy { $0.stream == .stdout && $0.time != nil })
      let tail = try await collect(bench.runtime.logs(id, options: LogOptions(tail: 3)))
      #expect(tail.map(\.text) == Array(lines.suffix(3)))
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `a command inside gives its output and exit code, or is refused`(subject: RuntimeSubject) async throws
  {
    try await subject.with { bench in
      let instance = try await bench.run()
      let request = ExecRequest(command: ["sh", "-c", "echo out; echo err >&2; exit 5"])
      guard try await bench.runtime.capabilities().exec else {
        _ = await expectError(.unsupported) {
          _ = try await bench.runtime.exec(instance.id, request: request)
        }
        return
      }
      let session = try await bench.runtime.exec(instance.id, request: request)
      let output = try await collect(session.output)
      #expect(output.last == .exit(5))
      #expect(output.contains(.stdout(Array("out\n".utf8))))
      #expect(output.contains(.stderr(Array("err\n".utf8))))
      #expect(output.count == 3)
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `limits take effect or are refused, never ignored`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      var spec = bench.spec("api", .idle)
      spec.component.memory = 64 << 20
      let limited = spec
      guard try await bench.runtime.capabilities().limits else {
        let error = await expectError(.unsupported) { _ = try await bench.runtime.create(limited) }
        #expect(error?.hint != nil)
        #expect(try await bench.runtime.list().isEmpty)
        #expect(try await bench.runtime.capabilities().notes.isEmpty == false)
        return
      }
      #expect(try await bench.runtime.create(limited).warnings.isEmpty)
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `images are known or not`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      let id = try #require(try await bench.runtime.imageID(bench.image))
      #expect(!id.isEmpty)
      #expect(try await bench.runtime.imageID("localhost/\(bench.node)-no-such-image:1") == nil)
      #expect(try await bench.runtime.hasImage(bench.image))
      #expect(try await bench.runtime.hasImage("localhost/\(bench.node)-no-such-image:1") == false)
      var spec = bench.spec("api", .idle)
      spec.component.image = "localhost/\(bench.node)-no-such-image:1"
      let missing = spec
      _ = await expectError(.notFound) { _ = try await bench.runtime.create(missing) }
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `cancelling a stop ends the wait at once`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      let instance = try await bench.run("api", .stubborn)
      let stop = Task { try await bench.runtime.stop(instance.id, grace: .seconds(3_600)) }
      try await Task.sleep(for: .milliseconds(200))
      stop.cancel()
      let outcome = await stop.result
      #expect(throws: (any Error).self) { try outcome.get() }
      #expect(ProcessIdentity.isAlive(pid: try #require(instance.pid)))
    }
  }
}
