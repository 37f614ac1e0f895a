internal import Foundation
internal import SwiftProtobuf

extension Mcp_V1_NodeInfo {
  /// Creates the message of a description.
  package init(_ node: NodeInfo) {
    self.init()
    name = node.name
    agentVersion = node.agentVersion
    runtimes = node.runtimes
    healthy = node.healthy
    startedAt = Google_Protobuf_Timestamp(node.startedAt)
    services = Int64(node.services)
    components = Int64(node.components)
    running = Int64(node.running)
  }
}

extension NodeInfo {
  /// Creates a description from its message.
  package init(wire: Mcp_V1_NodeInfo) {
    self.init(
      name: wire.name, agentVersion: wire.agentVersion, runtimes: wire.runtimes, healthy: wire.healthy,
      startedAt: Date(wire: wire.startedAt), services: Int(clamping: wire.services),
      components: Int(clamping: wire.components), running: Int(clamping: wire.running))
  }
}

extension Mcp_V1_DoctorFinding {
  /// Creates the message of a finding.
  package init(_ finding: DoctorFinding) {
    self.init()
    switch finding.level {
    case .ok: level = .ok
    case .warning: level = .warning
    case .failure: level = .failure
    }
    check = finding.check
    message = finding.message
    if let remedy = finding.remedy { self.remedy = remedy }
  }
}

extension DoctorFinding {
  /// Creates a finding from its message; a level that is not known is a warning.
  package init(wire: Mcp_V1_DoctorFinding) {
    let level: Level
    switch wire.level {
    case .ok: level = .ok
    case .failure: level = .failure
    case .warning, .unspecified, .UNRECOGNIZED: level = .warning
    }
    self.init(
      level: level, check: wire.check, message: wire.message, remedy: wire.hasRemedy ? wire.remedy : nil)
  }
}
