import Foundation
import Logging
import TestSupport
import Testing

@testable import Engine

/// An agent's scripts over a real registry, a simulated runtime and real time.
@Suite struct ScriptManagerTests {
  /// A node whose scripts lie in a directory of the test's.
  private struct Fixture {
    let directory: TemporaryDirectory
    let context: NodeContext
    let manager: ScriptManager
    let registry: Registry
    let plane: Orchestrator

    static let web = ServiceDefinition(name: "web", components: [Component(name: "api", image: "a:1")])

    static func with(
      _ scripts: [String: String], limits: LuaLimits = LuaLimits(memory: 8 << 20, cpu: .milliseconds(100)),
      _ body: (Fixture) async throws -> Void
    ) async throws {
      try await TemporaryDirectory.with { directory in
        let registry = try Registry.open(path: directory.file("mcp.db"))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let context = NodeContext(
          settings: NodeContext.Settings(nodeName: "n"), registry: registry, runtimes: [SimulatedRuntime()],
          logger: logger)
        let kept = RegistryScripts(registry)
        let manager = ScriptManager(
          settings: ScriptManager.Settings(
            files: ScriptFiles(directory: directory.file("scripts"), shipped: nil), limits: limits),
          plane: { Orchestrator(context: context, caller: $0) }, events: context.events, store: kept,
          versions: kept, logger: logger)
        context.install(manager)
        let caller = Caller(actor: Actor(kind: .user, name: "alice"), role: .admin, peer: "test")
        let fixture = Fixture(
          directory: directory, context: context, manager: manager, registry: registry,
          plane: Orchestrator(context: context, caller: caller))
        try FileManager.default.createDirectory(
          atPath: directory.file("scripts") + "/hooks", withIntermediateDirectories: true)
        for (name, text) in scripts { try fixture.write(name, text) }
        let run = Task { await manager.run(after: 0) }
        let monitor = Task { await context.monitor.run() }
        let result: Result<Void, any Error>
        do { result = .success(try await body(fixture)) } catch { result = .failure(error) }
        await manager.shutDown(grace: .seconds(1))
        run.cancel()
        monitor.cancel()
        await run.value
        await monitor.value
        try registry.close()
        try result.get()
      }
    }

    func write(_ name: String, _ text: String) throws {
      let path = directory.file("scripts") + "/hooks/" + name
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      chmod(path, 0o600)
    }

    func deploy(_ tag: String = "1") async throws -> OperationResult {
      var definition = Self.web
      definition.components[0].image = "a:\(tag)"
      return try await plane.deploy(DeployRequest(definition: definition)) { _ in }
    }

    func events(_ kind: String) async throws -> [Event] {
      try await registry.events(EventQuery()).filter { $0.kind == kind }
    }

    func eventually(_ kind: String, _ count: Int = 1) async throws -> Bool {
      try await TestSupport.eventually(within: .seconds(20)) { try await events(kind).count >= count }
    }

    func info(_ name: String) async -> ScriptInfo? {
      await manager.list().first { $0.name == "hooks/\(name)" }
    }
  }

  @Test func `a hook is told what happens, and what it does has its name`() async throws {
    let script =
      "mcp.on('deploy', function(e) mcp.emit('seen', {service = e.service, by = e.actor.name}) end)"
    try await Fixture.with(["x.lua": script]) { fixture in
      _ = try await fixture.deploy()
      #expect(try await fixture.eventually("seen"))
      let seen = try #require(try await fixture.events("seen").first)
      #expect(seen.actor == Actor(kind: .script, name: "hooks/x.lua"))
      #expect(seen.service == "web")
      #expect(seen.details["by"] == "alice")
      #expect(try await fixture.eventually(EventKind.hook))
      let runs = try await fixture.events(EventKind.hook)
      #expect(runs.first?.actor.description == "script:hooks/x.lua")
    }
  }

