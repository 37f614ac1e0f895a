import Engine
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Agent

@Suite struct CancellationTests {
  private static let request = DeployRequest(definition: ServiceDefinition(name: "web"))

  @Test func `cancelling a deploy ends it here and is passed on there`() async throws {
    let waiting = WaitingPlane()
    try await TestAgent.withClient(waiting.plane) { client, _ in
      let task = Task { try await client.deploy(Self.request) { _ in } }
      try await waiting.begun.wait()
      task.cancel()
      let error = await #expect(throws: EngineError.self) { try await task.value }
      #expect(error?.code == .cancelled)
      #expect(error?.hint?.contains("mcp events --service web") == true)
      try await waiting.cancelled.wait()
    }
  }

  @Test func `cancelling a question ends it here and is passed on there`() async throws {
    let waiting = WaitingPlane()
    try await TestAgent.withClient(waiting.plane) { client, _ in
      let task = Task { try await client.list() }
      try await waiting.begun.wait()
      task.cancel()
      let error = await #expect(throws: EngineError.self) { try await task.value }
      #expect(error?.code == .cancelled)
      try await waiting.cancelled.wait()
    }
  }

  @Test func `a stream that is dropped ends at its source`() async throws {
    let waiting = WaitingPlane()
    try await TestAgent.withClient(waiting.plane) { client, _ in
      do {
        var events = client.events(EventQuery(follow: true)).makeAsyncIterator()
        #expect(try await events.next()?.id == 1)
      }
      try await waiting.cancelled.wait("the source ends")
    }
  }

  @Test func `a stream whose reader is cancelled ends at its source`() async throws {
    let waiting = WaitingPlane()
    try await TestAgent.withClient(waiting.plane) { client, _ in
      let task = Task { for try await _ in client.events(EventQuery(follow: true)) {} }
      try await waiting.begun.wait()
      task.cancel()
      _ = await task.result
      try await waiting.cancelled.wait("the source ends")
    }
  }

  @Test func `a session whose output is dropped ends at its source`() async throws {
    let waiting = WaitingPlane()
    try await TestAgent.withClient(waiting.plane) { client, _ in
      do {
        let session = try await client.exec(
          Target(service: "web", component: "api"), request: ExecRequest(command: ["sh"]))
        for try await output in session.output {
          #expect(output == .stdout([1]))
          break
        }
      }
      try await waiting.cancelled.wait("the source ends")
    }
  }

  @Test func `a connection ends with its scope, with what was left running on it`() async throws {
    let waiting = WaitingPlane()
    try await TestAgent.with(waiting.plane) { agent in
      let left = try await RemoteControlPlane.withConnection(to: agent.address) { client in
        let task = Task { try await client.deploy(Self.request) { _ in } }
        try await waiting.begun.wait()
        return task
      }
      let error = await #expect(throws: EngineError.self) { try await left.value }
      #expect(error?.code == .unavailable)
      #expect(error?.hint?.contains("mcp events") == true)
      try await waiting.cancelled.wait()
      try await eventually("the connection is forgotten") {
        agent.server.connections.count(.user(geteuid())) == 0
      }
    }
  }

  @Test func `an agent that dies during a deploy leaves the question where to look`() async throws {
    let waiting = WaitingPlane()
    let directory = try TemporaryDirectory()
    defer { directory.remove() }
    let server = try RPCServer(
      socketPath: directory.file("agent.sock"), policy: LocalPeerPolicy(), plane: { _ in waiting.plane },
      audit: { _ in }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let running = Task { try await server.run() }
    let address = AgentAddress.unix(path: directory.file("agent.sock"))
    let error = try await RemoteControlPlane.withConnection(to: address) { client in
      let deploy = Task { try await client.deploy(Self.request) { _ in } }
      try await waiting.begun.wait()
      running.cancel()
      _ = await running.result
      return await #expect(throws: EngineError.self) { try await deploy.value }
    }
    #expect(error?.code == .unavailable)
    #expect(error?.hint?.contains("mcp events") == true)
    let again = await #expect(throws: EngineError.self) {
      try await RemoteControlPlane.withConnection(to: address) { _ in }
    }
    #expect(again?.code == .unavailable)
  }

  @Test func `a graceful shutdown finishes operations and ends streams`() async throws {
    let waiting = WaitingPlane()
    let events = Flag()
    let plane = waiting.plane
    try await TestAgent.with(plane) { agent in
      try await RemoteControlPlane.withConnection(to: agent.address) { client in
        async let deploy = client.deploy(Self.request) { _ in }
        async let watched: EngineError? = {
          do {
            for try await _ in client.events(EventQuery(follow: true)) { events.set() }
            return nil
          } catch { return error as? EngineError }
        }()
        try await events.wait("an event is seen")
        try await waiting.begun.wait()
        agent.server.beginGracefulShutdown()
        let end = await watched
        #expect(end?.code == .unavailable)
        #expect(end?.message.contains("shutting down") == true)
        #expect(!waiting.release.isSet)
        waiting.release.set()
        #expect(try await deploy.message == "done")
      }
    }
  }

  @Test func `a server that is to end before it has begun ends well`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("agent.sock")
      let server = try RPCServer(
        socketPath: path, policy: LocalPeerPolicy(), plane: { _ in FakeControlPlane() },
        audit: { _ in }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      server.beginGracefulShutdown()
      try await server.run()
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test func `progress of an operation is bounded and its result never lost`() async throws {
    let lines = 100_000
    let fake = FakeControlPlane {
      $0.deploy = { _, progress in
        for number in 0..<lines {
          progress(OperationProgress(service: "web", phase: "pull", message: "\(number)"))
        }
        return OperationResult(
          service: "web", primitive: "deploy", revision: 9, changed: true, message: "done")
      }
    }
    try await TestAgent.withClient(fake) { client, _ in
      let seen = Mutex<[Int]>([])
      let result = try await client.deploy(Self.request) { line in
        seen.withLock { $0.append(Int(line.message) ?? -1) }
      }
      #expect(result.revision == 9)
      let numbers = seen.withLock { $0 }
      #expect(numbers == numbers.sorted())
      #expect(numbers.last == lines - 1)
    }
  }

  @Test func `a slow reader of a stream slows its source down`() async throws {
    let produced = Mutex(0)
    let fake = FakeControlPlane {
      $0.logs = { _, _ in
        AsyncThrowingStream {
          let number = produced.withLock { count in
            count += 1
            return count
          }
          let text = "\(number) " + String(repeating: "x", count: 4_000)
          return LogLine(time: nil, stream: .stdout, text: text)
        }
      }
    }
    try await TestAgent.withClient(fake) { client, _ in
      var lines = client.logs(Target(service: "web"), options: LogOptions(follow: true)).makeAsyncIterator()
      _ = try await lines.next()
      // Goes on until every buffer on the way is full: then the count stands still.
      var last = -1
      try await eventually("the source waits") {
        let before = last
        last = produced.withLock { $0 }
        guard before == last else {
          try? await Task.sleep(for: .milliseconds(300))
          return false
        }
        return true
      }
      // Two megabytes in the transport's windows and less than two thousand lines in ours.
      #expect(last < 10_000)
      for _ in 0..<(last + 1_000) { _ = try await lines.next() }
    }
  }
}
