extension ScriptAPI {
  /// What concerns secrets.
  static let secret: [APIFunction] = [
    APIFunction(
      "secrets", .reading, Primitive.secrets.summary,
      parameters: [APIParameter("service", .string, optional: true, "only this service")],
      results: [APIResult("secrets", .list(.record("mcp.Secret")), "the secrets")], primitive: .secrets,
      mayFail: true, example: "for _, s in ipairs(mcp.secrets(\"web\")) do print(s.name) end",
      body: .waiting { call in
        [try LuaJSON.value(of: try await call.plane.secrets(of: call[0].string))]
      }),
    APIFunction(
      "set_secret", .operating, Primitive.setSecret.summary,
      details: "Components get it with their next deploy. The value that it has already changes nothing.",
      parameters: [
        APIParameter("service", .string, "the service's name"),
        APIParameter("name", .string, "the secret's name"), APIParameter("value", .string, "its value"),
      ], results: [APIResult("secret", .record("mcp.Secret"), "the secret, without its value")],
      primitive: .setSecret, mayFail: true,
      example: "assert(mcp.set_secret(\"web\", \"session-key\", key))",
      body: .waiting { call in
        let (service, name) = (call[0].string ?? "", call[1].string ?? "")
        let bytes: [UInt8] =
          if case .bytes(let bytes) = call[2] { bytes } else { Array((call[2].string ?? "").utf8) }
        let value = try SecretValue(bytes)
        if let plan = call.script.surroundings.plan {
          plan.record("set_secret", "set the secret \(name) of \(service)")
          return [["service": .string(service), "name": .string(name)]]
        }
        return [try LuaJSON.value(of: try await call.plane.setSecret(name, of: service, to: value))]
      }),
    APIFunction(
      "remove_secret", .operating, Primitive.removeSecret.summary,
      details: "One that the deployed definition uses is refused.",
      parameters: [
        APIParameter("service", .string, "the service's name"),
        APIParameter("name", .string, "the secret's name"),
      ], results: [APIResult("removed", .boolean, "true")], primitive: .removeSecret, mayFail: true,
      example: "assert(mcp.remove_secret(\"web\", \"session-key\"))",
      body: .waiting { call in
        let (service, name) = (call[0].string ?? "", call[1].string ?? "")
        if let plan = call.script.surroundings.plan {
          plan.record("remove_secret", "remove the secret \(name) of \(service)")
          return [true]
        }
        try await call.plane.removeSecret(name, of: service)
        return [true]
      }),
  ]
}
