import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Engine

/// Health and gated deploys over a simulated runtime.
@Suite struct HealthMonitorTests {
  private struct Bench: Sendable {
    let runtime: SimulatedRuntime
    let context: NodeContext
    let plane: Orchestrator

    static func with(settle: Duration = .zero, _ body: (Bench) async throws -> Void) async throws {
      try await TemporaryDirectory.with { directory in
        let registry = try Registry.open(path: directory.file("mcp.db"))
        let runtime = SimulatedRuntime()
        let context = NodeContext(
          settings: NodeContext.Settings(nodeName: "n", settle: settle), registry: registry,
          runtimes: [runtime],
          logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let caller = Caller(actor: Actor(kind: .user, name: "alice"), role: .admin, peer: "test")
        let monitor = Task { await context.monitor.run() }
        let result: Result<Void, any Error>
        do {
          result = .success(
            try await body(
              Bench(runtime: runtime, context: context, plane: Orchestrator(context: context, caller: caller))
            ))
        } catch { result = .failure(error) }
        monitor.cancel()
        await monitor.value
        try registry.close()
        try result.get()
      }
    }

    func deploy(_ version: Int, check: HealthCheck?) async throws {
      var component = Component(name: "api", image: "a:\(version)")
      component.health = check
      if let port = check?.port { component.ports = [PortMapping(hostPort: port, containerPort: port)] }
      _ = try await plane.deploy(
        DeployRequest(definition: ServiceDefinition(name: "web", components: [component]))
      ) { _ in }
    }

    func status() async throws -> ComponentStatus? { try await plane.ps(service: "web", live: false).first }
  }

  private static let exec = HealthCheck(
    kind: .exec, command: ["/check"], intervalMs: 100, timeoutMs: 1_000, retries: 2)

  @Test func `what is simulated has no network and is well while it runs`() async throws {
    try await Bench.with { bench in
      try await bench.deploy(1, check: HealthCheck(kind: .http, port: 8_080))
      let status = try #require(try await bench.status())
      #expect(status.observed == .running && status.health == ComponentStatus.passing)
    }
  }

  @Test func `so many failures in a row make it unhealthy, and one success makes it healthy`() async throws {
    try await Bench.with { bench in
      let code = Mutex(0)
      bench.runtime.onExec { _ in code.withLock { $0 } }
      try await bench.deploy(1, check: Self.exec)
      #expect(try await bench.status()?.observed == .running)
      code.withLock { $0 = 3 }
      #expect(try await eventually { try await bench.status()?.observed == .unhealthy })
      #expect(try await bench.status()?.health == "exec: /check ended with 3")
      #expect(try await bench.plane.status(service: "web").drift.map(\.kind) == [.unhealthy])
      code.withLock { $0 = 0 }
      #expect(try await eventually { try await bench.status()?.observed == .running })
      let kinds = try await bench.context.registry.events(EventQuery()).map(\.kind)
      #expect(kinds.filter { ["healthy", "unhealthy"].contains($0) } == ["healthy", "unhealthy", "healthy"])
    }
  }

  @Test func `a process is the same however precisely its start is told`() async throws {
    try await Bench.with { bench in
      bench.runtime.onExec { _ in 0 }
      try await bench.deploy(1, check: Self.exec)
      let health = bench.context.monitor.health
      var seen = try #require(await bench.context.observed.all().first)
      seen.pid = Int(getpid())
      seen.startedAt = Date(timeIntervalSince1970: 1_000.7)
      await health.follow(seen, in: bench.runtime)
      #expect(await eventually { await health.findings[seen.id] == ComponentStatus.passing })
      seen.startedAt = Date(timeIntervalSince1970: 1_000)
      await health.follow(seen, in: bench.runtime)
      #expect(await health.findings[seen.id] == ComponentStatus.passing, "it is not looked at anew")
    }
  }

  @Test func `a new version that does not pass is removed before the old one starts again`() async throws {
    try await Bench.with { bench in
      bench.runtime.onExec { $0.instance.image == "a:1" ? 0 : 1 }
      try await bench.deploy(1, check: Self.exec)
      let old = try #require(bench.runtime.instances.first)
      await #expect(throws: EngineError.self) { try await bench.deploy(2, check: Self.exec) }
      #expect(bench.runtime.instances.map(\.id) == [old.id])
      #expect(bench.runtime.instances.map(\.state) == [.running])
      #expect(try await bench.status()?.observed == .running)
      #expect(try await bench.context.registry.failures(of: "web").map(\.revision) == [2])
    }
  }

  @Test func `a version that ends while it settles is taken back`() async throws {
    try await Bench.with(settle: .milliseconds(300)) { bench in
      try await bench.deploy(1, check: nil)
      let old = try #require(bench.runtime.instances.first)
      bench.runtime.onStart { SimulatedProgram(exitCode: $0.component.image == "a:2" ? 7 : nil) }
      let error = await #expect(throws: EngineError.self) { try await bench.deploy(2, check: nil) }
      #expect(error?.message.contains("exited(7)") == true, "\(String(describing: error))")
      #expect(bench.runtime.instances.map(\.id) == [old.id])
    }
  }

  @Test func `a changed check holds at once and replaces nothing`() async throws {
    try await Bench.with { bench in
      bench.runtime.onExec { $0.request.command == ["/check"] ? 0 : 1 }
      try await bench.deploy(1, check: Self.exec)
      let id = bench.runtime.instances.first?.id
      var other = Self.exec
      other.command = ["/other"]
      // The object stays: nothing is started, so nothing is proven.
      try await bench.deploy(1, check: other)
      #expect(bench.runtime.instances.map(\.id) == [id])
      #expect(try await eventually { try await bench.status()?.observed == .unhealthy })
    }
  }
}