  @Test func `a veto is seen by the operator, and written down`() async throws {
    let script = "mcp.before('deploy', function(op) return false, 'not on a ' .. op.definition.name end)"
    try await Fixture.with(["x.lua": script]) { fixture in
      let error = await #expect(throws: EngineError.self) { _ = try await fixture.deploy() }
      #expect(error?.code == .failedPrecondition)
      #expect(error?.message == "deploy of web was refused by hooks/x.lua: not on a web")
      let services = try await fixture.plane.list()
      #expect(services.isEmpty)
      #expect(try await fixture.eventually(EventKind.denied))
      let denied = try await fixture.events(EventKind.denied)
      #expect(denied.first?.actor.name == "alice")
    }
  }

  @Test(arguments: [
    "mcp.before('deploy', function() error('broken') end)",
    "mcp.before('deploy', function() while true do end end)",
    "mcp.before('deploy', function() return assert(mcp.undeploy('web')) end)",
    "mcp.before('deploy', function() return nil, 'no' end)",
  ])
  func `a before hook that fails refuses`(_ script: String) async throws {
    try await Fixture.with(["x.lua": script]) { fixture in
      await #expect(throws: EngineError.self) { _ = try await fixture.deploy() }
      let services = try await fixture.plane.list()
      #expect(services.isEmpty)
    }
  }

