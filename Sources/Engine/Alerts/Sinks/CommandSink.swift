internal import Foundation
internal import Subprocess
internal import SystemPackage

/// Runs a program for alerts: the JSON comes on its standard input, the essentials in its environment.
///
/// `MCP_ALERT_NODE`, `MCP_ALERT_TITLE`, `MCP_ALERT_TEXT`, `MCP_ALERT_STATE` (`firing` or `resolved`) and
/// `MCP_ALERT_SEVERITY`.
struct CommandSink: AlertSink {
  /// How long it has to end by itself once its time is over.
  private static let patience = Duration.seconds(2)

  let command: [String]

  func send(_ message: AlertMessage) async throws {
    guard let program = command.first else { return }
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: Self.patience)]
    // A file and not a pipe: Subprocess 1.0 ends this process where a program does not read what it is sent.
    guard let input = tmpfile() else {
      throw EngineError(
        .resourceExhausted, "there is no room for a message", cause: String(cString: strerror(errno)))
    }
    defer { fclose(input) }
    let bytes = try message.json
    _ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, input) }
    rewind(input)
    let status: TerminationStatus
    let words: String
    do {
      let ended = try await Subprocess.run(
        program.contains("/") ? .path(FilePath(program)) : .name(program),
        arguments: Arguments(Array(command.dropFirst())),
        environment: .inherit.updating([
          "MCP_ALERT_NODE": message.node, "MCP_ALERT_TITLE": message.title, "MCP_ALERT_TEXT": message.text,
          "MCP_ALERT_STATE": message.severity == nil ? "resolved" : "firing",
          "MCP_ALERT_SEVERITY": (message.severity ?? message.notices.map(\.alert.severity).max() ?? .info)
            .rawValue,
        ]), platformOptions: options,
        input: .fileDescriptor(FileDescriptor(rawValue: fileno(input)), closeAfterSpawningProcess: false),
        output: .discarded, error: .string(limit: 4096))
      status = ended.terminationStatus
      words = ended.standardError.trimmingCharacters(in: .whitespacesAndNewlines)
    } catch let error as SubprocessError {
      throw EngineError(.operationFailed, "\(program) cannot be started", cause: "\(error)")
    }
    switch status {
    case .exited(0): return
    case .exited(let code):
      throw EngineError(.operationFailed, "\(program) ended with \(code)", cause: words.isEmpty ? nil : words)
    case .signaled(let signal):
      throw EngineError(
        .operationFailed, "\(program) was ended by the signal \(signal)", cause: words.isEmpty ? nil : words)
    }
  }
}
