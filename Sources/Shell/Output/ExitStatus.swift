import Engine

/// What a command's exit code says; scripts may rely on it.
///
/// | code | meaning | what to do |
/// | --- | --- | --- |
/// | 0 | done; "already so" and "nothing to do" are also done | |
/// | 1 | the operation failed: a container that does not start, a definition with mistakes, a conflict, a full disk, something that this version or machine cannot do | read the error, repair the cause, run it again |
/// | 2 | wrong usage: the command line itself cannot be understood, or a confirmation is missing | `mcp help <command>` |
/// | 3 | the service, component or definition does not exist | `mcp list` shows what is there |
/// | 4 | not authenticated, or not allowed | ask for a role, or log in |
/// | 5 | the node, its agent or its runtime cannot be reached | `mcp node list`, `mcp doctor` |
/// | 6 | a deadline passed | `mcp status` shows how far it came |
/// | 7 | `mcp status --check` found drift | `mcp status` shows it |
/// | 130 | interrupted | `mcp events` shows what became of it |
///
/// Code 2 is about the line that was typed: typing the same line again never helps. A definition file that
/// is wrong is a failed operation (1), because the same line succeeds once the file is repaired.
/// `mcp exec` exits with the code of its command, and with one of these where the command did not run.
enum ExitStatus: Int32, CaseIterable {
  /// What was asked for is so.
  case done = 0
  /// The operation failed.
  case failed = 1
  /// The command line is wrong.
  case usage = 2
  /// What was named does not exist.
  case notFound = 3
  /// The caller is not known, or may not do this.
  case denied = 4
  /// The node, its agent or its runtime cannot be reached.
  case unreachable = 5
  /// A deadline passed.
  case timedOut = 6
  /// `mcp status --check` found drift.
  case drift = 7
  /// The operator ended the wait.
  case interrupted = 130

  /// The one table from the kinds of failure to exit codes.
  init(_ code: EngineError.Code) {
    switch code {
    case .notFound: self = .notFound
    case .permissionDenied, .unauthenticated: self = .denied
    case .unavailable: self = .unreachable
    case .timeout: self = .timedOut
    case .cancelled: self = .interrupted
    case .invalidArgument, .alreadyExists, .conflict, .failedPrecondition, .resourceExhausted, .unsupported,
      .dataLoss, .operationFailed, .internalError:
      self = .failed
    }
  }

  /// The code for failures of several nodes: their common one, or that some node could not be reached.
  init(nodeFailures: [EngineError]) {
    let codes = Set(nodeFailures.map { ExitStatus($0.code) })
    self = codes.count == 1 ? codes.first ?? .unreachable : .unreachable
  }
}

/// A command line that parses and still makes no sense, such as a destructive one that nobody confirmed.
struct UsageError: Error, Equatable {
  /// What is wrong, in one sentence without a trailing period.
  var message: String
  /// What to type instead.
  var hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
