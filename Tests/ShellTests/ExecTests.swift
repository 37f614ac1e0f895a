import Engine
import Foundation
import TestSupport
import Testing

@testable import Shell

@Suite struct ExecTests {
  private func plane(_ output: [ExecSession.Output]) -> FakePlane { FakePlane { $0.exec = output } }

  private func withExec(
    _ plane: FakePlane, terminal: Bool = false, inputTerminal: Bool? = nil, input: [String] = [],
    _ body: (Harness) async throws -> Void
  ) async throws {
    try await TemporaryDirectory.with { directory in
      try await body(
        try Harness(
          [("rift", plane)], in: directory, terminal: terminal, inputTerminal: inputTerminal, input: input,
          environment: ["TERM": "xterm-256color"]))
    }
  }

  @Test func `the command's output and exit code are this program's`() async throws {
    let plane = plane([.stdout(Array("out\n".utf8)), .stderr(Array("err\n".utf8)), .exit(42)])
    try await withExec(plane) { harness in
      let outcome = await harness.run(
        "exec", "web/api", "-u", "app", "-e", "A=b", "--", "sh", "-c", "exit 42")
      #expect(outcome.status == 42)
      #expect(outcome.output == "out\n")
      #expect(outcome.errors == "err\n")
      let request = try #require(plane.calls.execs.first?.request)
      #expect(request.command == ["sh", "-c", "exit 42"])
      #expect(request.user == "app")
      #expect(request.environment == ["A=b"])
    }
  }

  @Test func `input that is no terminal is passed on to its end`() async throws {
    let plane = plane([.exit(0)])
    try await withExec(plane, input: ["one", "two"]) { harness in
      #expect(await harness.run("exec", "web/api", "--", "cat").status == 0)
      let request = try #require(plane.calls.execs.first?.request)
      #expect(request.stdin && !request.tty)
      #expect(plane.calls.input == [.stdin(Array("one".utf8)), .stdin(Array("two".utf8)), .endOfInput])
    }
  }

  @Test func `on a terminal the command gets one`() async throws {
    let plane = plane([.exit(0)])
    try await withExec(plane, terminal: true) { harness in
      #expect(await harness.run("exec", "web/api", "--", "sh").status == 0)
      let request = try #require(plane.calls.execs.first?.request)
      #expect(request.tty && request.stdin)
      #expect(request.size == TerminalSize(columns: 80, rows: 24))
      #expect(request.environment == ["TERM=xterm-256color"])
      #expect(await harness.run("exec", "-T", "web/api", "--", "sh").status == 0)
      let plain = try #require(plane.calls.execs.last?.request)
      #expect(!plain.tty && !plain.stdin && plain.size == nil)
      #expect(await harness.run("exec", "-T", "-i", "web/api", "--", "sh").status == 0)
      #expect(plane.calls.execs.last?.request.stdin == true)
    }
  }

  @Test func `output to a file gets no terminal although input is one`() async throws {
    let plane = plane([.exit(0)])
    try await withExec(plane, terminal: false, inputTerminal: true) { harness in
      #expect(await harness.run("exec", "web/api", "--", "cat", "/etc/hosts").status == 0)
      let request = try #require(plane.calls.execs.first?.request)
      #expect(!request.tty && !request.stdin)
    }
  }

  @Test func `a connection that ends before the command is no success`() async throws {
    try await withExec(plane([.stdout([0x61])])) { harness in
      let outcome = await harness.run("exec", "web/api", "--", "sh")
      #expect(outcome.status == 5)
      #expect(outcome.output == "a")
      #expect(outcome.errors.contains("ended before the command did"))
    }
  }

  @Test func `raw mode is entered and left on a real terminal`() throws {
    var (primary, secondary) = (Int32(0), Int32(0))
    try #require(openpty(&primary, &secondary, nil, nil, nil) == 0)
    defer {
      close(primary)
      close(secondary)
    }
    func isCanonical() -> Bool {
      var settings = termios()
      return tcgetattr(secondary, &settings) == 0 && settings.c_lflag & tcflag_t(ICANON | ECHO) != 0
    }
    #expect(isCanonical())
    #expect(RawMode.enter(secondary))
    #expect(!isCanonical())
    RawMode.leave()
    #expect(isCanonical())
    RawMode.leave()
    #expect(!RawMode.enter(-1))
  }
}
