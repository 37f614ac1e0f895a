import Engine
import Foundation
import TestSupport

/// A control plane in which everything waits until it is cancelled or released.
struct WaitingPlane: Sendable {
  let begun = Flag()
  let cancelled = Flag()
  let release = Flag()

  func wait() async throws {
    begun.set()
    do {
      while !release.isSet { try await Task.sleep(for: .milliseconds(5)) }
    } catch {
      cancelled.set()
      throw EngineError(.cancelled, "the wait ended")
    }
  }

  var plane: FakeControlPlane {
    FakeControlPlane {
      let result = OperationResult(
        service: "web", primitive: "deploy", revision: 1, changed: true, message: "done")
      $0.deploy = { _, progress in
        progress(OperationProgress(service: "web", phase: "pull", message: "pulling"))
        try await wait()
        return result
      }
      $0.list = {
        try await wait()
        return []
      }
      $0.events = { _ in
        AsyncThrowingStream { continuation in
          func event(_ id: Int64) -> Event {
            Event(id: id, time: Date(), actor: .agent, kind: "exit", message: "m")
          }
          let second = Task {
            try await release.wait()
            continuation.yield(event(2))
          }
          continuation.onTermination = { _ in
            second.cancel()
            cancelled.set()
          }
          continuation.yield(event(1))
          begun.set()
        }
      }
      $0.exec = { _, _ in
        ExecSession(
          output: AsyncThrowingStream { continuation in
            continuation.onTermination = { _ in cancelled.set() }
            continuation.yield(.stdout([1]))
            begun.set()
          }
        ) { _ in }
      }
    }
  }
}
