internal import Foundation

extension ScriptAPI {
  private static let places: Set<ScriptPlace> = [.agent, .test]

  /// What boot sequences are made of; scripts use the module `boot`, which is made of these.
  static let booting: [APIFunction] = [
    APIFunction(
      "boot", .operating, "Runs the node's boot sequence from its first stage.",
      details: "What runs is left alone. Fails while a sequence is under way.",
      parameters: [
        APIParameter(
          "options", .options([APIField("plan", .boolean, optional: true, "only plan")]), optional: true,
          "how")
      ], results: [APIResult("report", .record("mcp.BootReport"), "how it went")], primitive: .boot,
      mayFail: true,
      example: "assert(mcp.boot{plan = true})",
      body: .waiting { call in
        let script = call.script
        let request = BootRequest(planOnly: script.isPlanning(call.options(0)))
        let report = try await call.plane.boot(request, progress: script.surroundings.progress)
        for result in report.results { script.surroundings.plan?.record(result) }
        return [try LuaJSON.value(of: report)]
      }),
    APIFunction(
      "boot_sequence", .booting, "Returns the stages of the agent's configuration, `[[boot.sequence]]`.",
      results: [APIResult("stages", .list(.record("mcp.BootStage")), "in order")], places: places,
      example: "for _, stage in ipairs(mcp.boot_sequence()) do print(stage.name) end",
      body: .immediate { call in
        let stages = try journal(call).sequence.map { stage -> LuaValue in
          var fields: [String: LuaValue] = [
            "name": .string(stage.name), "services": .array(stage.services.map { .string($0) }),
            "timeout": .string(DurationText.format(stage.timeout)), "required": .bool(stage.required),
          ]
          fields["health"] = stage.health.map { .string($0.rawValue) }
          return .table(LuaTable(fields))
        }
        return [.array(stages)]
      }),
    APIFunction(
      "boot_declare", .booting, "Says which stages are about to be brought up.",
      parameters: [APIParameter("stages", .list(.record("mcp.BootDeclaration")), "in order")],
      results: [
        APIResult(
          "state", .record("mcp.BootState"),
          "`ended`, the stages by name that have ended before in this boot of the machine; `planned`, whether nothing is to be done"
        )
      ], mutating: true, places: places, mayFail: true,
      example:
        "local state = assert(mcp.boot_declare{{name = \"one\", services = {\"web\"}, required = true}})",
      body: .waiting { call in
        let now = call.script.now()
        let stages = (call[0].array ?? []).map { value in
          let options = APIOptions(value.anyTable?.fields ?? [:])
          return BootProgress.Stage(
            name: options.string("name") ?? "", services: options.strings("services") ?? [],
            required: options.flag("required"), since: now)
        }
        let ended = try await journal(call).declare(stages)
        return [
          [
            "planned": .bool(call.script.surroundings.plan != nil),
            "ended": .table(LuaTable(ended.mapValues { .string($0.rawValue) })),
          ]
        ]
      }),
    APIFunction(
      "boot_note", .booting, "Says how a stage is now.",
      details: "`done` and `failed` end the stage for as long as the machine runs.",
      parameters: [
        APIParameter("stage", .string, "its name"),
        APIParameter("state", .word(["running", "retrying", "done", "failed"]), "how it is"),
        APIParameter("message", .string, optional: true, "why"),
      ], results: [APIResult("noted", .boolean, "true")], mutating: true, places: places, mayFail: true,
      example: "assert(mcp.boot_note(\"one\", \"done\"))",
      body: .waiting { call in
        let state = BootProgress.StageState(rawValue: call.string(1)) ?? .running
        let message = call[2].isNil ? nil : call.string(2)
        try await journal(call).note(call.string(0), state, message)
        return [true]
      }),
  ]

  private static func journal(_ call: APICall) throws -> BootJournal {
    guard let journal = call.script.surroundings.boot else {
      throw LuaMisuse("\(call.function.fullName): only a boot script has stages: see mcp boot")
    }
    return journal
  }
}
