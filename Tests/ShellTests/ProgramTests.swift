import Engine
import Foundation
import TestSupport
import Testing

@testable import Shell

/// The program as an operator has it: its binary, a real socket, real terminals and signals.
@Suite(.serialized) struct ProgramTests {
  @Test func `a deploy goes through the socket and back`() async throws {
    let plane = FakePlane {
      $0.progress = [
        OperationProgress(service: "web", component: "api", phase: "create", message: "creating")
      ]
    }
    try await Program.with(plane) { program in
      try "name = \"web\"\n[[components]]\nname = \"api\"\nimage = \"example.org/api:1\"\n"
        .write(toFile: program.directory.file("services/web.toml"), atomically: true, encoding: .utf8)
      let result = try await program.run("deploy", "web")
      #expect(result.code == 0)
      #expect(result.output == "web: deployed revision 3 (2 changed)\n")
      #expect(result.errors == "web/api: creating\n")
      #expect(plane.calls.deploys.first?.definition.components.first?.image == "example.org/api:1")
    }
  }

  @Test func `an agent's error keeps its parts and gives its exit code`() async throws {
    let error = EngineError(
      .conflict, "port 80 is taken", cause: "by nginx", hint: "choose another", details: ["one", "two"])
    try await Program.with(FakePlane { $0.operation = .failure(error) }) { program in
      let result = try await program.run("start", "web")
      #expect(result.code == 1)
      #expect(
        result.errors == "error: port 80 is taken\ncause: by nginx\n  one\n  two\nhint: choose another\n")
    }
  }

  @Test func `without an agent version succeeds, others cannot reach the node`() async throws {
    try await Program.with(FakePlane()) { program in
      try FileManager.default.removeItem(atPath: program.directory.file("a.sock"))
      let version = try await program.run("version")
      #expect(version.code == 0)
      #expect(version.output.hasPrefix("mcp    \(Version.current)\nagent  not known on rift: "))
      let list = try await program.run("list")
      #expect(list.code == 5)
      #expect(list.output == "")
    }
  }

  @Test func `an interrupt waits for what the agent makes of it, a second one leaves`() async throws {
    let plane = FakePlane { $0.hangs = true }
    try await Program.with(plane) { program in
      let process = try program.start(["restart", "web"])
      try #require(await soon { plane.calls.running == 1 })
      kill(process.processIdentifier, SIGINT)
      #expect(await soon { plane.calls.wasCancelled })
      #expect(await soon { plane.calls.events.first?.follow == true })
      #expect(program.errors.contains("waiting for what the agent on rift makes of it"))
      #expect(process.isRunning)
      kill(process.processIdentifier, SIGINT)
      try #require(await soon { !process.isRunning })
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 130)
    }
  }

  @Test func `a wait that takes too long ends with 6`() async throws {
    try await Program.with(FakePlane { $0.hangs = true }) { program in
      let result = try await program.run("stop", "web", "--timeout", "200ms")
      #expect(result.code == 6)
      #expect(
        result.errors.hasPrefix("error: the stop of web took longer than 200ms\nhint: the agent finishes"))
    }
  }

  @Test func `a reader that goes away ends the program quietly`() async throws {
    let events = (1...5_000).map {
      Event(id: Int64($0), time: Sample.now, actor: .agent, kind: "exit", message: "line \($0)")
    }
    try await Program.with(FakePlane { $0.events = events }) { program in
      let line = "\(Program.path) events --json -n 5000 | head -1"
      let result = try await Command.run("/bin/sh", ["-c", line], environment: program.environment)
      #expect(result.code == 0)
      #expect(result.output.split(separator: "\n").count == 1)
      #expect(result.errors == "")
    }
  }

  @Test func `a full disk under standard output is an error`() async throws {
    try await Program.with(FakePlane { $0.services = [Sample.summary] }) { program in
      let line = "\(Program.path) list > /dev/full"
      let result = try await Command.run("/bin/sh", ["-c", line], environment: program.environment)
      #expect(result.code == 1)
      #expect(result.errors.contains("No space left on device"))
    }
  }

  @Test func `exec passes a large input on whole and returns the exit code`() async throws {
    let plane = FakePlane { $0.exec = [.stdout(Array("done\n".utf8)), .exit(17)] }
    let input = String(repeating: "0123456789abcde\n", count: 100_000)
    try await Program.with(plane) { program in
      let result = try await program.run("exec", "web/api", "--", "wc", "-c", input: input)
      #expect(result.code == 17)
      #expect(result.output == "done\n")
      let bytes = plane.calls.input.flatMap { (item) -> [UInt8] in
        if case .stdin(let bytes) = item { bytes } else { [] }
      }
      #expect(bytes == Array(input.utf8))
      #expect(plane.calls.input.last == .endOfInput)
    }
  }

  @Test func `exec on a terminal hands keys and sizes through and gives the terminal back`() async throws {
    let plane = FakePlane { $0.exec = [.stdout(Array("bye\r\n".utf8)), .exit(0)] }
    try await Program.with(plane) { program in
      let terminal = try TestTerminal(columns: 100, rows: 30)
      let process = try program.start(["exec", "web/api", "--", "sh"], stdio: terminal.secondary)
      try #require(await soon { plane.calls.execs.count == 1 && !terminal.isCooked })
      let request = try #require(plane.calls.execs.first?.request)
      #expect(request.tty && request.stdin)
      #expect(request.size == TerminalSize(columns: 100, rows: 30))
      terminal.type("\u{3}")
      try #require(await soon { plane.calls.input.contains(.stdin([3])) })
      terminal.resize(columns: 90, rows: 20)
      kill(process.processIdentifier, SIGWINCH)
      try #require(
        await soon { plane.calls.input.contains(.resize(TerminalSize(columns: 90, rows: 20))) })
      #expect(process.isRunning)
      plane.finishExec()
      try #require(await soon { !process.isRunning })
      #expect(process.terminationStatus == 0)
      #expect(terminal.isCooked)
      #expect(terminal.text.hasSuffix("bye\r\n"))
    }
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGABRT])
  func `a signal that ends exec gives the terminal back`(signal: Int32) async throws {
    let plane = FakePlane()
    try await Program.with(plane) { program in
      let terminal = try TestTerminal(columns: 80, rows: 24)
      let process = try program.start(["exec", "web/api", "--", "sh"], stdio: terminal.secondary)
      try #require(await soon { plane.calls.execs.count == 1 && !terminal.isCooked })
      kill(process.processIdentifier, signal)
      try #require(await soon { !process.isRunning })
      #expect(terminal.isCooked)
      #expect(process.terminationStatus == (signal == SIGINT ? 130 : signal))
    }
  }

  @Test func `a terminal gets progress that redraws and then the result`() async throws {
    let plane = FakePlane {
      $0.progress = [
        OperationProgress(service: "web", component: "api", phase: "stop", message: "stopping"),
        OperationProgress(service: "web", component: "api", phase: "start", message: "starting"),
      ]
    }
    try await Program.with(plane) { program in
      let terminal = try TestTerminal(columns: 80, rows: 24)
      let process = try program.start(["restart", "web"], stdio: terminal.secondary)
      try #require(await soon { !process.isRunning })
      #expect(
        terminal.text == "\r\u{1b}[Kweb/api  stopping\r\n\u{1b}[1A\r\u{1b}[Kweb/api  starting\r\n"
          + "web: deployed revision 3 (2 changed)\r\n")
    }
  }
}
