extension ScriptAPI {
  /// What takes over what runs.
  static let adopting: [APIFunction] = [
    APIFunction(
      "adopt", .operating, Primitive.adopt.summary,
      details: """
        Definitions are derived from the containers. Without `containers` or `project` those are taken whose name is \
        `<service>-<component>`. What a definition cannot say is refused unless `force` is set.
        """,
      parameters: [
        APIParameter(
          "service", .string, optional: true,
          "the service that they become; nil takes all that is no service's"),
        APIParameter(
          "options",
          .options([
            APIField(
              "containers", .map(.string), optional: true, "containers by the component that each becomes"),
            APIField("project", .string, optional: true, "the compose project whose containers are taken"),
            APIField("force", .boolean, optional: true, "takes also what a definition cannot wholly say"),
            APIField("plan", .boolean, optional: true, "only returns what would be taken"),
          ]), optional: true, "which and how"),
      ], results: [APIResult("report", .record("mcp.AdoptReport"), "what was taken")], primitive: .adopt,
      mayFail: true,
      example: "local report = assert(mcp.adopt(\"web\", {plan = true}))", body: .waiting(adopt))
  ]

  private static func adopt(_ call: APICall) async throws -> [LuaValue] {
    let options = call.options(1)
    let service = call[0].isNil ? nil : try call.service(0)
    let request = AdoptRequest(
      service: service, containers: (options.table("containers")?.fields ?? [:]).compactMapValues(\.string),
      project: options.string("project"), force: options.flag("force"),
      planOnly: call.script.isPlanning(options))
    let report = try await call.plane.adopt(request, progress: call.script.surroundings.progress)
    if request.planOnly {
      for adopted in report.services {
        for member in adopted.members {
          call.script.surroundings.plan?.record(
            "adopt", "adopt \(member.container) as \(adopted.definition.name)/\(member.component)")
        }
      }
    }
    let services = try report.services.map { adopted -> LuaValue in
      var fields: [String: LuaValue] = [
        "definition": try LuaDefinition.encode(adopted.definition),
        "members": try LuaJSON.value(of: adopted.members),
      ]
      if let result = adopted.result { fields["result"] = try LuaJSON.value(of: result) }
      return .table(LuaTable(fields))
    }
    return [["services": .array(services), "failures": .array(report.failures.map { .failure($0) })]]
  }
}
