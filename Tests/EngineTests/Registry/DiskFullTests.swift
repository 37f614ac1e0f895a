internal import Foundation
internal import TestSupport
internal import Testing

@testable import Engine

@Suite struct DiskFullTests {
  @Test func `a full database refuses a write as a whole and takes the next one`() async throws {
    try await RegistryFixture.with { _, registry in
      try await registry.deploy(.sample("web"))
      let before = try await registry.services()
      let pages = try #require(try RegistryFixture.sql(registry, "PRAGMA page_count").first)
      try RegistryFixture.sql(registry, "PRAGMA max_page_count = \(pages)")
      var large = ServiceDefinition.sample("large", (0..<60).map { "c-\($0)" })
      large.components[0].environment = [
        EnvironmentVariable(name: "BIG", value: .literal(String(repeating: "x", count: 50_000)))
      ]
      let error = await engineError { try await registry.deploy(large) }
      #expect(error?.code == .resourceExhausted)
      #expect(error?.hint?.contains("free space") == true)
      #expect(try await registry.services() == before)
      #expect(try await registry.unfinishedOperations().isEmpty)
      try registry.check()
      // What fits is still written, and finishing an operation needs no new space.
      let stop = try await registry.begin("stop", "web", .desire(["api": .stopped]))
      _ = try await registry.finish(operation: stop.id, outcome: .done, events: [])
      try RegistryFixture.sql(registry, "PRAGMA max_page_count = 1000000")
      try await registry.deploy(large)
      #expect(try await registry.services().count == 2)
    }
  }

  @Test func `one write that does not fit does not take its neighbours with it`() async throws {
    try await RegistryFixture.with { _, registry in
      try await registry.deploy(.sample("web"))
      let pages = try #require(try RegistryFixture.sql(registry, "PRAGMA page_count").first)
      try RegistryFixture.sql(registry, "PRAGMA max_page_count = \(try #require(Int(pages)) + 8)")
      let huge = Event(
        time: Date(), actor: .agent, kind: "x", message: String(repeating: "x", count: 200_000))
      let small = Event(time: Date(), actor: .agent, kind: "x", message: "small")
      let results = await withTaskGroup(of: EngineError.Code?.self) { group in
        for number in 0..<40 {
          group.addTask {
            await engineError {
              _ = try await registry.append([number.isMultiple(of: 10) ? huge : small])
            }?.code
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(results.count { $0 == .resourceExhausted } == 4)
      #expect(results.count { $0 == nil } == 36)
      #expect(try await registry.events(EventQuery()).count == 36)
    }
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["MCP_TEST_SMALL_FS"] != nil,
      "MCP_TEST_SMALL_FS names no directory on a file system of a few MiB"))
  func `a full file system is named and nothing is half written`() async throws {
    let root = try #require(ProcessInfo.processInfo.environment["MCP_TEST_SMALL_FS"])
    let directory = root + "/mcp-full-\(getpid())"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let path = directory + "/mcp.db"
    let filler = directory + "/filler"

    try fill(filler)
    let creation = await engineError { _ = try Registry.open(path: path) }
    #expect(creation?.code == .resourceExhausted, "\(String(describing: creation))")
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(unlink(filler) == 0)

    let registry = try Registry.open(path: path)
    try await registry.deploy(.sample("web"))
    let before = try await registry.services()
    try fill(filler)
    var failure: EngineError?
    var count = 0
    while failure == nil, count < 20_000 {
      let event = Event(
        time: Date(), actor: .agent, kind: "x", message: String(repeating: "x", count: 2_000))
      failure = await engineError { _ = try await registry.append([event]) }
      if failure == nil { count += 1 }
    }
    #expect(failure?.code == .resourceExhausted, "\(String(describing: failure))")
    #expect(failure?.message.contains(path) == true)
    #expect(try await registry.services() == before)
    #expect(try await registry.events(EventQuery()).count == count)
    let copy = await engineError { try registry.backup(to: directory + "/copy.db") }
    #expect(copy?.code == .resourceExhausted)
    #expect(!FileManager.default.fileExists(atPath: directory + "/copy.db"))

    #expect(unlink(filler) == 0)
    try await registry.deploy(.sample("shop"))
    try registry.check()
    try registry.close()
    let again = try Registry.open(path: path)
    #expect(try await again.events(EventQuery()).count == count)
    #expect(try await again.services().count == 2)
    try again.close()
  }

  private func fill(_ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    for size in [65_536, 4096, 1] {
      let block = [UInt8](repeating: 1, count: size)
      while write(descriptor, block, size) == size {}
    }
  }
}
