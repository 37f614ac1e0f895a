internal import Foundation

extension ScriptAPI {
  /// The most lines that ``mcp.logs`` returns.
  static let maximumLogLines = 10_000

  /// What is there.
  static let reading: [APIFunction] = [
    APIFunction(
      "node", .reading, "Describes the node and its agent.",
      results: [APIResult("node", .record("mcp.Node"), "the node")], primitive: .node, mayFail: true,
      example: "print(mcp.node().name)",
      body: .waiting { call in [try LuaJSON.value(of: try await call.plane.node())] }),
    APIFunction(
      "nodes", .reading, "Returns the configured nodes, by name.",
      details:
        "A node that cannot be reached has `reachable = false` and an `error`. Every function is a method of a node as well: `mcp.nodes().rift:ps()`.",
      results: [APIResult("nodes", .map(.table), "name, address, reachable, info or error of each node")],
      places: [.commandLine], mayFail: true,
      example: "for name, node in pairs(mcp.nodes()) do print(name, #node:ps()) end",
      body: .waiting { call in
        guard let nodes = call.script.surroundings.nodes else { return [.table(LuaTable())] }
        return [try await nodes()]
      }),
    APIFunction(
      "call_on", .structure, "Calls a function on the node of that name.",
      details: "What `mcp.nodes().rift:ps()` does: `mcp.call_on(\"rift\", \"ps\")`.",
      parameters: [
        APIParameter("node", .string, "the node's name"),
        APIParameter("name", .string, "the function's name, without `mcp.`"),
      ] + (1...4).map { APIParameter("argument\($0)", .any, optional: true, "what it is called with") },
      results: [APIResult("results", .any, "what it returns")], places: [.commandLine], mayFail: true,
      example: "print(#mcp.call_on(\"rift\", \"ps\"))",
      body: .waiting { call in
        guard let function = ScriptAPI.function(call.string(1)) else {
          throw LuaMisuse("mcp.call_on: there is no function '\(call.string(1))'")
        }
        let context = try call.script.on(call.string(0))
        guard case .waiting(let body) = function.body, function.primitive != nil else {
          throw LuaMisuse("mcp.call_on: \(function.fullName) is no function of a node")
        }
        let inner = try APICall(function, Array(call.arguments.dropFirst(2)), in: context)
        try context.authorize(function)
        return try await body(inner)
      }),
    APIFunction(
      "services", .reading, "Returns the services of the registry.",
      results: [APIResult("services", .list(.record("mcp.ServiceSummary")), "ordered by name")],
      primitive: .list, mayFail: true,
      example: "for _, s in ipairs(mcp.services()) do print(s.name, s.revision) end",
      body: .waiting { call in [try LuaJSON.value(of: try await call.plane.list())] }),
    APIFunction(
      "service", .reading, "Returns a deployed service with its definition.",
      details: "The definition has the keys of a definition file, so that it can be changed and deployed.",
      parameters: [APIParameter("service", .target, "the service's name")],
      results: [APIResult("service", .record("mcp.Service"), "the service")], primitive: .service,
      mayFail: true, example: "print(mcp.service(\"web\").definition.components[1].image)",
      body: .waiting { call in
        let record = try await call.plane.service(try call.service(0))
        return [
          [
            "name": .string(record.definition.name), "revision": .integer(record.revision),
            "updated_at": .number(record.updatedAt.timeIntervalSince1970),
            "updated_by": try LuaJSON.value(of: record.updatedBy),
            "components": try LuaJSON.value(of: record.components),
            "definition": try LuaDefinition.encode(record.definition),
          ]
        ]
      }),
    APIFunction(
      "ps", .reading, "Returns components as they are.",
      parameters: [
        APIParameter(
          "options",
          .options([
            APIField("service", .target, optional: true, "only of this service"),
            APIField("live", .boolean, optional: true, "asks the runtimes instead of the agent's memory"),
          ]), optional: true, "which components")
      ],
      results: [APIResult("components", .list(.record("mcp.Component")), "the components")], primitive: .ps,
      mayFail: true,
      example: "for _, c in ipairs(mcp.ps{service = \"web\"}) do print(c.component, c.observed) end",
      body: .waiting { call in
        let options = call.options(0)
        return [
          try LuaJSON.value(
            of: try await call.plane.ps(service: options.string("service"), live: options.flag("live")))
        ]
      }),
    APIFunction(
      "status", .reading, "Returns desired against observed state, drift and recent events.",
      parameters: [APIParameter("service", .target, optional: true, "only of this service")],
      results: [APIResult("status", .record("mcp.Status"), "the report")], primitive: .status, mayFail: true,
      example: "print(#mcp.status(\"web\").drift)",
      body: .waiting { call in
        let service = call[0].isNil ? nil : try call.service(0)
        return [try LuaJSON.value(of: try await call.plane.status(service: service))]
      }),
    APIFunction(
      "events", .reading, "Returns what happened, oldest first.",
      parameters: [
        APIParameter(
          "options",
          .options([
            APIField("service", .target, optional: true, "only of this service"),
            APIField("since", .time, optional: true, "only from then on"),
            APIField("limit", .integer, optional: true, "at most that many of the newest; 100 by default"),
            APIField("actor", .string, optional: true, "only of this actor, such as `token:laptop`"),
          ]), optional: true, "which events")
      ],
      results: [APIResult("events", .list(.record("mcp.Event")), "the events")], primitive: .events,
      mayFail: true,
      example: "for _, e in ipairs(mcp.events{since = \"10m\"}) do print(e.kind, e.message) end",
      body: .waiting { call in
        let options = call.options(0)
        let limit = options.integer("limit") ?? 100
        guard (0...10_000).contains(limit) else {
          throw LuaMisuse("mcp.events: argument #1 'options'.limit: at most 10000")
        }
        let query = EventQuery(
          service: options.string("service"), since: options.time("since", now: call.script.now()),
          limit: limit, actor: options.string("actor"))
        var events: [Event] = []
        for try await event in try await call.plane.events(query) { events.append(event) }
        return [try LuaJSON.value(of: events)]
      }),
    APIFunction(
      "history", .reading, "Returns the revisions of a service, newest first.",
      details: "Each has who deployed it, when, how that went, and what it changed.",
      parameters: [APIParameter("service", .target, "the service's name")],
      results: [APIResult("revisions", .list(.record("mcp.Revision")), "newest first")], primitive: .history,
      mayFail: true, example: "for _, r in ipairs(mcp.history(\"web\")) do print(r.revision, r.outcome) end",
      body: .waiting { call in [try LuaJSON.value(of: try await call.plane.history(try call.service(0)))] }),
    APIFunction(
      "logs", .reading, "Returns the output of a service's components.",
      parameters: [
        APIParameter("target", .target, "the service or component"),
        APIParameter(
          "options",
          .options([
            APIField("tail", .integer, optional: true, "at most that many of the last lines; 100 by default"),
            APIField("since", .time, optional: true, "only from then on"),
            APIField(
              "failed", .boolean, optional: true, "those of the version that failed last and was taken back"),
          ]), optional: true, "which lines"),
      ],
      results: [APIResult("lines", .list(.record("mcp.LogLine")), "the lines")], primitive: .logs,
      mayFail: true, example: "for _, l in ipairs(mcp.logs(\"web/api\", {tail = 20})) do print(l.text) end",
      body: .waiting { call in
        let options = call.options(1)
        let tail = options.integer("tail") ?? 100
        guard (0...maximumLogLines).contains(tail) else {
          throw LuaMisuse("mcp.logs: argument #2 'options'.tail: at most \(maximumLogLines)")
        }
        let wanted = LogOptions(
          tail: tail, since: options.time("since", now: call.script.now()), failed: options.flag("failed"))
        var lines: [LogLine] = []
        for try await line in try await call.plane.logs(try call.target(0), options: wanted) {
          lines.append(line)
        }
        return [try LuaJSON.value(of: lines)]
      }),
    APIFunction(
      "doctor", .reading, "Examines the node: is everything in place?",
      results: [APIResult("findings", .list(.record("mcp.Finding")), "what was found")], primitive: .doctor,
      mayFail: true,
      example: "for _, f in ipairs(mcp.doctor()) do print(f.level, f.check, f.message) end",
      body: .waiting { call in [try LuaJSON.value(of: try await call.plane.doctor())] }),
    APIFunction(
      "scripts", .reading, "Returns the agent's scripts and what they are called for.",
      results: [APIResult("scripts", .list(.record("mcp.Script")), "ordered by name")], primitive: .scripts,
      mayFail: true, example: "for _, s in ipairs(mcp.scripts()) do print(s.name, s.state) end",
      body: .waiting { call in [try LuaJSON.value(of: try await call.plane.scripts())] }),
  ]
}

extension APICall {
  /// The control plane that the script's primitives go to.
  var plane: any ControlPlane {
    get async throws { try await script.surroundings.plane() }
  }
}
