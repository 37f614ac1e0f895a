internal import Foundation
internal import Synchronization

/// Runs a file of tests for scripts: each case on a simulated node of its own.
public final class ScriptTestBench: Sendable {
  /// How one case ended.
  public struct CaseResult: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Why it failed; `nil` where it passed.
    public var failure: EngineError?
  }

  private struct State {
    var node: SimulatedNode?
    var results: [CaseResult] = []
    var logged: [String] = []
    var requests: [ScriptHTTPRequest] = []
    var answer: LuaFunction?
    weak var host: ScriptHost?
  }

  let files: ScriptFiles
  private let state = Mutex(State())

  /// Creates a bench whose tests find scripts and modules in `files`.
  init(files: ScriptFiles) { self.files = files }

  /// Runs a text of tests and returns how its cases ended.
  ///
  /// `files` is where `mcp.test.load` and `require` look. Throws what the text raises outside of its cases.
  public static func run(
    _ text: String, name: String, files: ScriptFiles, output: @escaping @Sendable (String) -> Void
  ) async throws(EngineError) -> [CaseResult] {
    let bench = ScriptTestBench(files: files)
    let host = try await ScriptHost(
      bench.surroundings(name: name, output: output),
      limits: LuaLimits(memory: 256 << 20, cpu: .seconds(60), wall: .seconds(600), output: 1 << 20))
    bench.state.withLock { $0.host = host }
    let result: Result<Void, EngineError>
    do {
      try await host.run(text)
      result = .success(())
    } catch {
      result = .failure(error)
    }
    await bench.closeNode()
    try result.get()
    return bench.state.withLock { $0.results }
  }

  /// Loads a script on a simulated node, with every change only planned, and returns what it would be called for.
  ///
  /// Throws why it does not load.
  public static func check(
    _ text: String, name: String, modules: @escaping LuaState.Loader
  ) async throws(EngineError) -> [String] {
    let bench = ScriptTestBench(files: ScriptFiles(directory: "/", shipped: nil))
    let script = LoadedScript(name: name, text: text, loadedAt: .distantPast)
    var surroundings = bench.surroundings(name: name, output: { _ in })
    surroundings.place = .agent
    surroundings.plan = PlanRecorder()
    surroundings.registrar = script.registrar
    surroundings.modules = modules
    let host = try await ScriptHost(
      surroundings, limits: LuaLimits(memory: 32 << 20, cpu: .seconds(2), wall: .seconds(30)))
    bench.state.withLock { $0.host = host }
    let result: Result<Void, EngineError>
    do {
      try await host.run(text)
      result = .success(())
    } catch {
      result = .failure(error)
    }
    await bench.closeNode()
    try result.get()
    return script.hooks.map(\.hook.occasion.description)
  }

  private func surroundings(name: String, output: @escaping @Sendable (String) -> Void) -> ScriptSurroundings
  {
    var surroundings = ScriptSurroundings(
      place: .test, name: name, plane: { try await self.node().plane },
      definition: { try await self.node().plane.service($0).definition },
      definitions: {
        let plane = try await self.node().plane
        var definitions: [ServiceDefinition] = []
        for service in try await plane.list() {
          definitions.append(try await plane.service(service.name).definition)
        }
        return definitions
      })
    surroundings.clock = BenchClock(bench: self)
    surroundings.store = BenchStore()
    surroundings.http = BenchHTTP(bench: self)
    surroundings.variables = ProcessInfo.processInfo.environment
    surroundings.output = output
    surroundings.log = { level, message, _ in output("\(level.rawValue): \(message)") }
    surroundings.registrar = BenchRegistrar(bench: self)
    surroundings.emit = { event in try await self.node().append(event) }
    surroundings.modules = { [files] in try files.module($0) }
    surroundings.bench = self
    return surroundings
  }

  /// The node of the case that runs; outside of a case one for the whole file.
  func node() async throws -> SimulatedNode {
    if let node = state.withLock({ $0.node }) { return node }
    guard let host = state.withLock({ $0.host }) else { throw EngineError(.cancelled, "the test has ended") }
    let node = try await SimulatedNode(files: files, host: host, http: BenchHTTP(bench: self)) { line in
      self.state.withLock { $0.logged.append(line) }
    }
    let other = state.withLock { state in
      if let other = state.node { return Optional(other) }
      state.node = node
      return nil
    }
    guard let other else { return node }
    await node.close()
    return other
  }

  /// The node that there is, for those who cannot wait for one.
  var currentNode: SimulatedNode? { state.withLock { $0.node } }

  /// Ends the node.
  func closeNode() async {
    let node = state.withLock { state in
      defer { (state.node, state.answer, state.requests, state.logged) = (nil, nil, [], []) }
      return state.node
    }
    await node?.close()
  }

  func note(_ result: CaseResult) { state.withLock { $0.results.append(result) } }

  /// What the hooks logged and printed in this case.
  var logged: [String] { state.withLock { $0.logged } }

  /// What was sent in this case.
  var requests: [ScriptHTTPRequest] { state.withLock { $0.requests } }

  /// Lets a function answer requests from now on.
  func answer(with function: LuaFunction) { state.withLock { $0.answer = function } }

  func send(_ request: ScriptHTTPRequest) async throws -> ScriptHTTPResponse {
    let (answer, host) = state.withLock { state in
      state.requests.append(request)
      return (state.answer, state.host)
    }
    guard let answer, let host else { return ScriptHTTPResponse(status: 200) }
    let values = try await host.state.call(answer, [request.value])
    guard let first = values.first, !first.isNil else {
      if case .failure(let error)? = values.dropFirst().first { throw error }
      throw EngineError(.unavailable, "\(request.url) cannot be asked")
    }
    let fields = first.anyTable?.fields ?? [:]
    return ScriptHTTPResponse(
      status: fields["status"]?.integer.flatMap { Int(exactly: $0) } ?? 200,
      headers: (fields["headers"]?.anyTable?.fields ?? [:]).compactMapValues(\.string),
      body: Array((fields["body"]?.string ?? "").utf8))
  }
}

