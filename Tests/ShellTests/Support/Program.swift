import Engine
import Foundation
import Logging
import Synchronization
import TestSupport

@testable import Agent

/// The built `mcp` against an RPC server in this process.
struct Program: Sendable {
  let directory: TemporaryDirectory

  static var path: String { "\(Command.binaries)/mcp" }

  /// Serves `plane` on a socket of its own while `body` runs.
  static func with<Result: Sendable>(
    _ plane: any ControlPlane, _ body: @Sendable (Program) async throws -> Result
  ) async throws -> Result {
    try await TemporaryDirectory.with { directory in
      let server = try RPCServer(
        socketPath: directory.file("a.sock"), policy: LocalPeerPolicy(), plane: { _ in plane },
        audit: { _ in }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      try FileManager.default.createDirectory(
        atPath: directory.file("services"), withIntermediateDirectories: false)
      try """
      [services]
      dir = "\(directory.file("services"))"
      [[nodes]]
      name = "rift"
      address = "unix://\(directory.file("a.sock"))"
      """.write(toFile: directory.file("mcp.toml"), atomically: true, encoding: .utf8)
      return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        defer { group.cancelAll() }
        return try await body(Program(directory: directory))
      }
    }
  }

  var environment: [String: String] {
    [
      "MCP_CONFIG": directory.file("mcp.toml"), "HOME": directory.path, "PATH": "/usr/bin:/bin",
      "TERM": "xterm",
    ]
  }

  /// Runs `mcp` to its end.
  func run(_ arguments: String..., input: String = "") async throws -> CommandResult {
    try await Command.run(Program.path, arguments, environment: environment, input: input)
  }

  /// Starts `mcp` with `stdio` for all its streams, or with files in the directory.
  func start(_ arguments: [String], stdio: FileHandle? = nil) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: Program.path)
    process.arguments = arguments
    process.environment = environment
    process.standardInput = stdio ?? FileHandle.nullDevice
    process.standardOutput = try stdio ?? file("out")
    process.standardError = try stdio ?? file("err")
    try process.run()
    return process
  }

  /// What a started program wrote to standard error.
  var errors: String { (try? String(contentsOfFile: directory.file("err"), encoding: .utf8)) ?? "" }

  private func file(_ name: String) throws -> FileHandle {
    _ = FileManager.default.createFile(atPath: directory.file(name), contents: nil)
    return try FileHandle(forWritingTo: URL(filePath: directory.file(name)))
  }
}

/// A terminal of a test's own.
final class TestTerminal: Sendable {
  let primary: Int32
  let secondary: FileHandle
  private let seen = Mutex("")

  init(columns: UInt16, rows: UInt16) throws {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    var (primary, secondary) = (Int32(0), Int32(0))
    guard openpty(&primary, &secondary, nil, nil, &size) == 0 else {
      throw EngineError(.resourceExhausted, "no terminal can be made")
    }
    _ = fcntl(primary, F_SETFL, fcntl(primary, F_GETFL) | O_NONBLOCK)
    self.primary = primary
    self.secondary = FileHandle(fileDescriptor: secondary, closeOnDealloc: true)
  }

  deinit { close(primary) }

  /// Everything that was written to the terminal so far.
  var text: String {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(primary, &buffer, buffer.count)
    return seen.withLock { text in
      if count > 0 { text += String(decoding: buffer[..<count], as: UTF8.self) }
      return text
    }
  }

  /// Types `text`.
  func type(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { write(primary, $0.baseAddress, $0.count) }
  }

  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(primary, UInt(TIOCSWINSZ), &size)
  }

  /// Whether keys are collected to lines and echoed.
  var isCooked: Bool {
    var settings = termios()
    return tcgetattr(secondary.fileDescriptor, &settings) == 0
      && settings.c_lflag & tcflag_t(ICANON | ECHO) != 0
  }
}
