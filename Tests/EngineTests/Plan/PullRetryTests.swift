import Testing

@testable import Engine

@Suite struct PullRetryTests {
  private static let pauses = [Duration.milliseconds(1), .milliseconds(2)]

  /// Pulls that fail as often as there are codes; returns the tries and what was told.
  private static func pull(failing codes: [EngineError.Code]) async -> (
    tries: Int, told: [String], code: EngineError.Code?
  ) {
    var tries = 0
    var told: [String] = []
    do {
      _ = try await PullRetry.run(pauses: pauses, tell: { told.append($0) }) {
        tries += 1
        if tries <= codes.count { throw EngineError(codes[tries - 1], "cannot pull x:1") }
        return true
      }
      return (tries, told, nil)
    } catch {
      return (tries, told, EngineError.wrap(error).code)
    }
  }

  @Test func `a registry that comes back is asked again`() async {
    let outcome = await Self.pull(failing: [.unavailable, .timeout])
    #expect(outcome.tries == 3 && outcome.code == nil)
    #expect(
      outcome.told == ["cannot pull x:1; trying again in 1ms", "cannot pull x:1; trying again in 2ms"])
  }

  @Test func `a registry that stays away is given up`() async {
    let outcome = await Self.pull(failing: Array(repeating: .unavailable, count: 9))
    #expect(outcome.tries == 3 && outcome.code == .unavailable)
  }

  @Test(arguments: [EngineError.Code.notFound, .unauthenticated, .resourceExhausted, .failedPrecondition])
  func `what does not pass by itself is not tried again`(code: EngineError.Code) async {
    let outcome = await Self.pull(failing: [code])
    #expect(outcome.tries == 1 && outcome.code == code && outcome.told.isEmpty)
  }
}