extension ScriptHTTPRequest {
  /// The request as tests see it.
  var value: LuaValue {
    [
      "method": .string(method), "url": .string(url), "body": .text(body),
      "headers": .table(LuaTable(headers.mapValues { .string($0) })),
    ]
  }
}

/// The clock of the node of the case that runs.
private struct BenchClock: ScriptClock {
  let bench: ScriptTestBench
  var timeZone: TimeZone { bench.currentNode?.clock.timeZone ?? .current }

  func now() -> Date { bench.currentNode?.clock.now() ?? Date() }

  // A test that sleeps moves its clock: nobody else would.
  func sleep(for duration: Duration) async throws { try await bench.node().advance(by: duration) }

  func sleep(until time: Date) async throws {
    let left = time.timeIntervalSince(now())
    if left > 0 { try await sleep(for: .milliseconds(Int64(left * 1000))) }
  }
}

/// Values that are kept as long as the test runs.
private final class BenchStore: ScriptStore {
  private let values = Mutex<[String: String]>([:])

  func value(of key: String, script: String) async throws -> String? { values.withLock { $0[key] } }

  func setValue(_ json: String?, of key: String, script: String) async throws {
    values.withLock { $0[key] = json }
  }
}

/// HTTP that goes nowhere: a test answers.
private struct BenchHTTP: ScriptHTTP {
  let bench: ScriptTestBench

  func send(_ request: ScriptHTTPRequest) async throws -> ScriptHTTPResponse { try await bench.send(request) }
}

/// Takes the test's own hooks in.
private struct BenchRegistrar: HookRegistrar {
  let bench: ScriptTestBench

  func register(_ hook: Hook) throws {
    guard let node = bench.currentNode else {
      throw LuaMisuse("a test registers hooks inside of mcp.test.case")
    }
    try node.own.register(hook)
  }
}
