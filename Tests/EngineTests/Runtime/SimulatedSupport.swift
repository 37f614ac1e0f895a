import Engine
import Foundation
import Synchronization
import TestSupport
import Testing

/// A simulated runtime with a clock that stands still unless it is moved, and objects for it.
final class SimulatedBench: Sendable {
  static let image = "registry.example/app:1"

  let runtime: SimulatedRuntime
  private let clock: ManualClock

  init(kind: RuntimeKind = .container) {
    let clock = ManualClock()
    self.clock = clock
    runtime = SimulatedRuntime(kind: kind, now: { clock.time })
    runtime.localImages = [Self.image]
  }

  var now: Date { clock.time }

  func advance(by seconds: Double) { clock.advance(by: seconds) }

  func spec(_ component: String = "api", network: String? = nil, image: String? = image) -> InstanceSpec {
    var definition = Component(name: component, image: image)
    definition.network = network
    return InstanceSpec(
      name: "web-\(component)", aliases: [component],
      labels: InstanceLabels(
        service: "web", component: component, revision: 1, specHash: "hash", node: "node"),
      component: definition)
  }

  /// Creates and starts an object.
  func run(_ component: String = "api") async throws -> Instance {
    try await runtime.start(try await runtime.create(spec(component)).id)
  }

  /// Expects an error of a code and returns it.
  @discardableResult
  static func error(
    _ code: EngineError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
  ) async throws -> EngineError {
    var thrown: (any Error)?
    do { try await body() } catch { thrown = error }
    let error = try #require(thrown as? EngineError, sourceLocation: sourceLocation)
    #expect(error.code == code, sourceLocation: sourceLocation)
    return error
  }

  /// Takes elements until one is the last, the stream ends, or it takes too long.
  static func collect<Element: Sendable>(
    _ stream: AsyncThrowingStream<Element, any Error>,
    until isLast: @escaping @Sendable (Element) -> Bool = { _ in false }
  ) async throws -> [Element] {
    try await withThrowingTaskGroup(of: [Element].self) { group in
      group.addTask {
        var elements: [Element] = []
        for try await element in stream {
          elements.append(element)
          if isLast(element) { break }
        }
        return elements
      }
      group.addTask {
        try await Task.sleep(for: .seconds(15))
        throw EngineError(.timeout, "the stream did not end as expected")
      }
      defer { group.cancelAll() }
      return try await group.next() ?? []
    }
  }
}

private final class ManualClock: Sendable {
  private let current = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

  var time: Date { current.withLock { $0 } }

  func advance(by seconds: Double) { current.withLock { $0 += seconds } }
}
