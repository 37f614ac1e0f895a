extension ScriptAPI {
  /// What carries files.
  static let file: [APIFunction] = [
    APIFunction(
      "push", .operating, Primitive.push.summary,
      details:
        "As `mcp push`: the file is one of the machine on which the script was started. Scripts of the agent see no files.",
      parameters: [
        APIParameter("file", .string, "the file or directory here"),
        APIParameter("service", .string, "the service's name"),
        APIParameter(
          "path", .string, optional: true,
          "where it goes, below the service's directory; with a slash at its end, a directory that takes it"),
      ], results: [APIResult("result", .record("mcp.Transfer"), "what was sent")], primitive: .push,
      places: [.commandLine], mayFail: true, example: "assert(mcp.push(\"app.toml\", \"web\", \"conf/\"))",
      body: .waiting { call in
        let (file, service, path) = (call.string(0), call.string(1), call[2].string ?? "")
        if let plan = call.script.surroundings.plan {
          plan.record("push", "send \(file) to \(service)\(path.isEmpty ? "" : ", \(path)")")
          return [["path": .string(path)]]
        }
        let result = try await FileTransfer.push(
          file, to: service, path: path, through: try await call.plane,
          progress: call.script.surroundings.progress)
        return [try LuaJSON.value(of: result)]
      }),
    APIFunction(
      "pull", .operating, Primitive.pull.summary,
      details: "As `mcp pull`: it comes to the machine on which the script was started.",
      parameters: [
        APIParameter("service", .string, "the service's name"),
        APIParameter("path", .string, "what, below the service's directory"),
        APIParameter("file", .string, optional: true, "where it goes here; the current directory otherwise"),
      ], results: [APIResult("result", .record("mcp.Transfer"), "what was fetched")], primitive: .pull,
      places: [.commandLine], mayFail: true,
      example: "assert(mcp.pull(\"web\", \"logs/access.log\", \"/tmp/\"))",
      body: .waiting { call in
        let (service, path, file) = (call.string(0), call.string(1), call[2].string)
        if let plan = call.script.surroundings.plan {
          plan.record("pull", "fetch \(path) of \(service)")
          return [["path": .string(file ?? ".")]]
        }
        let result = try await FileTransfer.pull(
          path, of: service, to: file, through: try await call.plane,
          progress: call.script.surroundings.progress)
        return [try LuaJSON.value(of: result)]
      }),
  ]

  static let transfer = APIRecord(
    "mcp.Transfer", "Files that were sent or fetched.",
    [
      APIField("path", .string, "where they are"), APIField("files", .integer, "how many"),
      APIField("bytes", .integer, "their bytes"),
      APIField("resumed_bytes", .integer, "how many of them were there already"),
    ])
}
