internal import Foundation

/// One look at whether a component works, as its ``HealthCheck`` says.
struct HealthProbe: Sendable {
  /// The most bytes of a command's output that a reason shows.
  private static let shownOutput = 200

  let check: HealthCheck
  /// Where its port is reached; `nil` for `exec`.
  let endpoint: ProbeEndpoint?
  /// The object's id in its runtime.
  let id: String
  let runtime: any Runtime

  /// Returns `nil` where it works, and the reason where it does not.
  func failure() async -> String? {
    // In a simulation what runs is well.
    if check.kind != .exec, !runtime.hasNetwork { return nil }
    let limit = Duration.milliseconds(check.timeoutMs)
    do {
      try await TimeLimit.run(limit) { try await look(limit) }
      return nil
    } catch is TimeLimit.Exceeded {
      return "\(check.kind.rawValue): no answer within \(DurationText.format(limit))"
    } catch {
      let error = EngineError.wrap(error)
      return "\(check.kind.rawValue): \(error.message)" + (error.cause.map { ": \($0)" } ?? "")
    }
  }

  private func look(_ limit: Duration) async throws {
    switch check.kind {
    case .exec: try await exec()
    case .tcp:
      try await TCPCheck.connect(host: try place.host, port: try place.port, limit: limit, holds: true)
    case .http: try await http(limit)
    case .grpc: try await GRPCHealthCheck.ask(host: try place.host, port: try place.port, limit: limit)
    }
  }

  private var place: ProbeEndpoint {
    get throws(EngineError) {
      guard let endpoint else {
        throw EngineError(.failedPrecondition, "port \(check.port ?? 0) is not published")
      }
      return endpoint
    }
  }

  private func http(_ limit: Duration) async throws {
    let url = "http://\(try place)\(check.path ?? "/")"
    // A connection of its own each time: a kept one may lead to what ran there before.
    let response = try await NetworkHTTP(allowed: nil).send(
      ScriptHTTPRequest(method: "GET", url: url, headers: ["Connection": "close"], timeout: limit))
    guard (check.status ?? .standard).contains(response.status) else {
      throw EngineError(.failedPrecondition, "\(url) answers with status \(response.status)")
    }
    guard let body = check.body else { return }
    guard String(decoding: response.body, as: UTF8.self).contains(body) else {
      throw EngineError(.failedPrecondition, "the answer of \(url) does not contain \(Text.quoted(body))")
    }
  }

  private func exec() async throws {
    let session = try await runtime.exec(id, request: ExecRequest(command: check.command))
    var output: [UInt8] = []
    for try await piece in session.output {
      switch piece {
      case .stdout(let bytes), .stderr(let bytes):
        if output.count < Self.shownOutput { output += bytes.prefix(Self.shownOutput - output.count) }
      case .exit(0): return
      case .exit(let code):
        let text =
          String(decoding: output, as: UTF8.self)
          .split(whereSeparator: \.isNewline).last.map { ": \($0)" } ?? ""
        throw EngineError(.failedPrecondition, "\(check.command[0]) ended with \(code)\(text)")
      }
    }
    throw EngineError(.unavailable, "\(check.command[0]) ended without saying how")
  }
}
