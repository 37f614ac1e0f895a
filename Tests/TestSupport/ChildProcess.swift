internal import Foundation
internal import Synchronization

/// A child process of the tests, made by `posix_spawn`.
///
/// Not Foundation's `Process`: that reads the list of open descriptors past the end of its memory, which ended whole
/// runs of tests, and holds a program for running as long as anything has inherited a descriptor of it.
public final class ChildProcess: Sendable {
  /// Where a child reads from and writes to; `nil` is the null device.
  public struct Files: Sendable {
    /// What it reads.
    public var input: String?
    /// What its standard output is appended to.
    public var output: String?
    /// What its standard error is appended to.
    public var errors: String?

    /// Creates files.
    public init(input: String? = nil, output: String? = nil, errors: String? = nil) {
      self.input = input
      self.output = output
      self.errors = errors
    }
  }

  private struct End {
    var code: Int?
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  /// Its pid.
  public let pid: Int32
  private let end = Mutex(End())

  /// Starts a program; `environment` is this process's by default.
  public init(
    _ program: String, _ arguments: [String], environment: [String: String]? = nil, files: Files = Files()
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let appending = O_WRONLY | O_CREAT | O_APPEND
    posix_spawn_file_actions_addopen(&actions, 0, files.input ?? "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, files.output ?? "/dev/null", appending, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, files.errors ?? "/dev/null", appending, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGCHLD] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    let variables = environment ?? ProcessInfo.processInfo.environment
    var argv: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      for pointer in argv + envp { free(pointer) }
    }
    var pid: pid_t = 0
    let failure = posix_spawn(&pid, program, &actions, &attributes, &argv, &envp)
    guard failure == 0 else {
      throw PodmanMissing(description: "\(program) cannot be started: \(String(cString: strerror(failure)))")
    }
    self.pid = pid
    Thread.detachNewThread { [self] in collect() }
  }

  /// Whether it has not ended yet.
  public var isRunning: Bool { end.withLock { $0.code == nil } }

  /// The exit code, 128 and the signal's number where a signal ended it; 0 while it runs.
  public var code: Int { end.withLock { $0.code ?? 0 } }

  /// Returns when it has ended.
  public func wait() async {
    await withCheckedContinuation { continuation in
      let isOver = end.withLock { end in
        if end.code == nil { end.waiting.append(continuation) }
        return end.code != nil
      }
      if isOver { continuation.resume() }
    }
  }

  private func collect() {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    let code = status & 0x7f == 0 ? Int(status >> 8) & 0xff : 128 + Int(status & 0x7f)
    let waiting = end.withLock { end in
      end.code = code
      return end.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}
