import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import Shell

@Suite struct HelpTests {
  /// Every command with the words that lead to it.
  private static func commands(
    _ type: any ParsableCommand.Type = Mcp.self, _ words: [String] = []
  ) -> [(words: [String], type: any ParsableCommand.Type)] {
    [(words, type)]
      + type.configuration.subcommands.flatMap { commands($0, words + [$0.configuration.commandName ?? ""]) }
  }

  private static let lines = commands().map { $0.words.joined(separator: " ") }

  @Test func `help lists exactly the commands that are there`() async throws {
    #expect(
      Set(Self.lines) == [
        "", "deploy", "undeploy", "start", "stop", "restart", "rollback", "history", "sync", "recover",
        "boot",
        "build",
        "list", "ps", "status", "logs", "events", "doctor", "export", "alerts",
        "adopt", "alerts list", "alerts silence", "alerts unsilence", "alerts test", "service",
        "service show",
        "service edit", "service export", "exec", "node", "node list",
        "completion", "version", "run", "shell", "script", "script list", "script check", "script reload",
        "script test", "script stubs", "script reference", "secret", "secret set", "secret list",
        "secret remove", "push", "pull", "login", "logout", "node add", "node remove",
      ])
    try await withHarness { harness in
      let help = await harness.run("--help")
      #expect(help.status == 0)
      #expect(help.errors == "")
      let listed = help.output.components(separatedBy: "SUBCOMMANDS:\n").dropFirst().flatMap { section in
        section.split(separator: "\n\n")[0].split(separator: "\n")
          .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
          .map { String($0.split(separator: " ")[0]) }
      }
      #expect(
        Set(listed) == Set(Self.lines.filter { !$0.isEmpty && !$0.contains(" ") }))
    }
  }

  @Test(arguments: Self.lines)
  func `every command has help with an abstract and an example`(line: String) async throws {
    let words = line.split(separator: " ").map(String.init)
    let type = try #require(Self.commands().first { $0.words == words }?.type)
    #expect(!type.configuration.abstract.isEmpty)
    #expect(type.configuration.discussion.contains("Example"))
    #expect(type.configuration.discussion.contains("mcp \(line)"))
    for row in type.configuration.discussion.split(separator: "\n") where row.hasPrefix("  ") {
      #expect(row.count <= 79, "an example that would be wrapped: \(row)")
    }
    try await withHarness { harness in
      let context = harness.context
      let byFlag = await Context.$current.withValue(context) { await Entry.run(words + ["--help"]) }
      #expect(byFlag == 0)
      let first = harness.output
      #expect(first.hasPrefix("OVERVIEW: \(type.configuration.abstract)"))
      let byWord = await Context.$current.withValue(context) { await Entry.run(["help"] + words) }
      #expect(byWord == 0)
      #expect(harness.output == first + first)
      #expect(harness.errors == "")
    }
  }

  @Test func `without a command the help is shown`() async throws {
    try await withHarness { harness in
      let outcome = await harness.run()
      #expect(outcome.status == 0)
      #expect(outcome.output.hasPrefix("OVERVIEW: "))
    }
  }

  @Test func `bash accepts its completion script`() async throws { try await checkScript("bash") }

  @Test(.enabled(if: executable("zsh") != nil, "zsh is not installed"))
  func `zsh accepts its completion script`() async throws { try await checkScript("zsh") }

  @Test(.enabled(if: executable("fish") != nil, "fish is not installed"))
  func `fish accepts its completion script`() async throws { try await checkScript("fish") }

  private func checkScript(_ shell: String) async throws {
    let path = try #require(Self.executable(shell))
    try await withHarness { harness in
      let outcome = await harness.run("completion", shell)
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("---completion"))
      let script = harness.directory.file("script")
      try outcome.output.write(toFile: script, atomically: true, encoding: .utf8)
      let result = try await Command.run(path, ["-n", script])
      #expect(result.code == 0)
      #expect(result.errors == "")
    }
  }

  private static func executable(_ name: String) -> String? {
    ["/bin", "/usr/bin", "/usr/local/bin"].map { "\($0)/\(name)" }
      .first(where: FileManager.default.isExecutableFile(atPath:))
  }
}
