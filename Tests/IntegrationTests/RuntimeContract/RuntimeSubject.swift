import Engine
import Foundation
import TestSupport
import Testing

/// A runtime that the contract is checked on, and what its tests need to know of it.
struct RuntimeSubject: Sendable, CustomTestStringConvertible {
  /// Its name in the tests' output.
  var name: String
  /// Whether it can be used here.
  var isEnabled: @Sendable () async -> Bool
  /// Runs a test with a driver and removes afterwards what the test made.
  var with: @Sendable (@Sendable (RuntimeBench) async throws -> Void) async throws -> Void

  var testDescription: String { name }

  /// The runtimes there are; a new driver is added here and nowhere else.
  static let all = [podman, qemu]

  static let qemu = RuntimeSubject(name: "qemu", isEnabled: { await QEMUEnvironment.isUsable() }) { body in
    try await QEMUFixture.with { fixture in
      try await body(
        RuntimeBench(
          runtime: fixture.runtime, node: fixture.node, image: QEMUEnvironment.image,
          anotherRuntime: { fixture.anotherRuntime() },
          spec: { component, work in
            switch work {
            case .idle: fixture.spec(component, "idle")
            case .stubborn: fixture.spec(component, "stubborn")
            case .exit(let code): fixture.spec(component, "exit=\(code)")
            case .say(let lines):
              fixture.spec(
                component, "say=" + lines.joined(separator: "|").replacing(" ", with: "_"))
            case .brokenStart: fixture.spec(component, "idle") { $0.unikernel?.kernel = "/broken" }
            }
          }))
    }
  }

  static let podman = RuntimeSubject(name: "podman", isEnabled: { await PodmanEnvironment.isUsable() }) {
    body in
    try await PodmanFixture.with { fixture in
      try await body(
        RuntimeBench(
          runtime: fixture.runtime, node: fixture.node, image: TestImage.one,
          anotherRuntime: { fixture.anotherRuntime() },
          spec: { component, work in
            let command: [String] =
              switch work {
              case .idle: PodmanFixture.idle
              case .stubborn: PodmanFixture.stubborn
              case .exit(let code): ["sh", "-c", "exit \(code)"]
              case .say(let lines): ["printf", "%s\\n"] + lines
              case .brokenStart: ["/no/such/program"]
              }
            return fixture.spec(component, command: command)
          }))
    }
  }
}

/// A driver under test with the objects that it can be given.
struct RuntimeBench: Sendable {
  /// What an object does when it is started.
  enum Work: Sendable {
    /// Runs until it is asked to stop, and ends at once then.
    case idle
    /// Runs, and pays no attention when it is asked to stop.
    case stubborn
    /// Ends by itself with that code.
    case exit(Int)
    /// Writes these lines and ends.
    case say([String])
    /// Cannot be started.
    case brokenStart
  }

  var runtime: any Runtime
  /// The node whose objects they are.
  var node: String
  /// An image that is there.
  var image: String
  /// A driver as a later agent would make it, which knows nothing of what the first one did.
  var anotherRuntime: @Sendable () -> any Runtime
  /// A specification whose name is unique to the test and the component.
  var spec: @Sendable (_ component: String, _ work: Work) -> InstanceSpec

  /// Creates and starts an object.
  func run(_ component: String = "api", _ work: Work = .idle) async throws -> Instance {
    try await runtime.start(try await runtime.create(spec(component, work)).id)
  }

  /// Waits until an object is in a state.
  func settles(_ id: String, _ state: ObservedState) async throws -> Bool {
    try await eventually { try await runtime.inspect(id).state == state }
  }
}

/// Expects an error of a code and returns it.
func expectError(
  _ code: EngineError.Code, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () async throws -> Void
) async -> EngineError? {
  do {
    try await body()
    Issue.record("no error was thrown, expected \(code)", sourceLocation: sourceLocation)
    return nil
  } catch let error as EngineError {
    #expect(error.code == code, comment ?? "\(error)", sourceLocation: sourceLocation)
    return error
  } catch {
    Issue.record("not an engine error: \(error)", sourceLocation: sourceLocation)
    return nil
  }
}

/// Collects a stream until an element fulfils `isLast`, it ends, or the deadline has passed.
func collect<Element: Sendable>(
  _ stream: AsyncThrowingStream<Element, any Error>, within deadline: Duration = .seconds(30),
  until isLast: @escaping @Sendable (Element) -> Bool = { _ in false }
) async throws -> [Element] {
  try await withThrowingTaskGroup(of: [Element]?.self) { group in
    group.addTask {
      var elements: [Element] = []
      for try await element in stream {
        elements.append(element)
        if isLast(element) { break }
      }
      return elements
    }
    group.addTask {
      try await Task.sleep(for: deadline)
      return nil
    }
    defer { group.cancelAll() }
    guard let first = try await group.next(), let elements = first else {
      throw EngineError(.timeout, "the stream did not end as expected")
    }
    return elements
  }
}
