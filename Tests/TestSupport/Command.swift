internal import Foundation

/// A finished child process.
public struct CommandResult: Sendable {
  /// The exit code; 128 and the signal's number where a signal ended it.
  public let code: Int
  /// What it wrote to standard output.
  public let output: String
  /// What it wrote to standard error.
  public let errors: String
}

/// Child processes of tests.
public enum Command {
  /// The directory of the built binaries: `MCP_TEST_BIN`, else where this test bundle lies.
  public static var binaries: String {
    if let directory = ProcessInfo.processInfo.environment["MCP_TEST_BIN"] { return directory }
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    return (bundle as NSString).deletingLastPathComponent
  }

  /// Runs a program to its end and returns what it wrote; kills it after `deadline`.
  ///
  /// `started` is told its pid and the file that its standard error goes to.
  public static func run(
    _ program: String, _ arguments: [String], environment: [String: String]? = nil, input: String = "",
    deadline: Duration = .seconds(60), started: (@Sendable (Int32, String) -> Void)? = nil
  ) async throws -> CommandResult {
    let scratch = try TemporaryDirectory()
    defer { scratch.remove() }
    let files = ChildProcess.Files(
      input: scratch.file("in"), output: scratch.file("out"), errors: scratch.file("err"))
    try Data(input.utf8).write(to: URL(fileURLWithPath: scratch.file("in")))
    let process = try ChildProcess(program, arguments, environment: environment, files: files)
    started?(process.pid, scratch.file("err"))
    let guardian = Task {
      try await Task.sleep(for: deadline)
      kill(process.pid, SIGKILL)
    }
    await process.wait()
    guardian.cancel()
    return CommandResult(
      code: process.code, output: try String(contentsOfFile: scratch.file("out"), encoding: .utf8),
      errors: try String(contentsOfFile: scratch.file("err"), encoding: .utf8))
  }
}

/// Asks again and again until `condition` holds or the deadline has passed; returns whether it held.
public func eventually(
  within deadline: Duration = .seconds(15), _ condition: () async throws -> Bool
) async rethrows -> Bool {
  let end = ContinuousClock.now + deadline
  while ContinuousClock.now < end {
    if try await condition() { return true }
    try? await Task.sleep(for: .milliseconds(20))
  }
  return try await condition()
}

/// Commands for definitions of tests, in the spelling of TOML.
public enum TestCommand {
  /// Does nothing until it is told to end, and ends at once then.
  public static let idle = """
    ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1000 & wait; done"]
    """
}
