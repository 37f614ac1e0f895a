extension ScriptAPI {
  private static let targetOptions: APIType = .options([
    APIField("plan", .boolean, optional: true, "only returns what would be done"),
    APIField("timeout", .duration, optional: true, "waits no longer than that; the agent goes on"),
  ])

  private static let operationResult = APIResult("result", .record("mcp.Result"), "how it ended")

  private static func target(
    _ primitive: Primitive, wholeService: Bool = false, details: String, example: String,
    _ carryOut:
      @escaping @Sendable (any ControlPlane, TargetRequest, @escaping ProgressHandler) async throws ->
      OperationResult
  ) -> APIFunction {
    APIFunction(
      primitive.name, .operating, primitive.summary, details: details,
      parameters: [
        APIParameter("target", .target, wholeService ? "the service's name" : "the service or component"),
        APIParameter("options", targetOptions, optional: true, "how"),
      ], results: [operationResult], primitive: primitive, mayFail: true, example: example,
      body: .waiting { call in
        let target = wholeService ? Target(service: try call.service(0)) : try call.target(0)
        let request = TargetRequest(target: target, planOnly: call.script.isPlanning(call.options(1)))
        return try await call.operate(on: target.service, options: call.options(1)) { plane, progress in
          try await carryOut(plane, request, progress)
        }
      })
  }

  /// What changes the node.
  static let operating: [APIFunction] = [
    APIFunction(
      "deploy", .operating, Primitive.deploy.summary,
      details: """
        A name means the operator's definition file in `mcp run` and `mcp shell`, and the deployed definition in the \
        agent's scripts. A table is a definition with the keys of a definition file. What is deployed unchanged and runs is \
        left alone; where the new version does not start, the old one runs again.
        """,
      parameters: [
        APIParameter("what", .either([.target, .definition]), "the service or component, or a definition"),
        APIParameter("options", targetOptions, optional: true, "how"),
      ], results: [operationResult], primitive: .deploy, mayFail: true,
      example: "local result, err = mcp.deploy(\"web\", {timeout = \"2m\"})", body: .waiting(deploy)),
    target(
      .undeploy, wholeService: true, details: "Data under the service's directory stays.",
      example: "assert(mcp.undeploy(\"web\"))"
    ) { try await $0.undeploy($1, progress: $2) },
    target(
      .start, details: "What runs already is left alone.", example: "assert(mcp.start(\"web/api\"))"
    ) { try await $0.start($1, progress: $2) },
    target(
      .stop,
      details: "What is stopped already is left alone; it stays stopped until it is started or deployed.",
      example: "assert(mcp.stop(\"web\"))"
    ) { try await $0.stop($1, progress: $2) },
    target(
      .restart, details: "What was stopped is started.", example: "assert(mcp.restart(\"web/api\"))"
    ) { try await $0.restart($1, progress: $2) },
    APIFunction(
      "rollback", .operating, Primitive.rollback.summary,
      details: "It becomes a new revision, and is a deploy in every other way.",
      parameters: [
        APIParameter("service", .target, "the service's name"),
        APIParameter(
          "options",
          .options([
            APIField(
              "revision", .integer, optional: true,
              "the last one before the current that was deployed by default"),
            APIField("plan", .boolean, optional: true, "only returns what would be done"),
            APIField("timeout", .duration, optional: true, "waits no longer than that; the agent goes on"),
          ]), optional: true, "to which, and how"),
      ], results: [operationResult], primitive: .rollback, mayFail: true,
      example: "assert(mcp.rollback(\"web\"))",
      body: .waiting { call in
        let service = try call.service(0)
        let options = call.options(1)
        let request = RollbackRequest(
          service: service, revision: options.integer("revision").map(Int64.init),
          planOnly: call.script.isPlanning(options))
        return try await call.operate(on: service, options: options) { plane, progress in
          try await plane.rollback(request, progress: progress)
        }
      }),
    APIFunction(
      "sync", .operating, Primitive.sync.summary,
      details: """
        Without definitions, those of the operator's definition files (`mcp run`, `mcp shell`) or of the registry (the \
        agent's scripts). Goes on past a service that fails.
        """,
      parameters: [
        APIParameter(
          "options",
          .options([
            APIField("definitions", .list(.definition), optional: true, "what should be true"),
            APIField("prune", .boolean, optional: true, "undeploys what is not among the definitions"),
            APIField("plan", .boolean, optional: true, "only returns what would be done"),
          ]), optional: true, "what and how")
      ], results: [APIResult("result", .record("mcp.SyncResult"), "results and failures")], primitive: .sync,
      mayFail: true, example: "local result = assert(mcp.sync{prune = false})", body: .waiting(sync)),
    APIFunction(
      "recover", .operating, Primitive.recover.summary,
      details: "What runs is left alone. Goes on past a service that fails.",
      parameters: [
        APIParameter(
          "options",
          .options([
            APIField("services", .list(.string), optional: true, "only these; every service by default"),
            APIField("parallel", .integer, optional: true, "how many services at a time"),
            APIField("plan", .boolean, optional: true, "only returns what would be done"),
          ]), optional: true, "what and how")
      ], results: [APIResult("result", .record("mcp.SyncResult"), "results and failures")],
      primitive: .recover, mayFail: true,
      example: "local result = assert(mcp.recover{services = {\"db\", \"web\"}, parallel = 4})",
      body: .waiting(recover)),
    APIFunction(
      "exec", .operating, Primitive.exec.summary,
      details:
        "A command that ends with another code than 0 is a result, not an error. Output is kept up to 1 MiB.",
      parameters: [
        APIParameter("target", .target, "the component, or a service with one component"),
        APIParameter("command", .list(.string), "the program and its arguments"),
        APIParameter(
          "options",
          .options([
            APIField("stdin", .string, optional: true, "what the command reads"),
            APIField("timeout", .duration, optional: true, "waits no longer than that; 1m by default"),
          ]), optional: true, "how"),
      ], results: [APIResult("result", .record("mcp.ExecResult"), "code, stdout and stderr")],
      primitive: .exec, mayFail: true,
      example: "print(mcp.exec(\"web/api\", {\"/bin/hostname\"}).stdout)", body: .waiting(exec)),
    APIFunction(
      "reload_scripts", .operating, Primitive.reloadScripts.summary,
      details: "A script that does not load keeps its last good version.",
      parameters: [
        APIParameter("name", .string, optional: true, "only this script, such as `hooks/notify.lua`")
      ],
      results: [APIResult("reports", .list(.record("mcp.ScriptReport")), "what became of each")],
      primitive: .reloadScripts, mayFail: true, example: "mcp.reload_scripts()",
      body: .waiting { call in
        if let plan = call.script.surroundings.plan {
          plan.record("reload_scripts", "read the agent's scripts again")
          return [.array([])]
        }
        let name = call[0].string
        return [try LuaJSON.value(of: try await call.plane.reloadScripts(name.map { [$0] } ?? []))]
      }),
    APIFunction(
      "check_scripts", .operating, Primitive.checkScripts.summary,
      details: "Each script is loaded beside what runs, and every change it would make is only planned.",
      results: [APIResult("reports", .list(.record("mcp.ScriptReport")), "what is wrong, if anything")],
      primitive: .checkScripts, mayFail: true,
      example: "for _, r in ipairs(mcp.check_scripts()) do print(r.name, r.message) end",
      body: .waiting { call in [try LuaJSON.value(of: try await call.plane.checkScripts())] }),
  ]

  private static func deploy(_ call: APICall) async throws -> [LuaValue] {
    let options = call.options(1)
    var component: String?
    let definition: ServiceDefinition
    if case .string = call[0] {
      let target = try call.target(0)
      component = target.component
      definition = try await call.script.surroundings.definition(target.service)
    } else {
      definition = try LuaDefinition.decode(call[0])
    }
    let request = DeployRequest(
      definition: definition, component: component, planOnly: call.script.isPlanning(options))
    return try await call.operate(on: definition.name, options: options) { plane, progress in
      try await plane.deploy(request, progress: progress)
    }
  }

  private static func sync(_ call: APICall) async throws -> [LuaValue] {
    let options = call.options(0)
    let script = call.script
    let definitions: [ServiceDefinition]
    if let given = options.fields["definitions"]?.array {
      definitions = try given.map { try LuaDefinition.decode($0) }
    } else {
      definitions = try await script.surroundings.definitions()
    }
    let request = SyncRequest(
      definitions: definitions, prune: options.flag("prune"), planOnly: script.isPlanning(options))
    let plane = try await call.plane
    if !request.planOnly {
      for definition in definitions { try await Transaction.current?.willChange(definition.name, on: plane) }
      if request.prune {
        for service in try await plane.list() {
          try await Transaction.current?.willChange(service.name, on: plane)
        }
      }
    }
    let result = try await plane.sync(request, progress: script.surroundings.progress)
    return try answer(result, planned: request.planOnly, call)
  }

  private static func recover(_ call: APICall) async throws -> [LuaValue] {
    let options = call.options(0)
    let script = call.script
    let request = RecoverRequest(
      services: options.fields["services"]?.array?.compactMap(\.string) ?? [],
      parallel: options.integer("parallel").map { max(1, $0) }, planOnly: script.isPlanning(options))
    let plane = try await call.plane
    if !request.planOnly {
      var names = request.services
      if names.isEmpty, Transaction.current != nil { names = try await plane.list().map(\.name) }
      for name in names { try await Transaction.current?.willChange(name, on: plane) }
    }
    let result = try await plane.recover(request, progress: script.surroundings.progress)
    return try answer(result, planned: request.planOnly, call)
  }

  private static func answer(_ result: SyncResult, planned: Bool, _ call: APICall) throws -> [LuaValue] {
    for one in result.results where one.planned { call.script.surroundings.plan?.record(one) }
    return [
      [
        "results": try LuaJSON.value(of: result.results),
        "failures": .array(result.failures.map { .failure($0) }),
        "planned": .bool(planned),
      ]
    ]
  }

  private static let maximumOutput = 1 << 20

  private static func exec(_ call: APICall) async throws -> [LuaValue] {
    let target = try call.target(0)
    let command = call[1].array?.compactMap(\.string) ?? []
    guard !command.isEmpty else { throw LuaMisuse("mcp.exec: argument #2 'command' must not be empty") }
    if let plan = call.script.surroundings.plan {
      plan.record("exec", "run \(command.joined(separator: " ")) in \(target)")
      return [["code": 0, "stdout": "", "stderr": "", "planned": true]]
    }
    let options = call.options(2)
    let limit = options.duration("timeout") ?? .seconds(60)
    let input = options.fields["stdin"].map { _ in options.string("stdin") ?? "" }
    let plane = try await call.plane
    do {
      return try await TimeLimit.run(limit) {
        let session = try await plane.exec(
          target, request: ExecRequest(command: command, tty: false, stdin: input != nil))
        if let input {
          try await session.send(.stdin(Array(input.utf8)))
          try await session.send(.endOfInput)
        }
        var (stdout, stderr, code) = ([UInt8](), [UInt8](), 0)
        for try await output in session.output {
          switch output {
          case .stdout(let bytes): stdout += bytes.prefix(max(0, maximumOutput - stdout.count))
          case .stderr(let bytes): stderr += bytes.prefix(max(0, maximumOutput - stderr.count))
          case .exit(let number): code = number
          }
        }
        return [
          ["code": .integer(Int64(code)), "stdout": .text(stdout), "stderr": .text(stderr), "planned": false]
        ]
      }
    } catch is TimeLimit.Exceeded {
      throw EngineError(
        .timeout, "the command \(command[0]) in \(target) took longer than \(limit)",
        service: target.service, component: target.component)
    }
  }
}

extension LuaValue {
  /// A string of bytes, text where it is UTF-8.
  static func text(_ bytes: [UInt8]) -> LuaValue {
    String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .bytes(bytes)
  }
}

extension APICall {
  /// Carries an operation out, or plans it; what a transaction has to undo is noted first.
  func operate(
    on service: String, options: APIOptions,
    _ carryOut:
      @escaping @Sendable (any ControlPlane, @escaping ProgressHandler) async throws -> OperationResult
  ) async throws -> [LuaValue] {
    let plane = try await plane
    if !script.isPlanning(options) { try await Transaction.current?.willChange(service, on: plane) }
    let progress = script.surroundings.progress
    let result: OperationResult
    if let limit = options.duration("timeout") {
      do {
        result = try await TimeLimit.run(limit) { try await carryOut(plane, progress) }
      } catch is TimeLimit.Exceeded {
        throw EngineError(
          .timeout, "\(function.name) of \(service) took longer than \(limit)",
          hint: "the agent finishes or undoes what it has begun; mcp.events{service = \"\(service)\"} tells",
          service: service)
      }
    } else {
      result = try await carryOut(plane, progress)
    }
    if result.planned { script.surroundings.plan?.record(result) }
    return [try LuaJSON.value(of: result)]
  }
}
