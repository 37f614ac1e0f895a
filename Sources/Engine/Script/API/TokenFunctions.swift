extension ScriptAPI {
  /// What concerns tokens.
  static let token: [APIFunction] = [
    APIFunction(
      "tokens", .reading, Primitive.tokens.summary,
      results: [APIResult("tokens", .list(.record("mcp.Token")), "the tokens, the newest first")],
      primitive: .tokens, mayFail: true,
      example: "for _, t in ipairs(mcp.tokens()) do print(t.name, t.role) end",
      body: .waiting { call in [try LuaJSON.value(of: try await call.plane.tokens())] }),
    APIFunction(
      "create_token", .operating, Primitive.createToken.summary,
      details: "Its text is in the result and is kept nowhere.",
      parameters: [
        APIParameter(
          "options",
          .options([
            APIField("name", .string, "what it is called; events name it as their actor"),
            APIField("role", .word(Role.allCases.map(\.rawValue)), "what it allows"),
            APIField("ttl", .duration, "how long it is valid"),
          ]), "what it is")
      ],
      results: [APIResult("issued", .record("mcp.IssuedToken"), "the token")], primitive: .createToken,
      mayFail: true,
      example: "local t = assert(mcp.create_token{name = \"laptop\", role = \"operator\", ttl = \"90d\"})",
      body: .waiting { call in
        let options = call.options(0)
        let request = TokenRequest(
          name: options.string("name") ?? "", role: Role(rawValue: options.string("role") ?? "") ?? .viewer,
          lifetime: options.duration("ttl") ?? .zero)
        if let plan = call.script.surroundings.plan {
          plan.record("create_token", "issue the token \(request.name): \(request.role.rawValue)")
          return [["token": .string("")]]
        }
        return [try LuaJSON.value(of: try await call.plane.createToken(request))]
      }),
    APIFunction(
      "revoke_token", .operating, Primitive.revokeToken.summary,
      parameters: [APIParameter("token", .string, "its number, or a name that one valid token has")],
      results: [APIResult("token", .record("mcp.Token"), "the token as it is then")],
      primitive: .revokeToken, mayFail: true, example: "assert(mcp.revoke_token(\"laptop\"))",
      body: .waiting { call in
        let token = call.string(0)
        if let plan = call.script.surroundings.plan {
          plan.record("revoke_token", "revoke the token \(token)")
          return [["name": .string(token)]]
        }
        return [try LuaJSON.value(of: try await call.plane.revokeToken(token))]
      }),
  ]

  static let tokenInfo = APIRecord(
    "mcp.Token", "A token that the node has issued, without its text.",
    [
      APIField("id", .string, "its number"), APIField("name", .string, "what it is called"),
      APIField("role", .word(Role.allCases.map(\.rawValue)), "what it allows"),
      APIField("created_at", .number, "when it was made"),
      APIField("created_by", .record("mcp.Actor"), "who made it"),
      APIField("expires_at", .number, "when it ends"),
      APIField("revoked_at", .number, optional: true, "when it was revoked"),
    ])

  static let issuedToken = APIRecord(
    "mcp.IssuedToken", "A token that was just issued.",
    [
      APIField("info", .record("mcp.Token"), "what it is"),
      APIField("token", .string, "its text, which is kept nowhere"),
    ])
}
