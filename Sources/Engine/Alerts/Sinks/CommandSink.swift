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
    let ended = try await Subprocess.run(
      program.contains("/") ? .path(FilePath(program)) : .name(program),
      arguments: Arguments(Array(command.dropFirst())),
      environment: .inherit.updating([
        "MCP_ALERT_NODE": message.node, "MCP_ALERT_TITLE": message.title, "MCP_ALERT_TEXT": message.text,
        "MCP_ALERT_STATE": message.severity == nil ? "resolved" : "firing",
        "MCP_ALERT_SEVERITY": (message.severity ?? message.notices.map(\.alert.severity).max() ?? .info)
          .rawValue,
      ]), platformOptions: options,
      input: .data(try message.json), output: .discarded, error: .string(limit: 4096))
    guard case .exited(0) = ended.terminationStatus else {
      let words = ended.standardError.trimmingCharacters(in: .whitespacesAndNewlines)
      throw EngineError(
        .operationFailed, "\(program) ended with \(ended.terminationStatus)",
        cause: words.isEmpty ? nil : words)
    }
  }
}
