import Engine
import Foundation
import Testing

@testable import Shell

@Suite struct CompletionTests {
  /// Asks as the completion scripts do: which argument, of which command, with which words typed so far.
  private func complete(
    _ harness: Harness, _ words: [String], command: [String]? = nil, argument: String, prefix: String
  ) async -> [String] {
    let position = ["--", argument, "\(words.count + 1)", "\(prefix.count)"]
    let question = ["---completion"] + (command ?? words) + position + ["mcp"] + words + [prefix]
    let status = await Context.$current.withValue(harness.context) { await Entry.run(question) }
    #expect(status == 0)
    #expect(harness.errors == "")
    // For zsh, the parser appends a word that its script removes; which shell asks is the process's state.
    return harness.output.split(separator: "\n").map(String.init).filter { $0 != " " }
  }

  @Test func `deploy completes services and components of definition files`() async throws {
    try await withHarness { harness in
      try harness.define("web")
      try harness.define("mail")
      #expect(await complete(harness, ["deploy"], argument: "positional@0", prefix: "") == ["mail", "web"])
    }
    try await withHarness { harness in
      try harness.define("web")
      #expect(await complete(harness, ["deploy"], argument: "positional@0", prefix: "web/") == ["web/api"])
    }
  }

  @Test func `stop completes what is deployed`() async throws {
    let plane = FakePlane { $0.services = [Sample.summary] }
    try await withHarness(plane) { harness in
      try harness.define("mail")
      #expect(await complete(harness, ["stop"], argument: "positional@0", prefix: "") == ["web"])
    }
    try await withHarness(plane) { harness in
      #expect(
        await complete(harness, ["stop"], argument: "positional@0", prefix: "web/a") == ["web/api", "web/db"])
    }
  }

  @Test func `without an agent the definition files stand in`() async throws {
    let plane = FakePlane { $0.failure = EngineError(.unavailable, "no agent") }
    try await withHarness(plane) { harness in
      try harness.define("mail")
      #expect(await complete(harness, ["undeploy"], argument: "positional@0", prefix: "") == ["mail"])
    }
  }

  @Test func `node names come from the configuration`() async throws {
    try await withHarness(nodes: [("rift", FakePlane()), ("moon", FakePlane())]) { harness in
      #expect(
        await complete(harness, ["ps", "--node"], command: ["ps"], argument: "--node", prefix: "")
          == ["moon", "rift"])
    }
  }

  @Test func `a broken configuration completes nothing and says nothing`() async throws {
    try await withHarness { harness in
      try "what = [".write(toFile: harness.configuration, atomically: true, encoding: .utf8)
      #expect(await complete(harness, ["deploy"], argument: "positional@0", prefix: "") == [])
    }
  }
}
