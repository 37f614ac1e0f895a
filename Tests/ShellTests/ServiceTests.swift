import Engine
import Foundation
import TestSupport
import Testing

@testable import Shell

@Suite struct ServiceTests {
  private var deployed: FakePlane { FakePlane { $0.record = Sample.record } }

  /// An editor that runs `script` with the file as its argument.
  private func editor(_ script: String, in harness: Harness) throws -> String {
    let path = harness.directory.file("editor.sh")
    try "#!/bin/sh\nset -e\n\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    return path
  }

  private func withEditor(
    _ script: String, plane: FakePlane = FakePlane(), terminal: Bool = false, answers: [String] = [],
    _ body: (Harness) async throws -> Void
  ) async throws {
    try await withHarness(plane) { setup in
      let path = try editor(script, in: setup)
      try await body(
        try Harness(
          plane, in: setup.directory, terminal: terminal, answers: answers,
          environment: ["EDITOR": path, "NO_COLOR": "1"]))
    }
  }

  private func local(_ harness: Harness) throws -> String {
    try String(contentsOfFile: "\(harness.services)/web.toml", encoding: .utf8)
  }

  /// The path that an error says the text is kept in.
  private func kept(_ errors: String) throws -> String {
    let rest = try #require(errors.range(of: "your text is kept in "))
    return String(errors[rest.upperBound...].prefix { !$0.isWhitespace })
  }

  @Test func `show writes a definition that deploys as it is`() async throws {
    try await withHarness(deployed) { harness in
      let outcome = await harness.run("service", "show", "web")
      #expect(outcome.status == 0)
      #expect(outcome.errors == "")
      let shown = try ServiceFile.parse(outcome.output, source: "show")
      #expect(shown == Sample.definition)
      #expect(await harness.run("service", "show", "mail").status == 3)
      #expect(await harness.run("service", "show", "web", "--json").output.contains("\"revision\": 3"))
    }
  }

  @Test func `export writes a file that round-trips and leaves an identical one alone`() async throws {
    try await withHarness(deployed) { harness in
      let first = await harness.run("service", "export", "web")
      #expect(first.status == 0)
      #expect(first.output == "web: written to \(harness.services)/web.toml\n")
      let written = try ServiceFile.parse(local(harness), source: "file")
      #expect(written == Sample.definition)
      let second = await harness.run("service", "export", "web", "--json")
      #expect(second.output.contains("\"changed\": false"))
    }
  }

  @Test func `export keeps a file that differs unless forced`() async throws {
    try await withHarness(deployed) { harness in
      try harness.define("web")
      let before = try local(harness)
      let refused = await harness.run("service", "export", "web")
      #expect(refused.status == 1)
      #expect(refused.errors.contains("hint: add --force to replace it"))
      #expect(try local(harness) == before)
      #expect(await harness.run("service", "export", "web", "--force").status == 0)
      #expect(try local(harness) != before)
    }
  }

  @Test func `export writes to a named file and to standard output`() async throws {
    try await withHarness(deployed) { harness in
      let path = harness.directory.file("out/copy.toml")
      #expect(await harness.run("service", "export", "web", "-o", path).status == 0)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(await harness.run("service", "export", "web", "-o", "-").output == text)
    }
  }

  @Test func `edit changes the local file, keeps its mode and shows the change`() async throws {
    try await withEditor("sed -i 's/api:1/api:2/' \"$1\"") { harness in
      try harness.define("web")
      let path = "\(harness.services)/web.toml"
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      let outcome = await harness.run("service", "edit", "web")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("-image = \"example.org/api:1\"\n+image = \"example.org/api:2\"\n"))
      #expect(outcome.errors == "web: written to \(path); mcp deploy web makes the node run it\n")
      #expect(try local(harness).contains("api:2"))
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o640)
      #expect(try drafts(harness) == [])
    }
  }

  @Test func `edit starts from what is deployed where there is no file`() async throws {
    try await withEditor("sed -i 's/v1.0.0/v1.0.1/' \"$1\"", plane: deployed) { harness in
      #expect(await harness.run("service", "edit", "web").status == 0)
      let written = try local(harness)
      #expect(written.contains("v1.0.1"))
    }
  }

  @Test func `edit without a change writes nothing`() async throws {
    try await withEditor("true", plane: deployed) { harness in
      let outcome = await harness.run("service", "edit", "web")
      #expect(outcome.output == "web: not changed\n")
      let files = try FileManager.default.contentsOfDirectory(atPath: harness.services)
      #expect(files == [])
    }
  }

  @Test(arguments: ["echo 'colour = 1' >> \"$1\"", "sed -i 's/name = \"web\"/name = \"mail\"/' \"$1\""])
  func `edit keeps what has mistakes out of the file and out of harm's way`(script: String) async throws {
    try await withEditor(script) { harness in
      try harness.define("web")
      let before = try local(harness)
      let outcome = await harness.run("service", "edit", "web")
      #expect(outcome.status == 1)
      #expect(try local(harness) == before)
      let text = try String(contentsOfFile: kept(outcome.errors), encoding: .utf8)
      #expect(text != before)
    }
  }

  @Test func `edit offers another try on a terminal`() async throws {
    let script = """
      if grep -q broken "$1"; then sed -i '/broken/d; s/api:1/api:2/' "$1"; else echo 'broken' >> "$1"; fi
      """
    try await withEditor(script, terminal: true, answers: [""]) { harness in
      try harness.define("web")
      let outcome = await harness.run("service", "edit", "web")
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("edit again? [Y/n] "))
      #expect(try local(harness).contains("api:2"))
    }
  }

  @Test func `edit gives up when told to and says where the text is`() async throws {
    try await withEditor("echo 'broken' >> \"$1\"", terminal: true, answers: ["n"]) { harness in
      try harness.define("web")
      let outcome = await harness.run("service", "edit", "web")
      #expect(outcome.status == 1)
      #expect(try String(contentsOfFile: kept(outcome.errors), encoding: .utf8).contains("broken"))
    }
  }

  @Test func `edit does not overwrite what somebody else wrote meanwhile`() async throws {
    try await withHarness { setup in
      let path = try editor(
        "echo '# mine' >> \"$1\"; echo '# theirs' >> \(setup.services)/web.toml", in: setup)
      let harness = try Harness(
        FakePlane(), in: setup.directory, environment: ["EDITOR": "", "VISUAL": path])
      try harness.define("web")
      let outcome = await harness.run("service", "edit", "web")
      #expect(outcome.status == 1)
      #expect(try local(harness).hasSuffix("# theirs\n"))
      #expect(try String(contentsOfFile: kept(outcome.errors), encoding: .utf8).hasSuffix("# mine\n"))
    }
  }

  @Test func `an editor that fails changes nothing`() async throws {
    try await withEditor("exit 3") { harness in
      try harness.define("web")
      let outcome = await harness.run("service", "edit", "web")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("ended with code 3"))
    }
  }

  private func drafts(_ harness: Harness) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: harness.directory.path).filter {
      $0.hasPrefix("mcp-edit-")
    }
  }
}
