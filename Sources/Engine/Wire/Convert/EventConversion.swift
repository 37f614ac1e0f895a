internal import Foundation
internal import SwiftProtobuf

extension Mcp_V1_Event {
  /// Creates the message of an event.
  package init(_ event: Event) {
    self.init()
    id = event.id
    time = Google_Protobuf_Timestamp(event.time)
    actor = Mcp_V1_Actor(event.actor)
    if let service = event.service { self.service = service }
    if let component = event.component { self.component = component }
    kind = event.kind
    message = event.message
    details = event.details
  }
}

extension Event {
  /// Creates an event from its message.
  package init(wire: Mcp_V1_Event) {
    self.init(
      id: wire.id, time: Date(wire: wire.time), actor: Actor(wire: wire.actor),
      service: wire.hasService ? wire.service : nil, component: wire.hasComponent ? wire.component : nil,
      kind: wire.kind, message: wire.message, details: wire.details)
  }
}

extension Mcp_V1_EventsRequest {
  /// Creates the message of a query.
  package init(_ query: EventQuery) {
    self.init()
    if let service = query.service { self.service = service }
    if let since = query.since { self.since = Google_Protobuf_Timestamp(since) }
    if let afterID = query.afterID { self.afterID = afterID }
    if let limit = query.limit { self.limit = UInt32(clamping: limit) }
    follow = query.follow
    if let actor = query.actor { self.actor = actor }
  }
}

extension EventQuery {
  /// Creates a query from its message.
  package init(wire: Mcp_V1_EventsRequest) {
    self.init(
      service: wire.hasService ? wire.service : nil, since: wire.hasSince ? Date(wire: wire.since) : nil,
      afterID: wire.hasAfterID ? wire.afterID : nil, limit: wire.hasLimit ? Int(wire.limit) : nil,
      follow: wire.follow, actor: wire.hasActor ? wire.actor : nil)
  }
}
