/// A command to run in an object.
public struct ExecRequest: Hashable, Sendable {
  /// The command and its arguments.
  public var command: [String]
  /// Whether it gets a terminal.
  public var tty: Bool
  /// Whether it gets standard input.
  public var stdin: Bool
  /// The user inside; `nil` is the container's.
  public var user: String?
  /// Additional environment as `NAME=value`.
  public var environment: [String]
  /// The terminal's size in columns and rows.
  public var size: TerminalSize?

  /// Creates a request.
  public init(
    command: [String], tty: Bool = false, stdin: Bool = false, user: String? = nil,
    environment: [String] = [], size: TerminalSize? = nil
  ) {
    self.command = command
    self.tty = tty
    self.stdin = stdin
    self.user = user
    self.environment = environment
    self.size = size
  }
}

/// A terminal's size.
public struct TerminalSize: Hashable, Sendable {
  /// Characters a line.
  public var columns: Int
  /// Lines.
  public var rows: Int

  /// Creates a size.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A command that runs in an object.
///
/// Dropping the output stream ends the session.
public struct ExecSession: Sendable {
  /// What comes back: bytes, then exactly one exit code.
  public enum Output: Hashable, Sendable {
    /// Bytes of standard output (of the terminal, where there is one).
    case stdout([UInt8])
    /// Bytes of standard error.
    case stderr([UInt8])
    /// The command ended with that code.
    case exit(Int)
  }

  /// What goes in.
  public enum Input: Hashable, Sendable {
    /// Bytes for standard input.
    case stdin([UInt8])
    /// Standard input is at its end.
    case endOfInput
    /// The terminal has another size.
    case resize(TerminalSize)
  }

  /// The output, ending with the exit code.
  public let output: AsyncThrowingStream<Output, any Error>
  /// Takes input; ignored once the command has ended.
  public let send: @Sendable (Input) async throws -> Void

  /// Creates a session.
  public init(
    output: AsyncThrowingStream<Output, any Error>, send: @escaping @Sendable (Input) async throws -> Void
  ) {
    self.output = output
    self.send = send
  }
}
