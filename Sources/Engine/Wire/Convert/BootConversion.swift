internal import Foundation
internal import SwiftProtobuf

extension Mcp_V1_BootRequest {
  /// Creates the message of a request.
  package init(_ request: BootRequest) {
    self.init()
    planOnly = request.planOnly
  }
}

extension BootRequest {
  /// Creates a request from its message.
  package init(wire: Mcp_V1_BootRequest) { self.init(planOnly: wire.planOnly) }
}

extension Mcp_V1_BootReport {
  /// Creates the message of a report.
  package init(_ report: BootReport) {
    self.init()
    progress = Mcp_V1_BootProgress(report.progress)
    results = report.results.map(Mcp_V1_OperationResult.init)
  }
}

extension BootReport {
  /// Creates a report from its message.
  package init(wire: Mcp_V1_BootReport) {
    self.init(
      progress: BootProgress(wire: wire.progress), results: wire.results.map(OperationResult.init(wire:)))
  }
}

extension Mcp_V1_BootProgress {
  /// Creates the message of a progress.
  package init(_ progress: BootProgress) {
    self.init()
    script = progress.script
    state =
      switch progress.state {
      case .running: .running
      case .done: .done
      case .failed: .failed
      }
    stages = progress.stages.map(Mcp_V1_BootProgress.Stage.init)
    startedAt = Google_Protobuf_Timestamp(progress.startedAt)
    if let end = progress.endedAt { endedAt = Google_Protobuf_Timestamp(end) }
    if let message = progress.message { self.message = message }
  }
}

extension BootProgress {
  /// Creates a progress from its message; a state that is not known is one that goes on.
  package init(wire: Mcp_V1_BootProgress) {
    let state: State =
      switch wire.state {
      case .done: .done
      case .failed: .failed
      case .running, .unspecified, .UNRECOGNIZED: .running
      }
    self.init(
      script: wire.script, state: state, stages: wire.stages.map(Stage.init(wire:)),
      startedAt: Date(wire: wire.startedAt), endedAt: wire.hasEndedAt ? Date(wire: wire.endedAt) : nil,
      message: wire.hasMessage ? wire.message : nil)
  }
}

extension Mcp_V1_BootProgress.Stage {
  fileprivate init(_ stage: BootProgress.Stage) {
    self.init()
    name = stage.name
    services = stage.services
    required = stage.required
    state =
      switch stage.state {
      case .pending: .pending
      case .running: .running
      case .retrying: .retrying
      case .done: .done
      case .failed: .failed
      }
    attempts = Int32(clamping: stage.attempts)
    if let message = stage.message { self.message = message }
    since = Google_Protobuf_Timestamp(stage.since)
  }
}

extension BootProgress.Stage {
  fileprivate init(wire: Mcp_V1_BootProgress.Stage) {
    let state: BootProgress.StageState =
      switch wire.state {
      case .running: .running
      case .retrying: .retrying
      case .done: .done
      case .failed: .failed
      case .pending, .unspecified, .UNRECOGNIZED: .pending
      }
    self.init(
      name: wire.name, services: wire.services, required: wire.required, state: state,
      attempts: Int(wire.attempts), message: wire.hasMessage ? wire.message : nil,
      since: Date(wire: wire.since))
  }
}
