import Engine
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Agent

@Suite struct CallTests {
  private static let now = Date(timeIntervalSince1970: 1_735_689_600.123)

  private static let status = ComponentStatus(
    service: "web", component: "api", node: "rift", runtime: .container, desired: .running,
    observed: .exited(code: 137), version: "1", image: "example.org/api:1", since: now, restarts: 2,
    revision: 3, runtimeID: "abc", pid: 42, ports: ["80:80"])

  @Test func `what is asked arrives and the answer comes back`() async throws {
    let summary = ServiceSummary(
      name: "web", node: "rift", active: true, components: ["api"], revision: 3, updatedAt: Self.now)
    let record = ServiceRecord(
      definition: ServiceDefinition(name: "web", components: [Component(name: "api", image: "a:1")]),
      revision: 3, updatedAt: Self.now, updatedBy: Actor(kind: .user, name: "alice"),
      components: [ComponentRecord(name: "api", desired: .running, specHash: "ff", revision: 3)])
    let finding = DoctorFinding(level: .failure, check: "podman", message: "gone", remedy: "install it")
    let fake = FakeControlPlane {
      $0.list = { [summary] }
      $0.ps = { _, _ in [Self.status] }
      $0.service = { _ in record }
      $0.doctor = { [finding] }
    }
    try await TestAgent.withClient(fake) { client, _ in
      #expect(try await client.list() == [summary])
      #expect(try await client.ps(service: "web", live: true) == [Self.status])
      #expect(try await client.ps(service: nil, live: false) == [Self.status])
      #expect(try await client.service("web") == record)
      #expect(try await client.doctor() == [finding])
      #expect(try await client.node() == fake.node())
      let report = try await fake.status(service: nil)
      #expect(try await client.status(service: nil) == report)
    }
    #expect(
      fake.calls == [
        .list, .ps(service: "web", live: true), .ps(service: nil, live: false), .service("web"), .doctor,
        .node, .node, .status(service: nil), .status(service: nil),
      ])
  }

  @Test func `every operation arrives as itself and brings its progress and its result`() async throws {
    let lines = (0..<5).map { OperationProgress(service: "web", phase: "pull", message: "layer \($0)") }
    let fake = FakeControlPlane {
      $0.deploy = { request, progress in
        lines.forEach(progress)
        return OperationResult(
          service: request.definition.name, primitive: "deploy", revision: 7, changed: true,
          planned: request.planOnly,
          steps: [PlannedStep(component: "api", action: "create", message: "create it")],
          warnings: ["limits ignored"], message: "deployed")
      }
      $0.sync = { request, progress in
        lines.forEach(progress)
        return SyncResult(
          results: [],
          failures: [EngineError(.conflict, "port 80 is taken", service: "web", details: ["by sshd"])])
      }
    }
    let deploy = DeployRequest(
      definition: ServiceDefinition(name: "web", components: [Component(name: "api", image: "a:1")]),
      component: "api", planOnly: true)
    let target = TargetRequest(target: Target(service: "web", component: "api"), planOnly: true)
    let sync = SyncRequest(definitions: [deploy.definition], prune: true, planOnly: true)
    try await TestAgent.withClient(fake) { client, _ in
      let seen = Mutex<[OperationProgress]>([])
      let result = try await client.deploy(deploy) { line in seen.withLock { $0.append(line) } }
      #expect(result.revision == 7 && result.planned && result.steps.count == 1)
      #expect(result.warnings == ["limits ignored"])
      #expect(seen.withLock { $0 } == lines)
      #expect(try await client.undeploy(target) { _ in }.primitive == "undeploy")
      #expect(try await client.start(target) { _ in }.primitive == "start")
      #expect(try await client.stop(target) { _ in }.primitive == "stop")
      #expect(try await client.restart(target) { _ in }.primitive == "restart")
      let end = try await client.sync(sync) { _ in }
      #expect(end.failures.first?.details == ["by sshd"])
    }
    #expect(
      fake.calls == [
        .deploy(deploy), .undeploy(target), .start(target), .stop(target), .restart(target), .sync(sync),
      ])
  }

  @Test func `a session carries input and output and ends with the exit code`() async throws {
    let fake = FakeControlPlane {
      $0.exec = { _, _ in
        let (output, continuation) = AsyncThrowingStream.makeStream(of: ExecSession.Output.self)
        return ExecSession(output: output) { input in
          switch input {
          case .stdin(let bytes): continuation.yield(.stdout(bytes))
          case .resize(let size): continuation.yield(.stderr(Array("\(size.columns)x\(size.rows)".utf8)))
          case .endOfInput:
            continuation.yield(.exit(3))
            continuation.finish()
          }
        }
      }
    }
    let target = Target(service: "web", component: "api")
    let request = ExecRequest(
      command: ["cat"], tty: true, stdin: true, user: "root", environment: ["A=b"],
      size: TerminalSize(columns: 80, rows: 24))
    // More than goes into one message on the way there or back, in one piece.
    let much = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try await TestAgent.withClient(fake) { client, _ in
      let session = try await client.exec(target, request: request)
      async let sent: Void = {
        try await session.send(.resize(TerminalSize(columns: 100, rows: 30)))
        try await session.send(.stdin(much))
        try await session.send(.endOfInput)
      }()
      var (out, err, code) = ([UInt8](), [UInt8](), Int?.none)
      for try await output in session.output {
        switch output {
        case .stdout(let bytes): out += bytes
        case .stderr(let bytes): err += bytes
        case .exit(let value): code = value
        }
      }
      try await sent
      #expect(out == much)
      #expect(err == Array("100x30".utf8))
      #expect(code == 3)
      // Input for a command that has ended is no error.
      try await session.send(.stdin([1]))
    }
    #expect(fake.calls == [.exec(target, request)])
  }

  @Test func `many sessions one after another go over one connection`() async throws {
    let fake = FakeControlPlane {
      $0.exec = { _, _ in
        ExecSession(
          output: AsyncThrowingStream {
            $0.yield(.exit(0))
            $0.finish()
          }
        ) { _ in }
      }
    }
    // HTTP/2 allows two hundred streams to be reset in half a minute.
    try await TestAgent.withClient(fake) { client, _ in
      for _ in 0..<400 {
        let session = try await client.exec(
          Target(service: "web", component: "api"), request: ExecRequest(command: ["true"]))
        for try await output in session.output { #expect(output == .exit(0)) }
      }
    }
  }

  @Test func `an answer that does not come in time is given up there`() async throws {
    var limits = RPCLimits()
    limits.answerTimeout = .milliseconds(50)
    let fake = FakeControlPlane {
      $0.list = {
        try await Task.sleep(for: .seconds(600))
        return []
      }
    }
    try await TestAgent.withClient(fake, limits: limits) { client, _ in
      let error = await #expect(throws: EngineError.self) { try await client.list() }
      #expect(error?.code == .timeout)
    }
  }

  @Test func `logs and events arrive in order and complete`() async throws {
    let count = 20_000
    let fake = FakeControlPlane {
      $0.logs = { _, _ in
        let lines = (0..<count).makeIterator()
        let source = Mutex(lines)
        return AsyncThrowingStream {
          source.withLock { $0.next() }.map {
            LogLine(component: "api", time: Self.now, stream: .stderr, text: "line \($0)")
          }
        }
      }
      $0.events = { query in
        AsyncThrowingStream { continuation in
          for id in 1...count {
            continuation.yield(
              Event(id: Int64(id), time: Self.now, actor: .agent, kind: "exit", message: "m"))
          }
          continuation.finish()
        }
      }
    }
    let target = Target(service: "web")
    let options = LogOptions(follow: true, tail: 5, since: Self.now)
    let query = EventQuery(service: "web", since: Self.now, afterID: 9, limit: 4, follow: true)
    try await TestAgent.withClient(fake) { client, _ in
      var lines: [String] = []
      for try await line in client.logs(target, options: options) { lines.append(line.text) }
      #expect(lines == (0..<count).map { "line \($0)" })
      var ids: [Int64] = []
      for try await event in client.events(query) { ids.append(event.id) }
      #expect(ids == Array(1...Int64(count)))
    }
    #expect(fake.calls == [.logs(target, options), .events(query)])
  }

  @Test func `a line that is too long for a message comes in pieces`() async throws {
    let text = String(repeating: "abcdé漢🐙", count: 100_000)
    let fake = FakeControlPlane {
      $0.logs = { _, _ in
        AsyncThrowingStream {
          $0.yield(LogLine(time: nil, stream: .stdout, text: text))
          $0.finish()
        }
      }
    }
    try await TestAgent.withClient(fake) { client, _ in
      var received = ""
      let lines = client.logs(Target(service: "web"), options: LogOptions())
      for try await line in lines { received += line.text }
      #expect(received == text)
    }
  }

  @Test(arguments: EngineError.Code.allCases)
  func `an error arrives as it was thrown, whatever the call`(code: EngineError.Code) async throws {
    let thrown = EngineError(
      code, "what happened — ünïcode", cause: "because", hint: "do this", service: "web", component: "api",
      details: (0..<20).map { "line \($0)" })
    let fake = FakeControlPlane {
      $0.list = { throw thrown }
      $0.deploy = { _, progress in
        progress(OperationProgress(service: "web", phase: "pull", message: "first"))
        throw thrown
      }
      $0.logs = { _, _ in
        AsyncThrowingStream {
          $0.yield(LogLine(time: nil, stream: .stdout, text: "one"))
          $0.finish(throwing: thrown)
        }
      }
      $0.exec = { _, _ in throw thrown }
    }
    try await TestAgent.withClient(fake) { client, _ in
      var errors: [EngineError?] = []
      errors.append(await #expect(throws: EngineError.self) { try await client.list() })
      let request = DeployRequest(definition: ServiceDefinition(name: "web"))
      errors.append(await #expect(throws: EngineError.self) { try await client.deploy(request) { _ in } })
      let target = Target(service: "web", component: "api")
      let exec = ExecRequest(command: ["x"])
      errors.append(
        await #expect(throws: EngineError.self) { try await client.exec(target, request: exec) })
      var lines: [String] = []
      errors.append(
        await #expect(throws: EngineError.self) {
          for try await line in client.logs(target, options: LogOptions()) { lines.append(line.text) }
        })
      #expect(lines == ["one"])
      #expect(errors == Array(repeating: thrown, count: 4))
    }
  }

  @Test func `an error that is none of the engine's is internal and told`() async throws {
    struct Odd: Error {}
    let fake = FakeControlPlane { $0.list = { throw Odd() } }
    try await TestAgent.withClient(fake) { client, _ in
      let error = await #expect(throws: EngineError.self) { try await client.list() }
      #expect(error?.code == .internalError)
      #expect(error?.cause?.contains("Odd") == true)
    }
  }

  @Test func `a request that is wrong does not reach the control plane`() async throws {
    let fake = FakeControlPlane()
    try await TestAgent.withClient(fake) { client, _ in
      let errors = [
        await #expect(throws: EngineError.self) { try await client.service("../etc") },
        await #expect(throws: EngineError.self) {
          try await client.start(TargetRequest(target: Target(service: "A b"))) { _ in }
        },
        await #expect(throws: EngineError.self) {
          try await client.exec(Target(service: "A b"), request: ExecRequest(command: ["sh"]))
        },
        await #expect(throws: EngineError.self) {
          try await client.exec(Target(service: "web", component: "api"), request: ExecRequest(command: []))
        },
      ]
      #expect(errors.allSatisfy { $0?.code == .invalidArgument })
    }
    #expect(fake.calls.isEmpty)
  }

  @Test func `a request that is larger than a message is refused before it is sent`() async throws {
    var component = Component(name: "api", image: "a:1")
    component.command = [String(repeating: "x", count: 17 * 1024 * 1024)]
    let request = DeployRequest(definition: ServiceDefinition(name: "web", components: [component]))
    let fake = FakeControlPlane()
    try await TestAgent.withClient(fake) { client, _ in
      let error = await #expect(throws: EngineError.self) { try await client.deploy(request) { _ in } }
      #expect(error?.code == .resourceExhausted)
      var fits = request
      fits.definition.components[0].command = [String(repeating: "x", count: 5 * 1024 * 1024)]
      let result = try await client.deploy(fits) { _ in }
      #expect(result.primitive == "deploy")
    }
    #expect(fake.calls.count == 1)
  }
}
