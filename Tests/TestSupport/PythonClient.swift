internal import Engine
internal import Foundation
internal import Subprocess

/// The client in another language, which knows the agent from its `.proto` files alone.
///
/// `scripts/dev/python-env <dir>` makes its environment; `MCP_TEST_PYTHON` names the python in there.
public enum PythonClient {
  /// Its interpreter.
  public static let python = ProcessInfo.processInfo.environment["MCP_TEST_PYTHON"] ?? ""
  /// Whether there is one.
  public static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: python) }
  private static let script = URL(fileURLWithPath: #filePath)
    .appending(path: "../../IntegrationTests/Python/client.py").standardizedFileURL.path

  /// What it printed and how it exited.
  public struct End: Sendable {
    /// The exit code.
    public var code: Int
    /// Standard output, an object a line.
    public var lines: [JSON]
  }

  /// Runs it with `arguments` against the agent on `socket`, as somebody else where `prefix` says so.
  public static func run(
    _ socket: String, _ arguments: [String], options: [String] = [], input: String = "",
    as prefix: [String] = []
  ) async throws -> End {
    try await run(at: ["--socket", socket], arguments, options: options, input: input, as: prefix)
  }

  /// Runs it with `arguments` against the agent that `place` leads to.
  public static func run(
    at place: [String], _ arguments: [String], options: [String] = [], input: String = "",
    as prefix: [String] = []
  ) async throws -> End {
    let command = prefix + [python, script] + place + options + arguments
    let result = try await Subprocess.run(
      .name("env"), arguments: Arguments(command), input: .string(input),
      output: .string(limit: 1_000_000), error: .string(limit: 100_000))
    guard case .exited(let code) = result.terminationStatus else {
      throw EngineError(.internalError, "the client was killed", cause: result.standardError)
    }
    let lines = result.standardOutput.split(separator: "\n").map { line in
      JSON(try? JSONSerialization.jsonObject(with: Data(line.utf8)))
    }
    if lines.isEmpty {
      throw EngineError(.internalError, "the client says nothing", cause: result.standardError)
    }
    return End(code: Int(code), lines: lines)
  }
}

/// A value of JSON, read without knowing its type.
public struct JSON: @unchecked Sendable {
  private let value: Any?

  init(_ value: Any?) { self.value = value }

  /// Reads a line of text.
  public init(line: String) { value = try? JSONSerialization.jsonObject(with: Data(line.utf8)) }

  /// The text that it is.
  public var text: String? { value as? String }
  /// The truth value that it is.
  public var flag: Bool? { value as? Bool }
  /// The texts that it has.
  public var texts: [String] { value as? [String] ?? [] }
  /// The value of a key.
  public subscript(key: String) -> JSON? { (value as? [String: Any])?[key].map { JSON($0) } }
  /// The element of an array.
  public subscript(index: Int) -> JSON? {
    guard let array = value as? [Any], array.indices.contains(index) else { return nil }
    return JSON(array[index])
  }
}
