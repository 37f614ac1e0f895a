/// Posts alerts as JSON.
struct WebhookSink: AlertSink {
  let poster: AlertPoster

  func send(_ message: AlertMessage) async throws {
    try await poster.post(
      Array(try message.json), headers: [("Content-Type", "application/json")])
  }
}
