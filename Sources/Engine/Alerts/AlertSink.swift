/// Somewhere alerts are sent to.
protocol AlertSink: Sendable {
  /// Sends a message; returns once the other side has taken it.
  ///
  /// Throws why it has not: it is sent again later.
  func send(_ message: AlertMessage) async throws
}

extension AlertSinkSettings {
  /// The sink.
  func sink() throws(EngineError) -> any AlertSink {
    switch kind {
    case .webhook: WebhookSink(poster: try AlertPoster(self))
    case .ntfy: NtfySink(poster: try AlertPoster(self))
    case .command: CommandSink(command: command)
    case .smtp: try SMTPSink(self)
    }
  }

  /// What is in ``passwordFile``, without one newline at its end; `nil` where none is given.
  func password() throws(EngineError) -> String? {
    guard let passwordFile else { return nil }
    guard let text = try? TextFile.read(passwordFile, kind: "password file") else {
      throw EngineError(
        .failedPrecondition, "the password file \(passwordFile) cannot be read",
        hint: "it is `password_file` of [[alerts]] in the agent's configuration")
    }
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}
