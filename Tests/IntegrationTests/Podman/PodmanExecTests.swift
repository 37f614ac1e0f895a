import Engine
import Foundation
import TestSupport
import Testing

/// Commands in containers.
@Suite(.requiresPodman) struct PodmanExecTests {
  @Test func `input goes in, its end is seen, output comes back`() async throws {
    try await Self.withContainer { fixture, id in
      let session = try await fixture.runtime.exec(
        id, request: ExecRequest(command: ["sh", "-c", "wc -c; exit 4"], stdin: true))
      // More than any buffer on the way holds.
      let chunk = [UInt8](repeating: 65, count: 100_000)
      let reading = Task { try await collect(session.output) }
      for _ in 0..<20 { try await session.send(.stdin(chunk)) }
      try await session.send(.endOfInput)
      #expect(try await reading.value == [.stdout(Array("2000000\n".utf8)), .exit(4)])
    }
  }

  @Test func `much output comes complete to a slow reader`() async throws {
    try await Self.withContainer { fixture, id in
      let session = try await fixture.runtime.exec(
        id, request: ExecRequest(command: ["sh", "-c", "head -c 3000000 /dev/zero; exit 6"]))
      var count = 0
      var code: Int?
      for try await output in session.output {
        switch output {
        case .stdout(let bytes):
          count += bytes.count
          try await Task.sleep(for: .milliseconds(1))
        case .stderr(let bytes): Issue.record("\(String(decoding: bytes, as: UTF8.self))")
        case .exit(let exit): code = exit
        }
      }
      #expect(count == 3_000_000)
      #expect(code == 6)
    }
  }

  @Test func `a terminal has a size that changes, and an end of input`() async throws {
    try await Self.withContainer { fixture, id in
      let script = "stty size; read line; stty size; cat; exit 7"
      let session = try await fixture.runtime.exec(
        id,
        request: ExecRequest(
          command: ["sh", "-c", script], tty: true, stdin: true, size: TerminalSize(columns: 90, rows: 30)))
      var text = ""
      var steps = ["30 90", "40 120", "hello\r\nhello"]
      var code: Int?
      for try await output in session.output {
        switch output {
        case .stdout(let bytes): text += String(decoding: bytes, as: UTF8.self)
        case .stderr: Issue.record("a terminal has no standard error")
        case .exit(let exit): code = exit
        }
        guard let step = steps.first, text.contains(step) else { continue }
        steps.removeFirst()
        switch steps.count {
        case 2:
          try await session.send(.resize(TerminalSize(columns: 120, rows: 40)))
          try await session.send(.stdin(Array("go on\n".utf8)))
        case 1: try await session.send(.stdin(Array("hello\n".utf8)))
        default: try await session.send(.endOfInput)
        }
      }
      #expect(steps.isEmpty, "\(text)")
      #expect(code == 7)
    }
  }

  @Test func `user and environment are those that were asked for`() async throws {
    try await Self.withContainer { fixture, id in
      let session = try await fixture.runtime.exec(
        id,
        request: ExecRequest(
          command: ["sh", "-c", "id -u; echo $GREETING"], user: "33", environment: ["GREETING=a=b c"]))
      let output = try await collect(session.output)
      #expect(Self.text(output) == "33\na=b c\n")
      #expect(output.last == .exit(0))
    }
  }

  @Test func `a command that is not there ends with 127 and says so`() async throws {
    try await Self.withContainer { fixture, id in
      let session = try await fixture.runtime.exec(id, request: ExecRequest(command: ["/no/such/program"]))
      let output = try await collect(session.output)
      #expect(output.last == .exit(127))
      #expect(Self.text(output, errors: true).contains("/no/such/program"))
    }
  }

  @Test func `a command that ends its container says that it ended with it`() async throws {
    try await PodmanFixture.with { fixture in
      let instance = try await fixture.run(fixture.spec { $0.restart = .unlessStopped })
      let session = try await fixture.runtime.exec(
        instance.id, request: ExecRequest(command: ["sh", "-c", "kill 1; sleep 30"]))
      do {
        for try await output in session.output {
          guard case .exit(let code) = output else { continue }
          #expect(code != 0, "where podman still knows: it was killed")
        }
      } catch let error as EngineError {
        #expect(error.code == .operationFailed)
        #expect(error.message.contains("the container ended"), "\(error)")
      }
    }
  }

  @Test func `a container that does not run refuses commands`() async throws {
    try await PodmanFixture.with { fixture in
      let id = try await fixture.runtime.create(fixture.spec()).id
      let request = ExecRequest(command: ["true"])
      _ = await expectError(.failedPrecondition) { _ = try await fixture.runtime.exec(id, request: request) }
      _ = await expectError(.invalidArgument) {
        _ = try await fixture.runtime.exec(id, request: ExecRequest(command: []))
      }
    }
  }

  @Test(arguments: [false, true])
  func `dropping a session ends its command`(tty: Bool) async throws {
    try await Self.withContainer { fixture, id in
      let marker = "\(Int.random(in: 100_000...999_999))"
      var session: ExecSession? = try await fixture.runtime.exec(
        id, request: ExecRequest(command: ["sh", "-c", "echo up; sleep \(marker)"], tty: tty, stdin: tty))
      let reading = Task { [output = session?.output] in
        guard let output else { return }
        for try await _ in output {}
      }
      #expect(try await eventually { try await Self.isRunning("sleep \(marker)", in: id, fixture) })
      session = nil
      reading.cancel()
      #expect(try await eventually { try await !Self.isRunning("sleep \(marker)", in: id, fixture) })
    }
  }

  @Test func `a finished session leaves nothing behind`() async throws {
    try await Self.withContainer { fixture, id in
      for _ in 0..<3 {
        let session = try await fixture.runtime.exec(id, request: ExecRequest(command: ["true"]))
        #expect(try await collect(session.output) == [.exit(0)])
      }
      #expect(
        try await eventually {
          let sessions = try await fixture.podman("inspect", "--format", "{{len .ExecIDs}}", id).output
          return sessions == "0\n" && Self.monitors(of: id).isEmpty
        })
    }
  }

  private static func withContainer(_ body: @Sendable (PodmanFixture, String) async throws -> Void)
    async throws
  {
    try await PodmanFixture.with { fixture in
      try await body(fixture, try await fixture.run(fixture.spec { $0.network = "none" }).id)
    }
  }

  /// The processes that podman keeps for sessions of a container.
  private static func monitors(of id: String) -> [Processes.Entry] {
    Processes.find { $0.contains("--exec-attach") && $0.contains(id) }
  }

  private static func isRunning(_ command: String, in id: String, _ fixture: PodmanFixture) async throws
    -> Bool
  {
    try await fixture.podman("top", id, "args").output.contains(command)
  }

  private static func text(_ output: [ExecSession.Output], errors: Bool = false) -> String {
    let bytes = output.flatMap { part -> [UInt8] in
      switch part {
      case .stdout(let bytes): errors ? [] : bytes
      case .stderr(let bytes): errors ? bytes : []
      case .exit: []
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
