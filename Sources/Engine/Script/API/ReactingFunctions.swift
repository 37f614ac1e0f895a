internal import Foundation

extension ScriptAPI {
  /// The primitives that `mcp.before` can stop.
  static let vetoable = Primitive.all.filter(\.mutating).map(\.name)

  /// What hooks are made of.
  static let reacting: [APIFunction] = [
    APIFunction(
      "on", .reacting, "Calls a function after each event of a kind.",
      details: """
        Kinds: `deploy`, `undeploy`, `start`, `stop`, `restart`, `recovered`, `exit`, `running`, `removed`, \
        `healthy`, `unhealthy`, `drift`, `drift-ended`, `flapping`, `crash-loop`, `healing-ended`, `boot-stage`, `boot-done`, `boot-failed`, `alert-unsent`, `alert-sent`, `silence`, `exec`, `denied`, \
        `agent-start`, `agent-stop`, `resumed`, `alert`, and whatever scripts emit. An operation that failed is an event \
        too: see `details.result`. A hook that fails changes nothing of what it watches; the failure is an event.
        """,
      parameters: [
        APIParameter("kind", .string, "the kind of event"),
        APIParameter("handler", .function("fun(event: mcp.Event)"), "what is called"),
        APIParameter(
          "options",
          .options([
            APIField("service", .target, optional: true, "only for this service"),
            APIField("component", .string, optional: true, "only for this component"),
          ]), optional: true, "which events"),
      ],
      example: "mcp.on(\"exit\", function(e) mcp.log.warn(e.message) end, {service = \"web\"})",
      body: .immediate { call in
        let options = call.options(2)
        let kind = call.string(0)
        try checkKind(kind, in: "mcp.on")
        return try register(
          call, .event(kind: kind, service: options.string("service"), component: options.string("component"))
        )
      }),
    APIFunction(
      "before", .reacting, "Asks a function before a primitive is carried out.",
      details: """
        It refuses by returning `false` and a reason, which the operator sees. One that fails, or takes longer than 30 \
        seconds, refuses as well. It can read and wait, and change nothing. Primitives: \
        \(vetoable.map { "`\($0)`" }.joined(separator: ", ")).
        """,
      parameters: [
        APIParameter("primitive", .word(vetoable), "what is about to be done"),
        APIParameter(
          "handler", .function("fun(op: mcp.Operation): boolean?, string?"), "what is asked"),
        APIParameter(
          "options", .options([APIField("service", .target, optional: true, "only for this service")]),
          optional: true, "which operations"),
      ],
      example:
        "mcp.before(\"stop\", function(op) if op.service == \"db\" then return false, \"never\" end end)",
      body: .immediate { call in
        try register(
          call, .before(primitive: call.string(0), service: call.options(2).string("service")))
      }),
    APIFunction(
      "every", .reacting, "Calls a function again and again, the next time after the last one has ended.",
      parameters: [
        APIParameter("period", .duration, "the time between, at least 1s"),
        APIParameter("handler", .function("fun()"), "what is called"),
      ], example: "mcp.every(\"10m\", function() mcp.log.info(\"still here\") end)",
      body: .immediate { call in
        let period = APIType.duration(call[0]) ?? .zero
        guard period >= .seconds(1) else { throw LuaMisuse("mcp.every: the period must be at least 1s") }
        return try register(call, .every(period))
      }),
    APIFunction(
      "cron", .reacting, "Calls a function when a cron schedule says so, in the node's time zone.",
      details: """
        Five fields: minute, hour, day of month, month, day of week; with lists, ranges, steps and names; or `@hourly`, \
        `@daily`, `@weekly`, `@monthly`, `@yearly`. A time that passes while the last call still runs, or while the agent \
        is down, is left out.
        """,
      parameters: [
        APIParameter("schedule", .string, "such as `0 3 * * *`"),
        APIParameter("handler", .function("fun()"), "what is called"),
      ], example: "mcp.cron(\"0 3 * * *\", function() mcp.restart(\"web\") end)",
      body: .immediate { call in
        let text = call.string(0)
        do {
          return try register(call, .cron(try CronSchedule(text), text: text))
        } catch let error as EngineError {
          throw LuaMisuse("mcp.cron: \(error.message)" + (error.hint.map { "; \($0)" } ?? ""))
        }
      }),
    APIFunction(
      "alert", .reacting, "Tells the operator: raises an alert, and writes an event of the kind `alert`.",
      details: """
        It is active until it is resolved: raised again meanwhile, it is counted and not told again. See `mcp alerts`.
        """,
      parameters: [
        APIParameter(
          "alert",
          .options([
            APIField(
              "severity", .word(["info", "warning", "critical"]), optional: true, "`warning` by default"),
            APIField("summary", .string, "one line"),
            APIField("key", .string, optional: true, "what it is about; the summary by default"),
            APIField("resolved", .boolean, optional: true, "whether it is over"),
            APIField("service", .target, optional: true, "the service concerned"),
            APIField(
              "details", .map(.either([.string, .number, .boolean])), optional: true, "further facts"),
          ]), "what to tell")
      ], mutating: true, mayFail: true,
      example: "mcp.alert{severity = \"critical\", summary = \"the backup is late\"}",
      body: .waiting { call in
        let options = call.options(0)
        var details = facts(options.table("details"))
        details["severity"] = options.string("severity") ?? "warning"
        details["key"] = options.string("key")
        if options.flag("resolved") { details["resolved"] = "true" }
        return try await emit(
          call, kind: EventKind.alert, message: options.string("summary") ?? "",
          service: options.string("service"), details: details)
      }),
    APIFunction(
      "emit", .reacting, "Writes an event of a kind of one's own, for `mcp.on` and for the history.",
      parameters: [
        APIParameter(
          "kind", .string, "lower-case letters, digits and dashes; not one of the agent's own kinds"),
        APIParameter(
          "details", .map(.either([.string, .number, .boolean])), optional: true,
          "facts by name; `message` and `service` are taken as such"),
      ], mutating: true, mayFail: true,
      example: "mcp.emit(\"backup-done\", {message = \"backup of db\", size = 4711})",
      body: .waiting { call in
        let kind = call.string(0)
        try checkKind(kind, in: "mcp.emit")
        if EventKind.all.contains(kind) {
          throw LuaMisuse("mcp.emit: '\(kind)' is one of the agent's own kinds of event")
        }
        var details = facts(call[1].anyTable)
        let message = details.removeValue(forKey: "message") ?? kind
        let service = details.removeValue(forKey: "service")
        return try await emit(call, kind: kind, message: message, service: service, details: details)
      }),
  ]

