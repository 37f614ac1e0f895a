import Engine
import Foundation
import Synchronization
import TestSupport

@testable import Shell

/// How one command line ended.
struct Outcome {
  var status: Int32
  var output: String
  var errors: String
}

/// Runs command lines in this process, with control planes, terminal and clock of the test's choice.
final class Harness: Sendable {
  let directory: TemporaryDirectory
  let interruption: Interruption
  private let planes: [(name: String, plane: FakePlane)]
  private let captured = Mutex((output: [UInt8](), errors: [UInt8]()))
  private let answers: Mutex<[String]>
  private let input: Mutex<[[UInt8]]>
  private let isTerminal: Bool
  private let inputIsTerminal: Bool
  private let environment: [String: String]

  init(
    _ planes: [(name: String, plane: FakePlane)], in directory: TemporaryDirectory, terminal: Bool = false,
    inputTerminal: Bool? = nil, answers: [String] = [], input: [String] = [],
    environment: [String: String] = [:]
  ) throws {
    self.planes = planes
    self.directory = directory
    self.answers = Mutex(answers)
    self.input = Mutex(input.map { Array($0.utf8) })
    isTerminal = terminal
    inputIsTerminal = inputTerminal ?? terminal
    self.environment = environment.merging(["TMPDIR": directory.path, "HOME": directory.path]) { given, _ in
      given
    }
    interruption = Interruption(takesSignals: false, exit: {})
    try FileManager.default.createDirectory(atPath: services, withIntermediateDirectories: true)
    var text = "[services]\ndir = \"\(services)\"\n"
    for (name, _) in planes {
      text += "\n[[nodes]]\nname = \"\(name)\"\naddress = \"unix://\(directory.file(name)).sock\"\n"
    }
    try text.write(toFile: configuration, atomically: true, encoding: .utf8)
  }

  convenience init(
    _ plane: FakePlane, in directory: TemporaryDirectory, terminal: Bool = false, answers: [String] = [],
    environment: [String: String] = [:]
  ) throws {
    try self.init(
      [("rift", plane)], in: directory, terminal: terminal, answers: answers, environment: environment)
  }

  var configuration: String { directory.file("mcp.toml") }
  var services: String { directory.file("services") }

  /// What was written to standard error so far.
  var errors: String { captured.withLock { String(decoding: $0.errors, as: UTF8.self) } }

  /// What was written to standard output so far.
  var output: String { captured.withLock { String(decoding: $0.output, as: UTF8.self) } }

  /// Puts a definition into the services directory.
  func define(_ name: String, _ text: String? = nil, node: String = "rift") throws {
    let text =
      text
      ?? "name = \"\(name)\"\nnode = \"\(node)\"\n\n[[components]]\nname = \"api\"\nimage = \"example.org/api:1\"\n"
    try text.write(toFile: "\(services)/\(name).toml", atomically: true, encoding: .utf8)
  }

  /// Runs `mcp` with `arguments` and the test's configuration.
  func run(_ arguments: String...) async -> Outcome { await run(arguments) }

  /// Runs a command line to its end.
  func run(_ arguments: [String]) async -> Outcome {
    captured.withLock { $0 = ([], []) }
    let status = await Context.$current.withValue(context) {
      await Entry.run(arguments)
    }
    return Outcome(status: status, output: output, errors: errors)
  }

  /// What commands see of the world.
  var context: Context {
    Context(
      environment: environment.merging(["MCP_CONFIG": configuration]) { given, _ in given }, console: console,
      interruption: interruption, connector: FakeConnector(planes: planes), now: { Sample.now })
  }

  private var console: Console {
    Console(
      writeOutput: { bytes in self.captured.withLock { $0.output += bytes } },
      writeError: { bytes in self.captured.withLock { $0.errors += bytes } },
      readAnswer: { self.answers.withLock { $0.isEmpty ? nil : $0.removeFirst() } },
      readInput: { self.input.withLock { $0.isEmpty ? [] : $0.removeFirst() } },
      inputIsTerminal: inputIsTerminal, outputIsTerminal: isTerminal, errorIsTerminal: isTerminal,
      size: { self.isTerminal ? TerminalSize(columns: 80, rows: 24) : nil },
      sizeChanges: { AsyncStream { $0.finish() } }, enterRaw: { true }, leaveRaw: {})
  }
}

/// Leads to the fake control plane of a node.
struct FakeConnector: Connector {
  var planes: [(name: String, plane: FakePlane)]

  func withPlane<R: Sendable>(
    _ node: NodeAddress, access: AgentAccess, timeout: Duration,
    _ body: @escaping @Sendable (any ControlPlane) async throws -> R
  ) async throws -> R {
    guard let plane = planes.first(where: { $0.name == node.name })?.plane else {
      throw EngineError(.unavailable, "node '\(node.name)' cannot be reached")
    }
    return try await body(plane)
  }
}

/// Runs `body` with a harness around one plane.
func withHarness(
  _ plane: FakePlane = FakePlane(), terminal: Bool = false, answers: [String] = [],
  environment: [String: String] = [:], _ body: (Harness) async throws -> Void
) async throws {
  try await TemporaryDirectory.with { directory in
    try await body(
      try Harness(plane, in: directory, terminal: terminal, answers: answers, environment: environment))
  }
}

/// Runs `body` with a harness around several planes.
func withHarness(
  nodes: [(name: String, plane: FakePlane)], _ body: (Harness) async throws -> Void
) async throws {
  try await TemporaryDirectory.with { directory in
    try await body(try Harness(nodes, in: directory))
  }
}

/// Waits until `condition` holds, as long as a machine may need that runs every suite at once.
func soon(_ condition: () async throws -> Bool) async rethrows -> Bool {
  try await eventually(within: .seconds(90), condition)
}
