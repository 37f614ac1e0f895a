internal import Foundation

extension ScriptAPI {
  private static let httpOptions: [APIField] = [
    APIField("headers", .map(.string), optional: true, "headers by name"),
    APIField("timeout", .duration, optional: true, "10s by default"),
  ]

  private static let httpDetails = """
    An answer with any status is a result. Redirects are not followed. The agent's scripts may speak to the hosts that \
    `http_hosts` of `[scripts]` in its configuration names.
    """

  private static let response = APIResult("response", .record("mcp.Response"), "what came back")

  /// What is kept and sent.
  static let storing: [APIFunction] = [
    APIFunction(
      "store.get", .storing, "Returns a value that the script has kept.",
      parameters: [APIParameter("key", .string, "its name")],
      results: [APIResult("value", .any, "the value; nil where there is none")],
      mayFail: true, example: "local last = mcp.store.get(\"last\")",
      body: .waiting { call in
        let json = try await store(call).value(
          of: try key(call), script: call.script.surroundings.name)
        return [try json.map { try LuaJSON.decode(Array($0.utf8)) } ?? .nil]
      }),
    APIFunction(
      "store.set", .storing, "Keeps a small value, which survives restarts; each script has its own.",
      details: "A value is what JSON can say, at most 64 KiB of it; a script has at most 1,000 keys.",
      parameters: [
        APIParameter("key", .string, "its name, at most 200 bytes"), APIParameter("value", .any, "the value"),
      ], results: [APIResult("kept", .boolean, "true")], mutating: true, mayFail: true,
      example: "mcp.store.set(\"last\", mcp.now())",
      body: .waiting { call in
        let json = try LuaJSON.encode(call[1])
        guard json.utf8.count <= maximumStoredBytes else {
          throw EngineError(
            .resourceExhausted, "a stored value has at most \(maximumStoredBytes >> 10) KiB")
        }
        if let plan = call.script.surroundings.plan {
          plan.record("store.set", "keep \(try key(call))")
          return [true]
        }
        try await store(call).setValue(
          call[1].isNil ? nil : json, of: try key(call), script: call.script.surroundings.name)
        return [true]
      }),
    APIFunction(
      "store.delete", .storing, "Forgets a value that the script has kept.",
      parameters: [APIParameter("key", .string, "its name")],
      results: [APIResult("forgotten", .boolean, "true")], mutating: true, mayFail: true,
      example: "mcp.store.delete(\"last\")",
      body: .waiting { call in
        if let plan = call.script.surroundings.plan {
          plan.record("store.delete", "forget \(try key(call))")
          return [true]
        }
        try await store(call).setValue(nil, of: try key(call), script: call.script.surroundings.name)
        return [true]
      }),
    APIFunction(
      "http.get", .storing, "Asks a web server.", details: httpDetails,
      parameters: [
        APIParameter("url", .string, "http or https"),
        APIParameter("options", .options(httpOptions), optional: true, "how"),
      ], results: [response], mayFail: true,
      example: "local response, err = mcp.http.get(\"http://127.0.0.1:8080/healthz\")",
      body: .waiting { call in
        try await send(
          call,
          ScriptHTTPRequest(
            method: "GET", url: call.string(0), headers: headers(call),
            timeout: call.options(1).duration("timeout") ?? .seconds(10)))
      }),
    APIFunction(
      "http.post", .storing, "Sends something to a web server.", details: httpDetails,
      parameters: [
        APIParameter("url", .string, "http or https"),
        APIParameter(
          "options",
          .options(
            [
              APIField("body", .string, optional: true, "what is sent"),
              APIField("json", .any, optional: true, "what is sent, as JSON"),
            ] + httpOptions), optional: true, "what and how"),
      ], results: [response], mutating: true, mayFail: true,
      example: "mcp.http.post(\"http://127.0.0.1:9000/hook\", {json = {text = \"deployed\"}})",
      body: .waiting { call in
        let options = call.options(1)
        var request = ScriptHTTPRequest(
          method: "POST", url: call.string(0), headers: headers(call),
          timeout: options.duration("timeout") ?? .seconds(10))
        if let value = options.fields["json"] {
          request.body = Array(try LuaJSON.encode(value).utf8)
          if !request.headers.keys.contains(where: { $0.lowercased() == "content-type" }) {
            request.headers["Content-Type"] = "application/json"
          }
        } else if case .bytes(let bytes)? = options.fields["body"] {
          request.body = bytes
        } else {
          request.body = Array((options.string("body") ?? "").utf8)
        }
        if let plan = call.script.surroundings.plan {
          plan.record("http.post", "send \(request.body.count) bytes to \(request.url)")
          return [["status": 0, "headers": .table(LuaTable()), "body": "", "planned": true]]
        }
        return try await send(call, request)
      }),
  ]

  private static let maximumStoredBytes = 64 << 10

  private static func store(_ call: APICall) throws -> any ScriptStore {
    guard let store = call.script.surroundings.store else {
      throw EngineError(.unsupported, "\(call.function.fullName): nothing is kept here")
    }
    return store
  }

  private static func key(_ call: APICall) throws -> String {
    let key = call.string(0)
    guard (1...200).contains(key.utf8.count) else {
      throw LuaMisuse("\(call.function.fullName): a key has from 1 to 200 bytes")
    }
    return key
  }

  private static func headers(_ call: APICall) -> [String: String] {
    (call.options(1).table("headers")?.fields ?? [:]).compactMapValues(\.string)
  }

  private static func send(_ call: APICall, _ request: ScriptHTTPRequest) async throws -> [LuaValue] {
    guard let http = call.script.surroundings.http else {
      throw EngineError(.unsupported, "\(call.function.fullName): HTTP is not spoken here")
    }
    for (name, value) in request.headers
    where name.isEmpty || Text.hasControlCharacter(name) || Text.hasControlCharacter(value) {
      throw LuaMisuse("\(call.function.fullName): a header has control characters")
    }
    let response = try await http.send(request)
    return [
      [
        "status": .integer(Int64(response.status)),
        "headers": .table(LuaTable(response.headers.mapValues { .string($0) })),
        "body": .text(response.body),
      ]
    ]
  }
}
