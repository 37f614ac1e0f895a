import Engine
import Testing

@testable import Shell

@Suite struct ErrorTests {
  @Test(arguments: EngineError.Code.allCases)
  func `every kind of failure has its exit code`(code: EngineError.Code) {
    let expected: Int32 =
      switch code {
      case .invalidArgument, .alreadyExists, .conflict, .failedPrecondition, .resourceExhausted, .unsupported,
        .dataLoss, .operationFailed, .internalError:
        1
      case .notFound: 3
      case .permissionDenied, .unauthenticated: 4
      case .unavailable: 5
      case .timeout: 6
      case .cancelled: 130
      }
    #expect(ExitStatus(code).rawValue == expected)
  }

  @Test func `nodes that fail alike keep their exit code, others count as unreachable`() {
    let denied = EngineError(.permissionDenied, "no")
    let missing = EngineError(.notFound, "no")
    #expect(ExitStatus(nodeFailures: [denied, denied]) == .denied)
    #expect(ExitStatus(nodeFailures: [denied, missing]) == .unreachable)
  }

  @Test func `an error says what, why and what next`() {
    let error = EngineError(
      .operationFailed, "deploy web/api: the container ended at once", cause: "exit code 1\nsecond line",
      hint: "mcp logs web/api", details: ["log line 1", "\u{1b}[31mlog line 2", ""])
    #expect(
      ErrorRenderer.text(error, style: .plain) == """
        error: deploy web/api: the container ended at once
        cause: exit code 1
          second line
          log line 1
          \u{fffd}[31mlog line 2

        hint: mcp logs web/api

        """)
  }

  @Test func `an error names its node and may be coloured`() {
    let error = EngineError(.unavailable, "the agent does not answer")
    #expect(
      ErrorRenderer.text(error, node: "rift", style: Style(isEnabled: true))
        == "\u{1b}[31merror:\u{1b}[0m rift: the agent does not answer\n")
  }

  @Test func `an error is one line of JSON`() {
    let error = EngineError(
      .notFound, "service 'web' is not deployed", hint: "mcp list", service: "web", details: ["a"])
    #expect(
      ErrorRenderer.json(error, node: "rift")
        == #"{"error":{"code":"not_found","details":["a"],"hint":"mcp list","#
        + #""message":"service 'web' is not deployed","node":"rift","service":"web"}}"# + "\n")
    #expect(
      ErrorRenderer.json(UsageError("no"))
        == #"{"error":{"code":"usage","details":[],"message":"no"}}"# + "\n")
  }

  @Test(arguments: EngineError.Code.allCases.filter { $0 != .cancelled })
  func `a command exits with the code of its failure`(code: EngineError.Code) async throws {
    let plane = FakePlane { $0.failure = EngineError(code, "it failed", hint: "try again") }
    try await withHarness(plane) { harness in
      let outcome = await harness.run("list")
      #expect(outcome.status == ExitStatus(code).rawValue)
      #expect(outcome.output == "")
      #expect(outcome.errors == "error: it failed\nhint: try again\n")
      let json = await harness.run("list", "--json")
      #expect(json.output == "")
      #expect(json.errors.hasPrefix(#"{"error":{"code":"\#(code.rawValue)""#))
    }
  }
}