  @Test func `a script in a loop, one that eats memory and one that does not load harm nobody`() async throws
  {
    let scripts = [
      "loop.lua": "mcp.on('deploy', function() while true do pcall(string.rep, 'x', 100) end end)",
      "hungry.lua": "mcp.on('deploy', function() local t = {} while true do t[#t + 1] = {} end end)",
      "broken.lua": "mcp.on('deploy' function() end)", "forever.lua": "while true do end",
      "good.lua": "mcp.on('deploy', function() mcp.emit('good') end)",
    ]
    try await Fixture.with(scripts) { fixture in
      for tag in 1...4 { _ = try await fixture.deploy("\(tag)") }
      #expect(try await fixture.eventually("good", 4))
      #expect(try await fixture.eventually(EventKind.scriptDisabled, 2))
      for name in ["loop.lua", "hungry.lua"] { #expect(await fixture.info(name)?.state == .disabled) }
      for name in ["broken.lua", "forever.lua"] {
        let info = await fixture.info(name)
        #expect(info?.state == .failed)
        #expect(info?.error != nil)
      }
      #expect(await fixture.info("good.lua")?.hooks.first?.runs == 4)
    }
  }

  @Test func `a reload swaps what loads and keeps what does not`() async throws {
    try await Fixture.with(["x.lua": "mcp.on('deploy', function() mcp.emit('old') end)"]) { fixture in
      _ = try await fixture.deploy("1")
      #expect(try await fixture.eventually("old"))
      try fixture.write("x.lua", "mcp.on('deploy', function() mcp.emit('bad' end)")
      let reports = try await fixture.plane.reloadScripts([])
      #expect(reports.map(\.ok) == [false])
      #expect(reports.first?.error?.message.hasPrefix("hooks/x.lua:1:") == true)
      _ = try await fixture.deploy("2")
      #expect(try await fixture.eventually("old", 2))
      try fixture.write("x.lua", "mcp.on('deploy', function() mcp.emit('new') end)")
      #expect(try await fixture.plane.reloadScripts(["hooks/x.lua"]).map(\.ok) == [true])
      _ = try await fixture.deploy("3")
      #expect(try await fixture.eventually("new"))
      #expect(try await fixture.events("old").count == 2)
      try FileManager.default.removeItem(atPath: fixture.directory.file("scripts") + "/hooks/x.lua")
      let removed = try await fixture.plane.reloadScripts([])
      #expect(removed.first?.message == "removed: its file is gone")
      #expect(await fixture.manager.list().isEmpty)
      await #expect(throws: EngineError.self) { try await fixture.plane.reloadScripts(["hooks/y.lua"]) }
    }
  }

  @Test func `a version that is no longer used is let go with its state`() async throws {
    try await Fixture.with([
      "a.lua": "mcp.on('deploy', function() end) mcp.every('1h', function() end)",
      "b.lua": "mcp.cron('0 3 * * *', function() end)",
    ]) { fixture in
      try #require(try await fixture.eventually("script-loaded", 2))
      weak let first = await fixture.manager.entries["hooks/a.lua"]?.current?.host?.state
      weak let second = await fixture.manager.entries["hooks/b.lua"]?.current?.host?.state
      #expect(first != nil && second != nil)
      _ = try await fixture.deploy()
      #expect(await fixture.manager.check().allSatisfy(\.ok))
      _ = try await fixture.manager.reload([], by: .agent)
      #expect(await eventually { first == nil && second == nil })
    }
  }

  @Test func `the last good version survives the agent`() async throws {
    try await Fixture.with([:]) { fixture in
      let kept = RegistryScripts(fixture.registry)
      try await kept.keep("mcp.on('deploy', function() mcp.emit('kept') end)", of: "hooks/x.lua")
      try fixture.write("x.lua", "syntax error")
      _ = try await fixture.plane.reloadScripts([])
      #expect(await fixture.info("x.lua")?.state == .loaded)
      #expect(await fixture.info("x.lua")?.error != nil)
      _ = try await fixture.deploy()
      #expect(try await fixture.eventually("kept"))
    }
  }

  @Test func `a check loads without effects`() async throws {
    try await Fixture.with([
      "x.lua": "mcp.store.set('a', 1) mcp.on('deploy', function() end)", "y.lua": "local x = 1 +",
    ]) { fixture in
      try fixture.write("z.lua", "mcp.deploy{name = 'web', components = {{name = 'a', image = 'a:1'}}}")
      let reports = try await fixture.plane.checkScripts()
      #expect(reports.map(\.ok) == [true, false, true])
      #expect(reports.first?.hooks == ["on deploy"])
      let services = try await fixture.plane.list()
      #expect(services.isEmpty)
    }
  }

  @Test func `what a script keeps is its own and survives a reload`() async throws {
    let count =
      "mcp.on('deploy', function() local n = (mcp.store.get('n') or 0) + 1 mcp.store.set('n', n) mcp.emit('n', {n = n}) end)"
    try await Fixture.with(["a.lua": count]) { fixture in
      _ = try await fixture.deploy("1")
      #expect(try await fixture.eventually("n"))
      _ = try await fixture.plane.reloadScripts([])
      _ = try await fixture.deploy("2")
      #expect(try await fixture.eventually("n", 2))
      #expect(try await fixture.events("n").map { $0.details["n"] } == ["1", "2"])
      #expect(try await RegistryScripts(fixture.registry).value(of: "n", script: "hooks/b.lua") == nil)
    }
  }

  @Test func `a hook that emits what it is called for is stopped`() async throws {
    try await Fixture.with([
      "x.lua":
        "mcp.on('x', function() assert(mcp.emit('x')) end) mcp.on('deploy', function() mcp.emit('x') end)"
    ]) {
      fixture in
      _ = try await fixture.deploy()
      #expect(try await fixture.eventually(EventKind.hookFailed))
      #expect(try await fixture.events("x").count == LoadedScript.emitsPerMinute)
    }
  }

  @Test func `a script that others may write is not loaded`() async throws {
    try await Fixture.with(["x.lua": "mcp.emit('x')"]) { fixture in
      let path = fixture.directory.file("scripts") + "/hooks/"
      try fixture.write("y.lua", "return 1")
      chmod(path + "y.lua", 0o666)
      symlink("/etc/passwd", path + "z.lua")
      let reports = try await fixture.plane.reloadScripts(["hooks/y.lua", "hooks/z.lua"])
      #expect(reports.map { $0.error?.code } == [.permissionDenied, .permissionDenied])
    }
  }
}