  private static func register(_ call: APICall, _ occasion: Hook.Occasion) throws -> [LuaValue] {
    guard let registrar = call.script.surroundings.registrar else {
      throw LuaMisuse("\(call.function.fullName): hooks are called in the agent's scripts: see mcp script")
    }
    try registrar.register(Hook(occasion, try call.function(1)))
    return []
  }

  private static func checkKind(_ kind: String, in function: String) throws {
    guard ServiceDefinition.isValidName(kind) else {
      throw LuaMisuse(
        "\(function): a kind of event is lower-case letters, digits and dashes, not \(LuaValue.string(kind).description)"
      )
    }
  }

  private static func facts(_ table: LuaTable?) -> [String: String] {
    var facts: [String: String] = [:]
    for (name, value) in table?.fields ?? [:] {
      switch value {
      case .string(let text): facts[name] = text
      case .integer(let number): facts[name] = "\(number)"
      case .number(let number): facts[name] = "\(number)"
      case .bool(let flag): facts[name] = "\(flag)"
      default: break
      }
    }
    return facts
  }

  private static func emit(
    _ call: APICall, kind: String, message: String, service: String?, details: [String: String]
  ) async throws -> [LuaValue] {
    let size = details.reduce(message.utf8.count) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    guard size <= 16_384 else {
      throw EngineError(.resourceExhausted, "an event may have 16384 bytes, this one has \(size)")
    }
    if let plan = call.script.surroundings.plan {
      plan.record(call.function.name, "\(kind): \(message)")
      return [true]
    }
    guard let emit = call.script.surroundings.emit else {
      throw EngineError(
        .unsupported, "\(call.function.fullName): only the agent's scripts write events",
        hint: "put the script into the agent's hooks directory, then: mcp script reload")
    }
    try await emit(
      Event(
        time: call.script.now(), actor: call.script.actor, service: service, kind: kind, message: message,
        details: details))
    return [true]
  }
}
