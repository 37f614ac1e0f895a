internal import Foundation
internal import SwiftProtobuf

extension Mcp_V1_ExecRequest.Open {
  /// Creates the message that opens a session.
  package init(_ target: Target, _ request: ExecRequest) {
    self.init()
    self.target = Mcp_V1_Target(target)
    command = request.command
    tty = request.tty
    stdin = request.stdin
    if let user = request.user { self.user = user }
    environment = request.environment
    if let size = request.size { self.size = Mcp_V1_TerminalSize(size) }
  }
}

extension ExecRequest {
  /// Creates a request from the message that opens a session; throws `invalidArgument` naming the field.
  package init(wire: Mcp_V1_ExecRequest.Open) throws {
    let path = FieldPath.root["open"]
    guard !wire.command.isEmpty else { throw path["command"].invalid("is required") }
    for (index, entry) in wire.environment.enumerated() {
      // As bytes: to a character, a combining mark behind it would make the sign another one.
      guard let sign = entry.utf8.firstIndex(of: UInt8(ascii: "=")), sign > entry.utf8.startIndex else {
        throw path["environment"][index].invalid("is not NAME=value")
      }
    }
    self.init(
      command: wire.command, tty: wire.tty, stdin: wire.stdin, user: wire.hasUser ? wire.user : nil,
      environment: wire.environment, size: wire.hasSize ? TerminalSize(wire: wire.size) : nil)
  }
}

extension Mcp_V1_TerminalSize {
  /// Creates the message of a size.
  package init(_ size: TerminalSize) {
    self.init()
    columns = UInt32(clamping: size.columns)
    rows = UInt32(clamping: size.rows)
  }
}

extension TerminalSize {
  /// Creates a size from its message; more than a terminal can have is the most it can have.
  package init(wire: Mcp_V1_TerminalSize) {
    self.init(columns: Int(min(wire.columns, 65_535)), rows: Int(min(wire.rows, 65_535)))
  }
}

extension Mcp_V1_ExecRequest {
  /// Creates the message of what goes into a command.
  package init(_ input: ExecSession.Input) {
    self.init()
    switch input {
    case .stdin(let bytes): stdin = Data(bytes)
    case .endOfInput: endOfInput = EndOfInput()
    case .resize(let size): resize = Mcp_V1_TerminalSize(size)
    }
  }

  /// What goes into a command; `nil` for a message that says nothing known.
  ///
  /// Throws `invalidArgument` for a second `open`.
  package var sessionInput: ExecSession.Input? {
    get throws {
      switch input {
      case .stdin(let bytes): .stdin(Array(bytes))
      case .endOfInput: .endOfInput
      case .resize(let size): .resize(TerminalSize(wire: size))
      case .open: throw FieldPath.root["open"].invalid("comes first, and once")
      case nil: nil
      }
    }
  }
}

extension Mcp_V1_ExecResponse {
  /// Creates the message of what comes out of a command.
  package init(_ output: ExecSession.Output) {
    self.init()
    switch output {
    case .stdout(let bytes): stdout = Data(bytes)
    case .stderr(let bytes): stderr = Data(bytes)
    case .exit(let code): exitCode = Int32(clamping: code)
    }
  }

  /// What comes out of a command; `nil` for a message that says something else.
  package var sessionOutput: ExecSession.Output? {
    switch output {
    case .stdout(let bytes): .stdout(Array(bytes))
    case .stderr(let bytes): .stderr(Array(bytes))
    case .exitCode(let code): .exit(Int(code))
    case .started, nil: nil
    }
  }
}
