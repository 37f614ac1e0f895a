internal import Foundation

extension ScriptAPI {
  private static let places: Set<ScriptPlace> = [.test]

  private static let steps = SimulatedRuntime.Step.allCases.map(\.rawValue)

  /// What tests of scripts have.
  static let testing: [APIFunction] = [
    APIFunction(
      "test.case", .testing, "Runs a test on a simulated node of its own.",
      details: """
        The node has the real orchestrator, an empty registry, a runtime in memory, and a clock that stands at \
        2026-01-01T00:00:00Z until it is moved. All other functions of `mcp` act on it.
        """,
      parameters: [
        APIParameter("name", .string, "a sentence that says what is true"),
        APIParameter("body", .function("fun()"), "the test, which fails by raising"),
      ], places: places,
      example: "mcp.test.case(\"addition works\", function() mcp.test.equal(1 + 1, 2) end)",
      body: .waiting(runCase)),
    APIFunction(
      "test.load", .testing, "Loads a script as the agent would.",
      parameters: [APIParameter("script", .string, "its path below the scripts' directory")],
      results: [APIResult("loaded", .boolean, "true")], places: places, mayFail: true,
      example: "assert(mcp.test.load(\"hooks/policy.lua\"))",
      body: .waiting { call in
        let report = try await call.node.manager.load(call.string(0))
        if let error = report.error { throw error }
        return [true]
      }),
    APIFunction(
      "test.source", .testing, "Returns the text of a script, for `load`.",
      parameters: [APIParameter("script", .string, "its path below the scripts' directory")],
      results: [APIResult("text", .string, "the text")], places: places, mayFail: true,
      example: "local canary = load(mcp.test.source(\"run/canary.lua\"))",
      body: .immediate { call in [.string(try call.bench.files.read(call.string(0)))] }),
    APIFunction(
      "test.boot", .testing, "Runs a boot script as the agent would, and moves the clock meanwhile.",
      parameters: [
        APIParameter("script", .string, "its path below the scripts' directory"),
        APIParameter(
          "options",
          .options([
            APIField(
              "sequence", .list(.record("mcp.BootStage")), optional: true, "what `[[boot.sequence]]` has"),
            APIField("env", .map(.string), optional: true, "what `mcp.env` has for it"),
            APIField("limit", .duration, optional: true, "when to stop it, by that clock; 5m by default"),
          ]), optional: true, "with what"),
      ],
      results: [
        APIResult(
          "progress", .record("mcp.BootProgress"),
          "how far it came: `running` where it was stopped by the limit")
      ], places: places, mayFail: true,
      example: "mcp.test.equal(mcp.test.boot(\"boot/site.lua\").state, \"done\")",
      body: .waiting { call in
        let options = call.options(1)
        let stages = (options.fields["sequence"]?.array ?? []).map { value in
          let fields = APIOptions(value.anyTable?.fields ?? [:])
          var stage = BootStage(name: fields.string("name") ?? "", services: fields.strings("services") ?? [])
          stage.timeout = fields.duration("timeout") ?? stage.timeout
          stage.health = fields.string("health").flatMap(HealthCheck.Kind.init(rawValue:))
          stage.required = fields.flag("required")
          return stage
        }
        let variables = (options.table("env")?.fields ?? [:]).compactMapValues(\.string)
        let progress = try await call.node.boot(
          call.string(0), sequence: stages, variables: variables,
          limit: options.duration("limit") ?? .seconds(300))
        return [try LuaJSON.value(of: progress)]
      }),
    APIFunction(
      "test.event", .testing, "Makes something happen, and waits until the hooks are done with it.",
      parameters: [
        APIParameter(
          "event",
          .options([
            APIField("kind", .string, "the kind of event"),
            APIField("service", .target, optional: true, "the service concerned"),
            APIField("component", .string, optional: true, "the component concerned"),
            APIField("message", .string, optional: true, "one line"),
            APIField("details", .map(.string), optional: true, "facts by name"),
          ]), "what happens")
      ], places: places, example: "mcp.test.event{kind = \"exit\", service = \"web\"}",
      body: .waiting { call in
        let options = call.options(0)
        let node = try await call.node
        let kind = options.string("kind") ?? ""
        await node.append(
          Event(
            time: node.clock.now(), actor: .agent, service: options.string("service"),
            component: options.string("component"), kind: kind, message: options.string("message") ?? kind,
            details: (options.table("details")?.fields ?? [:]).compactMapValues(\.string)))
        try await node.settle()
        return []
      }),
    APIFunction(
      "test.settle", .testing, "Waits until the hooks are done with what has happened, or sleep.",
      places: places, example: "mcp.test.settle()",
      body: .waiting { call in
        try await call.node.settle()
        return []
      }),
    APIFunction(
      "test.advance", .testing, "Moves the clock; what is due on the way happens, in order.",
      parameters: [APIParameter("duration", .duration, "how far")], places: places,
      example: "mcp.test.advance(\"3h\")",
      body: .waiting { call in
        try await call.node.advance(by: APIType.duration(call[0]) ?? .zero)
        return []
      }),
    APIFunction(
      "test.exit", .testing, "Lets a component's process end by itself, and waits for the hooks.",
      parameters: [
        APIParameter("target", .target, "the component"),
        APIParameter("code", .integer, optional: true, "its exit code; 1 by default"),
      ], places: places, example: "mcp.test.exit(\"web/api\", 137)",
      body: .waiting { call in
        let target = try call.target(0)
        let node = try await call.node
        let code = call[1].integer.flatMap { Int(exactly: $0) } ?? 1
        try node.runtime.end(name(target), code: code)
        try await node.eventually("the end of \(target)") {
          try await node.plane.ps(service: target.service, live: false)
            .contains { $0.component == target.component && $0.observed == .exited(code: code) }
        }
        try await node.settle()
        return []
      }),
    APIFunction(
      "test.output", .testing, "Writes a line of output in the name of a component.",
      parameters: [
        APIParameter("target", .target, "the component"), APIParameter("line", .string, "the line"),
      ], places: places, example: "mcp.test.output(\"web/api\", \"ready\")",
      body: .waiting { call in
        try await call.node.runtime.output(name(try call.target(0)), call.string(1))
        return []
      }),
    APIFunction(
      "test.fail", .testing, "Makes the next step of a kind fail.",
      parameters: [
        APIParameter("step", .word(steps), "what fails"),
        APIParameter(
          "options",
          .options([
            APIField("target", .target, optional: true, "only for this component"),
            APIField("image", .string, optional: true, "only for this image, of `pull`"),
            APIField("message", .string, optional: true, "why"),
            APIField("times", .integer, optional: true, "how often; once by default"),
          ]), optional: true, "for what"),
      ], places: places, example: "mcp.test.fail(\"start\", {target = \"web/api\"})",
      body: .waiting { call in
        let options = call.options(1)
        let step = SimulatedRuntime.Step(rawValue: call.string(0)) ?? .start
        let target = try options.string("target").map { try Target(parsing: $0) }
        try await call.node.runtime.fail(
          step, of: options.string("image") ?? target.map(name), times: options.integer("times") ?? 1,
          error: EngineError(
            .operationFailed, options.string("message") ?? "the test makes this \(step) fail"))
        return []
      }),
    APIFunction(
      "test.calls", .testing, "Returns what the runtime was asked to do, such as `create web-api`.",
      results: [APIResult("calls", .list(.string), "oldest first")], places: places,
      example: "print(table.concat(mcp.test.calls(), \"\\n\"))",
      body: .waiting { call in [.array(try await call.node.runtime.calls.map { .string($0) })] }),
    APIFunction(
      "test.logged", .testing, "Returns what the hooks logged and printed, as `level: line`.",
      results: [APIResult("lines", .list(.string), "oldest first")], places: places,
      example: "print(#mcp.test.logged())",
      body: .waiting { call in [.array(try call.bench.logged.map { .string($0) })] }),
    APIFunction(
      "test.http", .testing, "Lets a function answer what hooks send over HTTP; without one it is 200.",
      parameters: [
        APIParameter(
          "answer",
          .function(
            "fun(request: { method: string, url: string, headers: table, body: string }): mcp.Response?"),
          "returns a response, or nil and an error")
      ], places: places,
      example: "mcp.test.http(function(request) return {status = 500, body = \"no\"} end)",
      body: .waiting { call in
        try call.bench.answer(with: try call.function(0))
        return []
      }),
    APIFunction(
      "test.requests", .testing, "Returns what hooks have sent over HTTP.",
      results: [APIResult("requests", .list(.table), "method, url, headers and body of each")],
      places: places,
      example: "print(#mcp.test.requests())",
      body: .waiting { call in [.array(try call.bench.requests.map(\.value))] }),
    APIFunction(
      "test.equal", .testing, "Raises unless two values are equal, tables by their contents.",
      parameters: [
        APIParameter("actual", .any, "what is"), APIParameter("expected", .any, "what should be"),
        APIParameter("note", .string, optional: true, "what it is about"),
      ], places: places, example: "mcp.test.equal({1, 2}, {1, 2})",
      body: .immediate { call in
        guard call[0] != call[1] else { return [] }
        let note = call[2].string.map { "\($0): " } ?? ""
        func shown(_ value: LuaValue) -> String { (try? LuaJSON.encode(value)) ?? value.description }
        throw LuaMisuse("\(note)\(shown(call[1])) expected, got \(shown(call[0]))")
      }),
  ]

  private static func name(_ target: Target) -> String {
    "\(target.service)-\(target.component ?? "")"
  }

  private static func runCase(_ call: APICall) async throws -> [LuaValue] {
    let bench = try call.bench
    let name = call.string(0)
    await bench.closeNode()
    _ = try await bench.node()
    let outcome = try await call.script.perform(try call.function(1))
    let failure: EngineError? =
      switch outcome {
      case .returned: nil
      case .raised(let raised): raised.error
      case .stopped(_, let error): error
      }
    bench.note(ScriptTestBench.CaseResult(name: name, failure: failure))
    await bench.closeNode()
    if case .stopped(_, let error) = outcome { throw error }
    return []
  }
}

extension APICall {
  fileprivate var bench: ScriptTestBench {
    get throws {
      guard let bench = script.surroundings.bench else {
        throw LuaMisuse("\(function.fullName) works in mcp script test only")
      }
      return bench
    }
  }

  fileprivate var node: SimulatedNode {
    get async throws { try await bench.node() }
  }
}
