import Engine
import Foundation
import TestSupport
import Testing

/// The scripts, documents and stubs that come with the product.
@Suite struct ShippedScriptTests {
  private static var repository: String {
    ProcessInfo.processInfo.environment["MCP_TEST_REPOSITORY"]
      ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
  }

  private static let files = ScriptFiles(
    directory: repository + "/scripts", shipped: repository + "/scripts", trusting: true)

  private static func read(_ path: String) throws -> String {
    try String(contentsOfFile: "\(repository)/\(path)", encoding: .utf8)
  }

  @Test(arguments: [
    "hooks/policy_test.lua", "hooks/notify_test.lua", "hooks/nightly_test.lua", "run/canary_test.lua",
    "boot/standard_test.lua", "boot/site_test.lua",
  ])
  func `the tests of a shipped script pass`(_ name: String) async throws {
    let lines = Lines()
    let results = try await ScriptTestBench.run(
      Self.read("scripts/" + name), name: name, files: Self.files, output: lines.add)
    #expect(results.count >= 2)
    for result in results { #expect(result.failure == nil, "\(result.name): \(lines.all)") }
  }

  @Test func `every hook has a test beside it`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.repository + "/scripts/hooks")
    for name in names where !name.hasSuffix("_test.lua") {
      #expect(names.contains(name.replacing(".lua", with: "_test.lua")), "\(name)")
    }
  }

  @Test func `every block of the guide runs`() async throws {
    let blocks = try Self.read("docs/lua.md").components(separatedBy: "```lua\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
    #expect(blocks.count > 8)
    for block in blocks {
      let text =
        block.contains("mcp.test.case")
        ? block
        : """
        mcp.test.case("block", function()
          assert(mcp.deploy{name = "web", components = {{name = "api", image = "example.org/api:1"}}})
          \(block)
        end)
        """
      let results = try await ScriptTestBench.run(text, name: "block", files: Self.files, output: { _ in })
      #expect(results.map(\.failure) == [nil], "\(block)")
    }
  }

  @Test func `the reference and the stubs are what the declarations give`() throws {
    #expect(try Self.read("docs/lua-reference.md") == APIReference.text)
    #expect(try Self.read("scripts/meta/mcp.lua") == APIStubs.text)
  }

  @Test func `the stubs are Lua`() async throws {
    #expect(try await LuaState().check(APIStubs.text, name: "stubs") == .complete)
  }
}
