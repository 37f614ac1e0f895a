import Engine
import Foundation
import TestSupport
import Testing

/// What every runtime driver does, checked on every runtime that can be used here.
///
/// This file: the life of an object. Beside it: what can be seen of it, and what happens in it.
@Suite(.requiresRuntimes) struct RuntimeContractTests {
  @Test(arguments: RuntimeSubject.all)
  func `create makes an object that is listed, labelled and does not run`(subject: RuntimeSubject)
    async throws
  {
    try await subject.with { bench in
      let spec = bench.spec("api", .idle)
      let created = try await bench.runtime.create(spec)
      let listed = try await bench.runtime.list()
      #expect(listed.map(\.id) == [created.id])
      let instance = try #require(listed.first)
      #expect(instance.name == spec.name)
      #expect(instance.labels == spec.labels)
      #expect(instance.state == .stopped)
      #expect(instance.pid == nil)
      #expect(instance.startedAt == nil)
      #expect(instance.image == bench.image)
      #expect(try await bench.runtime.inspect(created.id).labels == spec.labels)
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `create refuses a name that is taken`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      _ = try await bench.runtime.create(bench.spec("api", .idle))
      _ = await expectError(.alreadyExists) { _ = try await bench.runtime.create(bench.spec("api", .idle)) }
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `start runs a process and says which`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      let before = Date(timeIntervalSinceNow: -1)
      let instance = try await bench.run()
      #expect(instance.state == .running)
      #expect(ProcessIdentity.isAlive(pid: try #require(instance.pid)))
      #expect(try #require(instance.startedAt) > before)
      let found = try await bench.runtime.inspect(instance.id)
      #expect(try #require(found.asOf) > before)
      #expect(found.timeless == instance.timeless)
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `start leaves alone what runs`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      let first = try await bench.run()
      #expect(try await bench.runtime.start(first.id).timeless == first.timeless)
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `start of what cannot be started fails and leaves it stopped`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      let id = try await bench.runtime.create(bench.spec("api", .brokenStart)).id
      let error = await expectError(.operationFailed) { try await bench.runtime.start(id) }
      #expect(error?.cause?.isEmpty == false)
      #expect(try await bench.runtime.inspect(id).state == .stopped)
      try await bench.runtime.remove(id)
      #expect(try await bench.runtime.list().isEmpty)
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `stop ends the process, and a second stop says that there was none`(subject: RuntimeSubject)
    async throws
  {
    try await subject.with { bench in
      let instance = try await bench.run()
      let pid = try #require(instance.pid)
      #expect(
        try await bench.runtime.stop(instance.id, grace: .seconds(20)) == StopOutcome(killed: false))
      #expect(!ProcessIdentity.isAlive(pid: pid))
      #expect(try await bench.runtime.inspect(instance.id).state == .stopped)
      #expect(try await bench.runtime.list().map(\.state) == [.stopped])
      #expect(
        try await bench.runtime.stop(instance.id, grace: .seconds(20)) == StopOutcome(wasStopped: true))
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `stop kills what does not end within the grace period`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      let instance = try await bench.run("api", .stubborn)
      let outcome = try await bench.runtime.stop(instance.id, grace: .milliseconds(300))
      #expect(outcome == StopOutcome(killed: true))
      #expect(!ProcessIdentity.isAlive(pid: try #require(instance.pid)))
      #expect(try await bench.runtime.inspect(instance.id).state == .stopped)
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `stop of what never ran says so`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      let id = try await bench.runtime.create(bench.spec("api", .idle)).id
      #expect(try await bench.runtime.stop(id, grace: .seconds(5)) == StopOutcome(wasStopped: true))
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `a stopped object starts again as another process`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      let first = try await bench.run()
      _ = try await bench.runtime.stop(first.id, grace: .seconds(20))
      let second = try await bench.runtime.start(first.id)
      #expect(second.state == .running)
      #expect(second.pid != first.pid)
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `what ends by itself keeps its exit code`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      let instance = try await bench.run("api", .exit(3))
      #expect(try await bench.settles(instance.id, .exited(code: 3)))
      #expect(try await bench.runtime.list().map(\.state) == [.exited(code: 3)])
      let now = try await bench.runtime.inspect(instance.id)
      #expect(now.pid == nil)
      #expect(now.finishedAt != nil)
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `remove takes away what runs, and does nothing where there is nothing`(
    subject: RuntimeSubject
  ) async throws {
    try await subject.with { bench in
      let instance = try await bench.run("api", .stubborn)
      try await bench.runtime.remove(instance.id)
      #expect(!ProcessIdentity.isAlive(pid: try #require(instance.pid)))
      #expect(try await bench.runtime.list().isEmpty)
      _ = await expectError(.notFound) { _ = try await bench.runtime.inspect(instance.id) }
      try await bench.runtime.remove(instance.id)
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `an unknown id is not found`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      let id = String(repeating: "0", count: 64)
      _ = await expectError(.notFound) { _ = try await bench.runtime.inspect(id) }
      _ = await expectError(.notFound) { try await bench.runtime.start(id) }
      _ = await expectError(.notFound) { try await bench.runtime.stop(id, grace: .seconds(1)) }
      _ = await expectError(.notFound) { try await bench.runtime.rename(id, to: "\(bench.node)-x") }
      _ = await expectError(.notFound) {
        _ = try await collect(bench.runtime.logs(id, options: LogOptions()))
      }
    }
  }

  @Test(arguments: RuntimeSubject.all)
  func `rename keeps the object and refuses a taken name`(subject: RuntimeSubject) async throws {
    try await subject.with { bench in
      let instance = try await bench.run("api")
      let other = try await bench.runtime.create(bench.spec("web", .idle))
      let name = bench.spec("new", .idle).name
      try await bench.runtime.rename(instance.id, to: name)
      let renamed = try await bench.runtime.inspect(instance.id)
      #expect(renamed.name == name)
      #expect(renamed.pid == instance.pid)
      _ = await expectError(.alreadyExists) { try await bench.runtime.rename(other.id, to: name) }
    }
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips the contract where no runtime can be used.
  static var requiresRuntimes: Self {
    .enabled("a runtime can be used here (see standard error for why not)") {
      for subject in RuntimeSubject.all where await subject.isEnabled() { return true }
      return false
    }
  }
}
