import Foundation
import Testing

@testable import Engine

/// Failures on demand, and what was asked for.
@Suite struct SimulatedFaultTests {
  let bench = SimulatedBench()
  let failure = EngineError(.operationFailed, "it does not work", cause: "the test wants it so")

  @Test func `a step fails as often as was asked for, and changes nothing`() async throws {
    let id = try await bench.runtime.create(bench.spec()).id
    bench.runtime.fail(.start, times: 2, error: failure)
    for _ in 0..<2 {
      let error = try await SimulatedBench.error(.operationFailed) { try await bench.runtime.start(id) }
      #expect(error == failure)
      #expect(try await bench.runtime.inspect(id).state == .stopped)
    }
    #expect(try await bench.runtime.start(id).state == .running)
  }

  @Test func `every step can fail`() async throws {
    let runtime = bench.runtime
    let id = try await bench.run().id
    for step in SimulatedRuntime.Step.allCases {
      runtime.fail(step, error: EngineError(.unavailable, step.rawValue))
      let error = try await SimulatedBench.error(.unavailable) {
        switch step {
        case .pull: _ = try await runtime.pull("x:1") { _ in }
        case .create: _ = try await runtime.create(bench.spec("db"))
        case .start: try await runtime.start(id)
        case .stop: try await runtime.stop(id, grace: .zero)
        case .remove: try await runtime.remove(id)
        case .rename: try await runtime.rename(id, to: "web-x")
        case .network: try await runtime.ensureNetwork("back")
        case .exec: _ = try await runtime.exec(id, request: ExecRequest(command: ["ls"]))
        case .list: _ = try await runtime.list()
        case .inspect: _ = try await runtime.inspect(id)
        }
      }
      #expect(error.message == step.rawValue)
    }
    #expect(runtime.instances.map(\.name) == ["web-api"])
    #expect(runtime.instances.map(\.state) == [.running])
    #expect(runtime.localImages == [SimulatedBench.image])
    #expect(runtime.networks.isEmpty)
  }

  @Test func `a failure is meant for one object, one image, or a pattern`() async throws {
    bench.runtime.fail(.create, of: "web-db", error: failure)
    bench.runtime.fail(.pull, of: "*/broken:*", times: .max, error: failure)
    _ = try await bench.runtime.create(bench.spec("api"))
    try await SimulatedBench.error(.operationFailed) { _ = try await bench.runtime.create(bench.spec("db")) }
    _ = try await bench.runtime.pull("registry.example/fine:1") { _ in }
    for tag in 1...3 {
      try await SimulatedBench.error(.operationFailed) {
        _ = try await bench.runtime.pull("registry.example/broken:\(tag)") { _ in }
      }
    }
    bench.runtime.failNoMore()
    _ = try await bench.runtime.pull("registry.example/broken:1") { _ in }
  }

  @Test func `the first failure that was asked for comes first, and none asked for no times`() async throws {
    bench.runtime.fail(.pull, times: 0, error: EngineError(.internalError, "never"))
    bench.runtime.fail(.pull, times: -1, error: EngineError(.internalError, "never"))
    bench.runtime.fail(.pull, error: EngineError(.timeout, "first"))
    bench.runtime.fail(.pull, error: EngineError(.unavailable, "second"))
    try await SimulatedBench.error(.timeout) { _ = try await bench.runtime.pull("x:1") { _ in } }
    try await SimulatedBench.error(.unavailable) { _ = try await bench.runtime.pull("x:1") { _ in } }
    _ = try await bench.runtime.pull("x:1") { _ in }
  }

  @Test(arguments: [
    ("web-api", "web-api", true), ("web-api", "web", false), ("web-api", "*", true), ("", "*", true),
    ("web-api", "web-*", true), ("web-api", "*-api", true), ("web-api", "w*b*i", true),
    ("web-api", "*e*", true),
    ("web-api", "web-api*", true), ("web-api", "*web-api", true), ("web-api", "web-*-api", false),
    ("aa", "aa*aa", false), ("aaa", "aa*aa", false), ("aaaa", "aa*aa", true), ("abab", "*ab", true),
    ("abcabc", "*b*c", true), ("abc", "*x*", false), ("abc", "**b**", true), ("", "", true), ("a", "", false),
  ])
  func `a star stands for any characters`(text: String, pattern: String, expected: Bool) {
    #expect(SimulatedFault.matches(text, pattern) == expected)
  }

  @Test func `calls are noted, also those that fail or find nothing to do`() async throws {
    let runtime = bench.runtime
    _ = try await runtime.pull("x:1") { _ in }
    try await runtime.ensureNetwork("back")
    let id = try await bench.run().id
    try await runtime.start(id)
    runtime.fail(.stop, error: failure)
    _ = try? await runtime.stop(id, grace: .zero)
    _ = try await runtime.exec(id, request: ExecRequest(command: ["ls", "-l"]))
    try await runtime.rename(id, to: "web-new")
    _ = try await runtime.inspect(id)
    _ = try await runtime.list()
    try await runtime.stop(id, grace: .zero)
    try await runtime.remove(id)
    try await runtime.remove(id)
    try await runtime.removeNetwork("back")
    #expect(
      runtime.calls == [
        "pull x:1", "network back", "create web-api", "start web-api", "start web-api", "stop web-api",
        "exec web-api: ls -l", "rename web-api to web-new", "stop web-new", "remove web-new",
        "remove network back",
      ])
  }

  @Test func `only the last calls are kept`() async throws {
    for number in 1...9000 { try await bench.runtime.ensureNetwork("\(number)") }
    #expect(bench.runtime.calls == (4905...9000).map { "network \($0)" })
  }

  @Test func `many tasks at once find one state`() async throws {
    let runtime = bench.runtime
    let stream = runtime.events(since: nil)
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          for round in 0..<20 {
            guard let id = try? await runtime.create(bench.spec("c\(number % 4)")).id else { continue }
            _ = try? await runtime.start(id)
            try? runtime.output("web-c\(number % 4)", "\(round)")
            try? runtime.end("web-c\(number % 4)", code: round)
            try? await runtime.remove(id)
          }
        }
      }
    }
    #expect(runtime.instances.isEmpty)
    _ = try await bench.run("last")
    let events = try await SimulatedBench.collect(stream) { $0.name == "web-last" && $0.action == .started }
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.time < $1.time })
    for (_, life) in Dictionary(grouping: events, by: \.id) {
      #expect(life.first?.action == .created)
      #expect(life.filter { $0.action == .created }.count == 1)
      #expect(life.dropLast().allSatisfy { $0.action != .removed })
    }
  }
}
