internal import Engine
internal import Foundation
internal import TestSupport
internal import Testing

@Suite struct RegistryCopyTests {
  @Test func `a copy is private, complete and usable as a registry`() async throws {
    try await RegistryFixture.with { fixture, registry in
      try await registry.deploy(.complete)
      let operation = try await registry.begin("stop", "complete", .desire(["vm": .running]))
      _ = try await registry.append([Event(time: Date(), actor: .agent, kind: "x", message: "y")])
      let copy = fixture.directory.file("copy.db")
      try registry.backup(to: copy)
      #expect(mode(copy) == 0o600)
      try await registry.deploy(.sample("later"))

      let restored = try Registry.open(path: copy)
      try restored.check()
      #expect(try await restored.services().map(\.definition.name) == ["complete"])
      #expect(try await restored.unfinishedOperations() == [operation])
      #expect(try await restored.events(EventQuery()).count == 1)
      let next = try await restored.begin("deploy", "new", ServiceDefinition.sample("new").change)
      #expect(next.id == operation.id + 1)
      try restored.close()
    }
  }

  @Test func `a copy never replaces what is there`() async throws {
    try await RegistryFixture.with { fixture, registry in
      let target = fixture.directory.file("precious")
      try Data("mine".utf8).write(to: URL(fileURLWithPath: target))
      let dangling = fixture.directory.file("dangling")
      try FileManager.default.createSymbolicLink(
        atPath: dangling, withDestinationPath: fixture.directory.file("elsewhere"))
      for path in [target, dangling, fixture.path, fixture.directory.path] {
        #expect(await engineError { try registry.backup(to: path) }?.code == .alreadyExists)
      }
      #expect(try bytes(target) == Data("mine".utf8))
      #expect(!FileManager.default.fileExists(atPath: fixture.directory.file("elsewhere")))
      let nowhere = fixture.directory.file("missing/copy.db")
      #expect(await engineError { try registry.backup(to: nowhere) }?.code == .notFound)
      let files = try FileManager.default.contentsOfDirectory(atPath: fixture.directory.path)
      #expect(!files.contains { $0.hasSuffix(".partial") })
    }
  }

  @Test func `another process copies a registry that an agent has open`() async throws {
    try await RegistryFixture.with { fixture, registry in
      try await registry.deploy(.sample("web"))
      let copy = fixture.directory.file("copy.db")
      let path = fixture.path
      await #expect(processExitsWith: .success) { [path = path as String, copy = copy as String] in
        let error = await engineError { try Registry.snapshot(of: path, to: copy) }
        try #require(error == nil, "\(String(describing: error))")
      }
      try await registry.deploy(.sample("shop"))
      let restored = try Registry.open(path: copy)
      #expect(try await restored.services().map(\.definition.name) == ["web"])
      try restored.close()
      let missing = await engineError {
        try Registry.snapshot(of: fixture.directory.file("no.db"), to: fixture.directory.file("c.db"))
      }
      #expect(missing?.code == .notFound)
    }
  }

  @Test func `a copy that is made during writes is one of the states in between`() async throws {
    try await RegistryFixture.with { fixture, registry in
      let writer = Task {
        for number in 0..<200 { try await registry.deploy(.sample("s-\(number)", ["a", "b"])) }
      }
      for number in 0..<5 {
        let copy = fixture.directory.file("copy-\(number).db")
        try registry.backup(to: copy)
        let restored = try Registry.open(path: copy)
        try restored.check()
        // Each deploy is two transactions, the second of which ends the operation.
        let open = try await restored.unfinishedOperations().count
        #expect(open <= 1)
        let names = Set(try await restored.services().map(\.definition.name))
        #expect(names == Set((0..<names.count).map { "s-\($0)" }))
        try restored.close()
      }
      try await writer.value
    }
  }
}
