import Engine
import Foundation
import Synchronization

/// Finds out what became of an operation whose command was interrupted.
final class OperationOutcomeSearch: Sendable {
  /// How long an operation may take to be finished or taken back.
  static let patience = Duration.seconds(600)
  /// By how much the clocks of a node and of this machine may differ.
  private static let skew = 5.0

  let subject: String
  let service: String?
  let node: NodeAddress
  private let began: Date
  private let asked = Mutex(false)

  init(subject: String, service: String?, node: NodeAddress, began: Date) {
    self.subject = subject
    self.service = service
    self.node = node
    self.began = began
  }

  /// Notes that the agent was reached: only then it can have begun something.
  func markAsked() { asked.withLock { $0 = true } }

  /// Whether the agent was reached.
  var wasAsked: Bool { asked.withLock { $0 } }

  /// Waits for the event that ends the operation.
  func find(in plane: any ControlPlane) async throws -> Event? {
    let query = EventQuery(service: service, since: began - Self.skew, follow: true)
    let peer = "pid=\(ProcessInfo.processInfo.processIdentifier)"
    for try await event in plane.events(query)
    where event.details["result"] != nil && event.details["peer"]?.hasSuffix(peer) == true {
      return event
    }
    return nil
  }
}

extension Session {
  /// Says how an interrupted operation ended.
  func tell(_ search: OperationOutcomeSearch) async {
    guard search.wasAsked else {
      console.error("\(search.subject): nothing was begun, the agent had not been asked yet\n")
      return
    }
    // Not a child of the command's task, which is cancelled.
    let task = Task { () async throws -> Event? in
      try await withPlane(
        on: search.node,
        limit: TimeLimit(
          duration: OperationOutcomeSearch.patience, subject: "finding out what became of \(search.subject)",
          hint: Self.fate(of: search.service))
      ) { try await search.find(in: $0) }
    }
    do {
      guard let event = try await task.value else {
        throw EngineError(
          .unavailable,
          "what became of \(search.subject) is not known: the agent on \(search.node.name) ended",
          hint: Self.fate(of: search.service))
      }
      let fate =
        switch event.details["result"] {
        case "done": "was finished"
        case "cancelled": "was cancelled"
        default: "failed"
        }
      console.error("\(search.subject) \(fate): \(Printable.line(event.message))\n")
    } catch {
      report(EngineError.wrap(error))
    }
  }
}
