internal import Foundation

extension ScriptAPI {
  /// What `mcp.wait` can wait for.
  private enum Awaited: String, CaseIterable {
    case running, healthy, stopped, up

    func isReached(_ component: ComponentStatus, _ restart: RestartPolicy?) -> Bool {
      let state = component.observed
      return switch self {
      case .running: state.isUp
      // Without a health check, running is the best that is known of a component.
      case .healthy: state == .running
      case .stopped: !state.isUp && state != .unknown
      case .up:
        component.desired == .stopped || state == .running
          || (state == .exited(code: 0) && restart?.mayEnd == true)
      }
    }
  }

  /// What waits for the world.
  static let waiting: [APIFunction] = [
    APIFunction(
      "wait", .operating, "Waits until a service or component is in a state.",
      details: """
        `healthy` is running, and passing its health check where it has one. `up` is that for every component that should \
        run; a job that has ended well is up, too.
        """,
      parameters: [
        APIParameter("target", .target, "the service or component"),
        APIParameter(
          "options",
          .options([
            APIField(
              "state", .word(Awaited.allCases.map(\.rawValue)), optional: true, "`healthy` by default"),
            APIField("timeout", .duration, optional: true, "30s by default"),
          ]), optional: true, "for what, how long"),
      ], results: [APIResult("reached", .boolean, "true")], mayFail: true,
      example: "assert(mcp.wait(\"web\", {state = \"running\", timeout = \"30s\"}))", body: .waiting(wait)),
    APIFunction(
      "check", .operating,
      "Looks whether something answers: a TCP port, an HTTP URL with a status from 200 to 399, or a gRPC server that serves.",
      parameters: [
        APIParameter(
          "options",
          .options([
            APIField("tcp", .string, optional: true, "`host:port`"),
            APIField("http", .string, optional: true, "a URL"),
            APIField(
              "grpc", .string, optional: true, "`address:port` of a server with `grpc.health.v1`, without TLS"
            ),
            APIField("timeout", .duration, optional: true, "3s by default"),
          ]), "what to look at: `tcp`, `http` or `grpc`")
      ], results: [APIResult("answers", .boolean, "true")], mayFail: true,
      example: "local up, err = mcp.check{tcp = \"127.0.0.1:22\"}", body: .waiting(check)),
  ]

  private static func wait(_ call: APICall) async throws -> [LuaValue] {
    let target = try call.target(0)
    let options = call.options(1)
    let awaited = options.string("state").flatMap(Awaited.init(rawValue:)) ?? .healthy
    let limit = options.duration("timeout") ?? .seconds(30)
    let clock = call.script.surroundings.clock
    let deadline = clock.now().addingTimeInterval(limit.seconds)
    let plane = try await call.plane
    var pause = Duration.milliseconds(25)
    var policies: [String: RestartPolicy] = [:]
    if awaited == .up {
      for component in try await plane.service(target.service).definition.components {
        policies[component.name] = component.restart
      }
    }
    while true {
      let components = try await plane.ps(service: target.service, live: false)
        .filter { target.component == nil || $0.component == target.component }
      if components.isEmpty {
        throw EngineError(
          .notFound, "service \(target.service) has no component \(target.component ?? "")",
          service: target.service, component: target.component)
      }
      let late = components.filter { !awaited.isReached($0, policies[$0.component]) }
      if late.isEmpty { return [true] }
      let left = deadline.timeIntervalSince(clock.now())
      guard left > 0 else {
        let states = late.map { component in
          let why = component.health.map { $0 == ComponentStatus.passing ? "" : ": \($0)" } ?? ""
          return "\(component.service)/\(component.component) is \(component.observed)\(why)"
        }
        throw EngineError(
          .timeout, "\(target) was not \(awaited.rawValue) within \(DurationText.format(limit))",
          cause: states.joined(separator: ", "), service: target.service, component: target.component)
      }
      try await clock.sleep(for: min(pause, .milliseconds(max(1, Int64(left * 1000)))))
      pause = min(pause * 2, .milliseconds(500))
    }
  }

  private static func check(_ call: APICall) async throws -> [LuaValue] {
    let options = call.options(0)
    let limit = options.duration("timeout") ?? .seconds(3)
    func place(_ name: String, _ address: String) throws -> (String, Int) {
      guard case .tcp(let host, let port)? = try? AgentAddress(parsing: address) else {
        throw LuaMisuse("mcp.check: argument #1 'options'.\(name): host:port expected, got \"\(address)\"")
      }
      return (host, port)
    }
    switch (options.string("tcp"), options.string("http"), options.string("grpc")) {
    case (let address?, nil, nil):
      let (host, port) = try place("tcp", address)
      try await TCPCheck.connect(host: host, port: port, limit: limit)
    case (nil, nil, let address?):
      let (host, port) = try place("grpc", address)
      try await GRPCHealthCheck.ask(host: host, port: port, limit: limit)
    case (nil, let url?, nil):
      guard let http = call.script.surroundings.http else {
        throw EngineError(.unsupported, "mcp.check: HTTP is not spoken here")
      }
      let request = ScriptHTTPRequest(method: "GET", url: url, timeout: limit, isCheck: true)
      let response = try await http.send(request)
      guard (200..<400).contains(response.status) else {
        throw EngineError(.failedPrecondition, "\(url) answers with status \(response.status)")
      }
    default: throw LuaMisuse("mcp.check: one of the options 'tcp', 'http' and 'grpc' is required")
    }
    return [true]
  }
}
