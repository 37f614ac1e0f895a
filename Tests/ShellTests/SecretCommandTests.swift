import Engine
import Foundation
import TestSupport
import Testing

@testable import Shell

@Suite struct SecretCommandTests {
  private static let secret = SecretInfo(
    service: "web", name: "key", setAt: Sample.summary.updatedAt, actor: Actor(kind: .user, name: "alice"),
    usedBy: ["api", "job"], outdated: ["job"])

  private func set(_ input: [String], terminal: Bool) async throws -> (outcome: Outcome, value: SecretValue?)
  {
    try await TemporaryDirectory.with { directory in
      let plane = FakePlane { $0.services = [Sample.summary] }
      let harness = try Harness(
        [("rift", plane)], in: directory, terminal: terminal, inputTerminal: terminal, input: input)
      let outcome = await harness.run("secret", "set", "web", "key")
      return (outcome, plane.calls.secrets["web/key"])
    }
  }

  @Test(arguments: [
    ("swordfish\n", "swordfish"), ("swordfish", "swordfish"), ("two\nlines\n\n", "two\nlines\n"),
    ("\n\n", "\n"),
  ])
  func `one newline at the end of a value is left out`(input: String, value: String) async throws {
    let (outcome, given) = try await set([input], terminal: false)
    #expect(outcome.status == 0)
    #expect(given == (try SecretValue(Array(value.utf8))))
    #expect(!(outcome.output + outcome.errors).contains(value) || value == "\n")
    #expect(outcome.errors.contains("api still runs with the value before: mcp deploy web"))
  }

  @Test func `no value is refused`() async throws {
    let (outcome, given) = try await set(["\n"], terminal: false)
    #expect(outcome.status != 0 && given == nil)
    #expect(outcome.errors.contains("the value of the secret is empty"))
  }

  @Test(arguments: [
    ("swordfish\r", "swordfish"), ("swordfisch\u{7f}\u{7f}h\n", "swordfish"),
    ("abc\u{15}schlüß\u{8}e\r", "schlüe"),
  ])
  func `a value is typed on a terminal and not shown`(input: String, value: String) async throws {
    let (outcome, given) = try await set([input], terminal: true)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(given == (try SecretValue(Array(value.utf8))))
    #expect(!(outcome.output + outcome.errors).contains(value))
  }

  @Test func `an interrupt while a value is typed sets nothing`() async throws {
    let (outcome, given) = try await set(["sword\u{3}"], terminal: true)
    #expect(outcome.status != 0 && given == nil)
    #expect(outcome.errors.contains("nothing was changed"))
  }

  @Test func `secrets are listed with those who use them`() async throws {
    try await withHarness(FakePlane { $0.secrets = [Self.secret] }) { harness in
      let outcome = await harness.run("secret", "list")
      #expect(
        outcome.output == """
          SERVICE  SECRET  SET       BY          USED BY   OUTDATED
          web      key     5m3s ago  user:alice  api, job  job

          """)
      let json = await harness.run("secret", "list", "web", "--json").output.filter { !$0.isWhitespace }
      #expect(json.contains(#""outdated":["job"]"#) && json.contains(#""node":"rift""#), "\(json)")
      #expect(await harness.run("secret", "list", "other").errors == "there are no secrets\n")
    }
  }

  @Test func `a secret is removed`() async throws {
    let plane = FakePlane { $0.services = [Sample.summary] }
    try await withHarness(plane) { harness in
      #expect(
        await harness.run("secret", "remove", "web", "key").output == "web: the secret key is removed\n")
      #expect(plane.calls.removedSecrets == ["web/key"])
    }
  }
}
