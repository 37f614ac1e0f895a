import Engine
import Foundation
import TestSupport
import Testing

/// Ten thousand hostile documents; `MCP_FUZZ_SEED` and `MCP_FUZZ_COUNT` choose others and more.
@Suite struct DefinitionFuzzTests {
  @Test func `a hostile document is refused in order or defines a valid service`() async throws {
    let environment = ProcessInfo.processInfo.environment
    let seed = environment["MCP_FUZZ_SEED"].flatMap(UInt64.init) ?? 20_240_607
    let count = environment["MCP_FUZZ_COUNT"].flatMap(Int.init) ?? 10_000
    try await TemporaryDirectory.with { directory in
      var documents = HostileTOML(seed: seed)
      var accepted = 0
      for index in 0..<count {
        let text = documents.next()
        // A document that ends the process stays behind in this file.
        try Data(text.utf8).write(to: URL(filePath: directory.file("document.toml")))
        let problem = Self.problem(text, accepted: &accepted)
        try #require(problem == nil, "seed \(seed), document \(index): \(problem ?? "")\n\(text)")
      }
      // Documents that are all refused at their first line would prove nothing.
      #expect(accepted > count / 50)
      #expect(accepted < count / 2)
    }
  }

  /// What is wrong with the answer to `text`.
  private static func problem(_ text: String, accepted: inout Int) -> String? {
    do {
      let service = try ServiceFile.parse(text, source: "hostile.toml")
      accepted += 1
      let problems = service.problems()
      if !problems.isEmpty { return "accepted in spite of \(problems)" }
      let written = ServiceFile.format(service)
      let again = try ServiceFile.parse(written, source: "written.toml")
      if again != service { return "reads back differently from\n\(written)" }
      return ServiceFile.format(again) == written ? nil : "is written differently the second time"
    } catch {
      if error.code != .invalidArgument { return "refused as \(error.code)" }
      if error.message != "hostile.toml is not a valid service definition" {
        return "refused with: \(error.message)"
      }
      if error.details.isEmpty { return "refused without a reason" }
      let isPlain = error.details.allSatisfy { line in
        line.utf8.count < 4_096
          && line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
      }
      return isPlain ? nil : "refused with a reason that is not one plain line: \(error.details)"
    }
  }
}
