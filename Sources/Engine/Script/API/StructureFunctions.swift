internal import Foundation

extension ScriptAPI {
  /// What holds calls together.
  static let structure: [APIFunction] = [
    APIFunction(
      "parallel", .structure, "Calls functions side by side and waits for all of them.",
      details: "Each outcome has `ok`, and `value` (the first that was returned) or `error`.",
      parameters: [
        APIParameter("functions", .list(.function("fun(): any")), "what is called"),
        APIParameter(
          "options", .options([APIField("limit", .integer, optional: true, "at most that many at a time")]),
          optional: true, "how"),
      ], results: [APIResult("outcomes", .list(.record("mcp.Outcome")), "in the order of the functions")],
      example: """
        local both = mcp.parallel({
          function() return mcp.check{tcp = "127.0.0.1:22"} end,
          function() return mcp.check{tcp = "127.0.0.1:80"} end,
        })
        if not both[1].ok then mcp.log.warn("no ssh") end
        """,
      body: .waiting(parallel)),
    APIFunction(
      "sleep", .structure, "Waits.", parameters: [APIParameter("duration", .duration, "how long")],
      example: "mcp.sleep(\"500ms\")",
      body: .waiting { call in
        try await call.script.surroundings.clock.sleep(for: APIType.duration(call[0]) ?? .zero)
        return []
      }),
    APIFunction(
      "timeout", .structure, "Calls a function that has to end in time.",
      details:
        "Returns what the function returns. A mistake that it raises is raised again; an error of an operation is returned.",
      parameters: [
        APIParameter("duration", .duration, "how long it may take"),
        APIParameter("body", .function("fun(): ..."), "what is called"),
      ], results: [APIResult("results", .any, "what the function returned")], mayFail: true,
      example: "local ok, err = mcp.timeout(\"30s\", function() return mcp.wait(\"web\") end)",
      body: .waiting(timeout)),
    APIFunction(
      "retry", .structure, "Calls a function again until it neither raises nor returns nil and an error.",
      details: "The pause doubles from one attempt to the next, up to `max`. Ends as the last attempt did.",
      parameters: [
        APIParameter(
          "options",
          .options([
            APIField("attempts", .integer, optional: true, "how often at the most; 3 by default"),
            APIField("backoff", .duration, optional: true, "the first pause; 1s by default"),
            APIField("max", .duration, optional: true, "the longest pause; 1m by default"),
          ]), "how often"),
        APIParameter("body", .function("fun(attempt: integer): ..."), "what is called"),
      ], results: [APIResult("results", .any, "what the last attempt returned")], mayFail: true,
      example: "mcp.retry({attempts = 5, backoff = \"1s\"}, function() return mcp.deploy(\"web\") end)",
      body: .waiting(retry)),
    APIFunction(
      "tx", .structure, "Calls a function and undoes what it deployed, newest first, where it fails.",
      details: """
        Failing is raising, returning nil and an error, and being stopped; an error of an operation is returned, a mistake \
        is raised again. Each service that was deployed, undeployed, \
        started or stopped inside gets its former definition and desired state back; one that was not there is undeployed.
        """,
      parameters: [APIParameter("body", .function("fun(): ..."), "what is called")],
      results: [APIResult("results", .any, "what the function returned")], mayFail: true,
      example: """
        local ok, err = mcp.tx(function()
          assert(mcp.deploy("db"))
          assert(mcp.deploy("web"))
        end)
        """,
      body: .waiting(transaction)),
  ]

  private static func parallel(_ call: APICall) async throws -> [LuaValue] {
    let functions = call[0].array?.compactMap(\.function) ?? []
    let limit = max(1, call.options(1).integer("limit") ?? functions.count)
    guard functions.count <= 1000 else { throw LuaMisuse("mcp.parallel: at most 1000 functions") }
    let script = call.script
    let outcomes = try await withThrowingTaskGroup(of: (Int, LuaOutcome).self) { group in
      var next = functions.startIndex
      func add() {
        guard next < functions.endIndex else { return }
        let index = next
        next += 1
        group.addTask { (index, try await script.perform(functions[index])) }
      }
      for _ in 0..<min(limit, functions.count) { add() }
      var outcomes: [Int: LuaOutcome] = [:]
      for try await (index, outcome) in group {
        outcomes[index] = outcome
        add()
      }
      return outcomes
    }
    return [
      .array(
        functions.indices.map { index in
          guard let outcome = outcomes[index] else { return ["ok": false] }
          if let failure = outcome.failure { return ["ok": false, "error": .failure(failure)] }
          guard case .returned(let values) = outcome, let value = values.first else { return ["ok": true] }
          return ["ok": true, "value": value]
        })
    ]
  }

  private static func timeout(_ call: APICall) async throws -> [LuaValue] {
    let limit = APIType.duration(call[0]) ?? .zero
    let function = try call.function(1)
    let script = call.script
    let outcome = try await withThrowingTaskGroup(of: LuaOutcome?.self) { group in
      group.addTask { try await script.perform(function) }
      group.addTask {
        try await script.surroundings.clock.sleep(for: limit)
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
    guard let outcome else {
      throw EngineError(.timeout, "the function did not end within \(DurationText.format(limit))")
    }
    return try outcome.passedOn()
  }

  private static func retry(_ call: APICall) async throws -> [LuaValue] {
    let options = call.options(0)
    let attempts = options.integer("attempts") ?? 3
    guard (1...1000).contains(attempts) else { throw LuaMisuse("mcp.retry: attempts must be from 1 to 1000") }
    var pause = options.duration("backoff") ?? .seconds(1)
    let longest = options.duration("max") ?? .seconds(60)
    let function = try call.function(1)
    for attempt in 1... {
      let outcome = try await call.script.perform(function, [.integer(Int64(attempt))])
      if case .stopped = outcome { return try outcome.passedOn() }
      guard outcome.failure != nil, attempt < attempts else { return try outcome.passedOn() }
      try await call.script.surroundings.clock.sleep(for: min(pause, longest))
      pause = min(pause * 2, longest)
    }
    return []
  }

  private static func transaction(_ call: APICall) async throws -> [LuaValue] {
    call.script.transactions.begin()
    defer { call.script.transactions.end() }
    let transaction = Transaction(within: Transaction.current)
    let outcome: LuaOutcome
    do {
      outcome = try await Transaction.$current.withValue(transaction) {
        try await call.script.perform(try call.function(0))
      }
    } catch {
      await transaction.undo(call.script)
      throw error
    }
    if outcome.failure != nil { await transaction.undo(call.script) } else { transaction.commit() }
    return try outcome.passedOn()
  }
}

extension LuaOutcome {
  /// Why it counts as failed: it raised, it was stopped, or it returned nil (or false) and an error.
  var failure: EngineError? {
    switch self {
    case .raised(let raised): return raised.error
    case .stopped(_, let error): return error
    case .returned(let values):
      guard let first = values.first, first.isNil || first.bool == false, values.count > 1 else { return nil }
      if case .failure(let error) = values[1] { return error }
      return values[1].string.map { EngineError(.operationFailed, $0) }
    }
  }

  /// What the function around it returns to the script; throws what it has to raise.
  func passedOn() throws -> [LuaValue] {
    switch self {
    case .returned(let values): return values
    case .raised(let raised):
      // What fails in normal life, such as by assert(mcp.deploy(…)), is returned; a mistake is raised again.
      if case .failure(let error) = raised.value { throw error }
      throw raised
    case .stopped(_, let error): throw error
    }
  }
}
