public import Foundation

extension PodmanRuntime {
  /// What happens to this user's containers and images, from now on or after `since`.
  ///
  /// Without `since` the moment of this call counts, so that nothing is lost between the call and the connection.
  /// Events at exactly `since` are left out: passing the time of the last event continues after it. Ends with
  /// `unavailable` when the connection is lost. Dropping the stream, or cancelling its consumer, closes the connection.
  public func events(since: Date?) -> AsyncThrowingStream<RuntimeEvent, any Error> {
    let reader = EventReader(runtime: self, since: since ?? Date())
    return AsyncThrowingStream { try await reader.next() }
  }

  func openEvents(since: Date) async throws -> PodmanByteStream {
    let request = PodmanRequest(
      .get, "/events",
      query: [
        ("stream", "true"), ("since", String(Int64(max(0, since.timeIntervalSince1970.rounded(.down))))),
        // Not by label: what was adopted carries none of ours.
        PodmanRequest.filters(["type": ["container", "image"]]),
      ],
      limit: configuration.requestTimeout, purpose: "follow podman's events")
    return try await client.open(request)
  }
}

/// Reads podman's events for one consumer.
private actor EventReader {
  private let runtime: PodmanRuntime
  private let since: Date
  private var stream: PodmanByteStream?
  private var lines = LineSplitter()

  init(runtime: PodmanRuntime, since: Date) {
    self.runtime = runtime
    self.since = since
  }

  func next() async throws -> RuntimeEvent? {
    if stream == nil { stream = try await runtime.openEvents(since: since) }
    guard let stream else { return nil }
    while true {
      while let line = lines.next() {
        guard let event = event(Data(line)), event.time > since else { continue }
        return event
      }
      do {
        guard let bytes = try await stream.next() else {
          try Task.checkCancellation()
          throw EngineError(.unavailable, "cannot follow podman's events: the podman service ended")
        }
        try lines.append(bytes)
      } catch {
        throw PodmanClient.lost("follow podman's events", error)
      }
    }
  }

  private func event(_ line: Data) -> RuntimeEvent? {
    guard let record = try? JSONDecoder().decode(PodmanEvent.self, from: line) else { return nil }
    return RuntimeEvent(
      id: record.actor.id, name: record.actor.attributes["name"] ?? "",
      labels: runtime.ownLabels(record.actor.attributes, of: record.actor.id), action: record.meaning,
      time: record.date)
  }
}

/// One line of podman's event stream.
struct PodmanEvent: Decodable {
  struct Actor: Decodable {
    var id: String
    var attributes: [String: String]

    enum CodingKeys: String, CodingKey {
      case id = "ID"
      case attributes = "Attributes"
    }
  }

  /// `container` or `image`.
  var type: String?
  var action: String
  var actor: Actor
  var timeNano: Int64

  enum CodingKeys: String, CodingKey {
    case timeNano
    case type = "Type"
    case action = "Action"
    case actor = "Actor"
  }

  var date: Date { Date(timeIntervalSince1970: Double(timeNano) / 1e9) }

  var meaning: RuntimeEvent.Action {
    if type == "image" { return .imagesChanged }
    return switch action {
    case "create": .created
    case "start": .started
    case "died", "die": .died(exitCode: actor.attributes["containerExitCode"].flatMap(Int.init))
    case "remove": .removed
    case "rename": .renamed
    default: .other(action)
    }
  }
}
