import Engine
import Foundation

/// The operator's editor.
struct Editor: Equatable {
  /// The command as the operator wrote it, arguments included.
  var command: String

  /// Chooses as other tools do: `VISUAL`, `EDITOR`, then vi.
  init(environment: [String: String]) {
    command = ["VISUAL", "EDITOR"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? "vi"
  }

  /// Lets the operator edit the file at `path` and returns when the editor has ended.
  ///
  /// Throws `operationFailed` where it cannot be started or ends with a failure.
  func edit(_ path: String) async throws {
    let command = command
    let code = try await Blocking.run { Result { try Self.shell(command, path) } }.get()
    guard code == 0 else {
      throw EngineError(
        .operationFailed, "the editor '\(command)' ended with code \(code)",
        hint: "set VISUAL or EDITOR to an editor that waits until the file is closed")
    }
  }

  /// Runs the command through the shell, because it may carry arguments.
  private static func shell(_ command: String, _ path: String) throws -> Int32 {
    // This process ignores SIGINT while it listens for it, and a child would inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let arguments = ["sh", "-c", "\(command) \"$@\"", "sh", path]
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var process = pid_t()
    let failure = posix_spawn(&process, "/bin/sh", nil, &attributes, &pointers, environ)
    guard failure == 0 else {
      throw EngineError(
        .operationFailed, "the editor '\(command)' cannot be started",
        cause: String(cString: strerror(failure)))
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    let isExited = status & 0x7f == 0
    return isExited ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }
}
