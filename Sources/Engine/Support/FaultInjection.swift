internal import Foundation

#if canImport(Glibc)
  internal import Glibc
#endif

/// Makes the agent fail at a named point of an operation, for tests.
///
/// Does nothing in release builds.
///
/// `MCP_FAULT=<step>.<point>[:nth]` names the step's action (`create`, `start`, `begin` …), the point
/// (`before`, `started`, `effect`, `finished`) and which time it is reached, counted from 1.
/// `MCP_FAULT_ACTION` is what happens: `kill` (the default), `fail` or `hang`.
struct FaultInjection: Sendable {
  /// Where in a step a fault can happen.
  enum Point: String, CaseIterable {
    /// Before the journal knows of the step.
    case before
    /// The journal says that the step has begun; nothing has happened yet.
    case started
    /// It has happened; the journal does not say so yet.
    case effect
    /// The journal says that it has happened.
    case finished
  }

  #if DEBUG
    private enum Action: String { case kill, fail, hang }
    private let place: String
    private let nth: Int
    private let action: Action
    private let counter = Counter()

    private actor Counter {
      var reached = 0
      func next() -> Int {
        reached += 1
        return reached
      }
    }

    /// Reads the fault from the environment; `nil` where none is asked for.
    init?(environment: [String: String]) {
      guard let text = environment["MCP_FAULT"], !text.isEmpty else { return nil }
      let parts = text.split(separator: ":", maxSplits: 1)
      place = parts.first.map(String.init) ?? ""
      nth = parts.count > 1 ? Int(parts[1]) ?? 1 : 1
      action = environment["MCP_FAULT_ACTION"].flatMap(Action.init(rawValue:)) ?? .kill
    }

    /// Fails here if this is the place.
    func reach(_ action: String, _ point: Point) async throws {
      guard place == "\(action).\(point.rawValue)", await counter.next() == nth else { return }
      switch self.action {
      case .kill:
        kill(getpid(), SIGKILL)
      case .fail:
        throw EngineError(.operationFailed, "the fault \(place) was injected")
      case .hang:
        try await Task.sleep(for: .seconds(3600))
      }
    }
  #else
    /// Release builds know no faults.
    init?(environment: [String: String]) { nil }

    /// Does nothing.
    func reach(_ action: String, _ point: Point) async throws {}
  #endif
}
