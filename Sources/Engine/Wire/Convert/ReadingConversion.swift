internal import Foundation
internal import SwiftProtobuf

extension Mcp_V1_ServiceSummary {
  /// Creates the message of a summary.
  package init(_ summary: ServiceSummary) {
    self.init()
    name = summary.name
    node = summary.node
    active = summary.active
    components = summary.components
    revision = summary.revision
    updatedAt = Google_Protobuf_Timestamp(summary.updatedAt)
  }
}

extension ServiceSummary {
  /// Creates a summary from its message.
  package init(wire: Mcp_V1_ServiceSummary) {
    self.init(
      name: wire.name, node: wire.node, active: wire.active, components: wire.components,
      revision: wire.revision, updatedAt: Date(wire: wire.updatedAt))
  }
}

extension Mcp_V1_ComponentStatus {
  /// Creates the message of a status.
  package init(_ status: ComponentStatus) {
    self.init()
    service = status.service
    component = status.component
    node = status.node
    runtime = Mcp_V1_RuntimeKind(status.runtime)
    desired = Mcp_V1_DesiredState(status.desired)
    observed = Mcp_V1_ObservedState(status.observed)
    version = status.version
    image = status.image
    if let since = status.since { self.since = Google_Protobuf_Timestamp(since) }
    restarts = Int64(status.restarts)
    revision = status.revision
    if let runtimeID = status.runtimeID { self.runtimeID = runtimeID }
    if let pid = status.pid { self.pid = Int64(pid) }
    ports = status.ports
    if let health = status.health { self.health = health }
  }
}

extension ComponentStatus {
  /// Creates a status from its message.
  package init(wire: Mcp_V1_ComponentStatus) {
    self.init(
      service: wire.service, component: wire.component, node: wire.node,
      runtime: RuntimeKind(reported: wire.runtime), desired: DesiredState(wire: wire.desired),
      observed: ObservedState(wire: wire.observed), version: wire.version, image: wire.image,
      since: wire.hasSince ? Date(wire: wire.since) : nil, restarts: Int(clamping: wire.restarts),
      revision: wire.revision, runtimeID: wire.hasRuntimeID ? wire.runtimeID : nil,
      pid: wire.hasPid ? Int(clamping: wire.pid) : nil, ports: wire.ports,
      health: wire.hasHealth ? wire.health : nil)
  }
}

extension Mcp_V1_StatusResponse {
  /// Creates the message of a report.
  package init(_ report: StatusReport) {
    self.init()
    node = Mcp_V1_NodeInfo(report.node)
    components = report.components.map(Mcp_V1_ComponentStatus.init)
    drift = report.drift.map(Mcp_V1_Drift.init)
    operations = report.operations
    events = report.events.map(Mcp_V1_Event.init)
    if let boot = report.boot { self.boot = Mcp_V1_BootProgress(boot) }
  }
}

extension StatusReport {
  /// Creates a report from its message.
  package init(wire: Mcp_V1_StatusResponse) {
    self.init(
      node: NodeInfo(wire: wire.node), components: wire.components.map(ComponentStatus.init(wire:)),
      drift: wire.drift.map(Drift.init(wire:)), operations: wire.operations,
      events: wire.events.map(Event.init(wire:)), boot: wire.hasBoot ? BootProgress(wire: wire.boot) : nil)
  }
}

extension Mcp_V1_GetServiceResponse {
  /// Creates the message of a record.
  package init(_ record: ServiceRecord) {
    self.init()
    definition = Mcp_V1_Service(record.definition)
    revision = record.revision
    updatedAt = Google_Protobuf_Timestamp(record.updatedAt)
    updatedBy = Mcp_V1_Actor(record.updatedBy)
    components = record.components.map { component in
      Mcp_V1_ComponentRecord.with {
        $0.name = component.name
        $0.desired = Mcp_V1_DesiredState(component.desired)
        $0.specHash = component.specHash
        $0.revision = component.revision
      }
    }
  }
}

extension ServiceRecord {
  /// Creates a record from its message.
  ///
  /// Throws `invalidArgument` where the definition says something that this version does not know: passing
  /// on what is left would deploy something else the next time.
  package init(wire: Mcp_V1_GetServiceResponse) throws {
    self.init(
      definition: try ServiceDefinition(wire: wire.definition, at: .root["definition"]),
      revision: wire.revision, updatedAt: Date(wire: wire.updatedAt), updatedBy: Actor(wire: wire.updatedBy),
      components: wire.components.map {
        ComponentRecord(
          name: $0.name, desired: DesiredState(wire: $0.desired), specHash: $0.specHash,
          revision: $0.revision)
      })
  }
}
