internal import Foundation
internal import Testing

@testable import Engine

@Suite struct RegistryConcurrencyTests {
  @Test func `a hundred services deploy side by side`() async throws {
    try await RegistryFixture.with { _, registry in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<100 {
          group.addTask {
            let name = "s-\(number)"
            let port = PortMapping(hostPort: 10_000 + number, containerPort: 80)
            let operation = try await registry.begin(
              "deploy", name, ServiceDefinition.sample(name, ports: [port]).change)
            for sequence in 0..<3 {
              let step = PlannedStep(component: "api", action: "create", message: "\(sequence)")
              try await registry.stepStarted(operation: operation.id, sequence: sequence, step: step)
              try await registry.stepFinished(
                operation: operation.id, sequence: sequence, outcome: .done, runtimeID: "\(number)")
            }
            let event = Event(
              time: Date(), actor: .agent, service: name, kind: "deploy", message: "done")
            _ = try await registry.finish(
              operation: operation.id, outcome: number.isMultiple(of: 4) ? .undone : .done, events: [event])
          }
        }
        try await group.waitForAll()
      }
      #expect(try await registry.services().count == 75)
      #expect(try await registry.portClaims().count == 75)
      #expect(try await registry.unfinishedOperations().isEmpty)
      #expect(try await registry.events(EventQuery()).map(\.id) == Array(1...100))
      try registry.check()
    }
  }

  @Test func `of many who want one service or one port, one gets it`() async throws {
    try await RegistryFixture.with { _, registry in
      let port = PortMapping(hostPort: 80, containerPort: 80)
      let codes = await withTaskGroup(of: EngineError.Code?.self) { group in
        for number in 0..<60 {
          group.addTask {
            let name = number < 30 ? "one" : "s-\(number)"
            let definition = ServiceDefinition.sample(name, ports: number < 30 ? [] : [port])
            return await engineError { _ = try await registry.begin("deploy", name, definition.change) }?.code
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(codes.count { $0 == nil } == 2)
      #expect(codes.count { $0 == .conflict } == 58)
      let begun = try await registry.unfinishedOperations()
      #expect(begun.count == 2)
    }
  }

  @Test func `a cancelled task's write is carried out`() async throws {
    try await RegistryFixture.with { _, registry in
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        let operation = try await registry.begin("deploy", "web", ServiceDefinition.sample("web").change)
        let event = Event(time: Date(), actor: .agent, kind: "deploy", message: "done")
        _ = try await registry.finish(operation: operation.id, outcome: .done, events: [event])
        return try await registry.services()
      }
      let services = try await task.value
      #expect(services.count == 1)
      #expect(try await registry.events(EventQuery()).count == 1)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `waiting for the disk holds up nobody else`() async throws {
    try await RegistryFixture.with { _, registry in
      let gate = DispatchSemaphore(value: 0)
      let blocked = Task {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for number in 0..<64 {
            group.addTask {
              try await registry.write("test") { _ in
                if number == 0 { gate.wait() }
              }
            }
          }
          try await group.waitForAll()
        }
      }
      // More waiting writers than there are threads for tasks: this one still gets to run.
      await Task.detached { _ = gate.signal() }.value
      try await blocked.value
    }
  }
}
