/// Publishes alerts to a topic of ntfy.
///
/// <https://docs.ntfy.sh/publish/>
struct NtfySink: AlertSink {
  let poster: AlertPoster

  func send(_ message: AlertMessage) async throws {
    let priority =
      switch message.severity {
      case .critical: "urgent"
      case .warning: "high"
      case .info, nil: "default"
      }
    try await poster.post(
      Array(message.text.utf8),
      headers: [
        ("Title", MailText.header(message.title)), ("Priority", priority),
        ("Tags", message.severity == nil ? "white_check_mark" : "rotating_light"),
      ])
  }
}
