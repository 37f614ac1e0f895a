extension ScriptAPI {
  /// What concerns alerts.
  static let alerting: [APIFunction] = [
    APIFunction(
      "alerts", .reading, Primitive.alerts.summary,
      parameters: [
        APIParameter(
          "options",
          .options([
            APIField("resolved", .integer, optional: true, "how many of those that are over; none by default")
          ]),
          optional: true, "which")
      ],
      results: [APIResult("list", .record("mcp.AlertList"), "alerts and silences")], primitive: .alerts,
      mayFail: true,
      example: "for _, a in ipairs(mcp.alerts().alerts) do print(a.severity, a.summary) end",
      body: .waiting { call in
        let resolved = call.options(0).integer("resolved") ?? 0
        return [try LuaJSON.value(of: try await call.plane.alerts(AlertQuery(resolved: max(0, resolved))))]
      }),
    APIFunction(
      "silence", .operating, Primitive.silence.summary,
      details: "What is still wrong afterwards is told then.",
      parameters: [
        APIParameter(
          "options",
          .options([
            APIField(
              "match", .string,
              "a service, `service/component`, the key of an alert, or a pattern of one with `*`"),
            APIField("duration", .duration, "for how long"),
            APIField("reason", .string, optional: true, "why"),
          ]), "what, and for how long")
      ],
      results: [APIResult("silence", .record("mcp.Silence"), "the silence")], primitive: .silence,
      mayFail: true,
      example: "assert(mcp.silence{match = \"web\", duration = \"2h\", reason = \"maintenance\"})",
      body: .waiting { call in
        let options = call.options(0)
        let request = SilenceRequest(
          match: options.string("match") ?? "", duration: options.duration("duration") ?? .zero,
          reason: options.string("reason") ?? "")
        if let plan = call.script.surroundings.plan {
          plan.record(
            "silence", "silence alerts of \(request.match) for \(DurationText.format(request.duration))")
          return [["match": .string(request.match)]]
        }
        return [try LuaJSON.value(of: try await call.plane.silence(request))]
      }),
    APIFunction(
      "unsilence", .operating, Primitive.unsilence.summary,
      parameters: [APIParameter("id", .integer, "its number")],
      results: [APIResult("ended", .boolean, "true")], primitive: .unsilence, mayFail: true,
      example: "for _, s in ipairs(mcp.alerts().silences) do mcp.unsilence(s.id) end",
      body: .waiting { call in
        let id = call[0].integer ?? 0
        if let plan = call.script.surroundings.plan {
          plan.record("unsilence", "end the silence \(id)")
          return [true]
        }
        try await call.plane.unsilence(id)
        return [true]
      }),
    APIFunction(
      "test_alerts", .operating, Primitive.testAlerts.summary,
      results: [
        APIResult(
          "results", .list(.record("mcp.AlertTest")), "each sink, and why it did not take the message")
      ],
      primitive: .testAlerts, mayFail: true,
      example: "for _, r in ipairs(mcp.test_alerts()) do print(r.sink, r.error or \"ok\") end",
      body: .waiting { call in
        if let plan = call.script.surroundings.plan {
          plan.record("test_alerts", "send a test message to every sink")
          return [.array([])]
        }
        let results = try await call.plane.testAlerts()
        return [
          .array(
            results.map { result in
              var fields: [String: LuaValue] = ["sink": .string(result.sink)]
              fields["error"] = result.error.map { .failure($0) }
              return .table(LuaTable(fields))
            })
        ]
      }),
  ]
}
