internal import Foundation

extension ScriptAPI {
  /// Time, host, log.
  static let surroundings: [APIFunction] =
    [
      APIFunction(
        "now", .surroundings, "Returns the time in seconds since 1970, with milliseconds.",
        results: [APIResult("time", .number, "the time")],
        example: "print(os.date(\"%H:%M\", math.floor(mcp.now())))",
        body: .immediate { call in
          [.number((call.script.now().timeIntervalSince1970 * 1000).rounded() / 1000)]
        }),
      APIFunction(
        "hostname", .surroundings, "Returns the name of the machine that the script runs on.",
        results: [APIResult("name", .string, "the name")], example: "print(mcp.hostname())",
        body: .immediate { _ in [.string(ProcessInfo.processInfo.hostName)] }),
    ]
    + ScriptLogLevel.allCases.map { level in
      APIFunction(
        "log.\(level.rawValue)", .surroundings, "Logs a line at the level `\(level.rawValue)`.",
        details: "In the agent's log for its scripts, on standard error elsewhere.",
        parameters: [
          APIParameter("message", .string, "the line"),
          APIParameter("fields", .table, optional: true, "facts by name"),
        ], example: "mcp.log.\(level.rawValue)(\"checked\", {service = \"web\"})",
        body: .immediate { call in
          var fields: [String: String] = [:]
          for (name, value) in call[1].anyTable?.fields ?? [:] {
            fields[name] = value.string ?? (try? LuaJSON.encode(value)) ?? value.description
          }
          call.script.surroundings.log(level, call.string(0), fields)
          return []
        })
    }
}
