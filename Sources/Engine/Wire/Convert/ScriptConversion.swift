internal import Foundation
internal import SwiftProtobuf

extension Mcp_V1_ScriptInfo {
  /// Creates the message of a script.
  package init(_ script: ScriptInfo) {
    self.init()
    name = script.name
    switch script.state {
    case .loaded: state = .loaded
    case .loading: state = .loading
    case .failed: state = .failed
    case .disabled: state = .disabled
    }
    if let time = script.loadedAt { loadedAt = Google_Protobuf_Timestamp(time) }
    hooks = script.hooks.map(Mcp_V1_HookInfo.init)
    memory = Int64(script.memory)
    if let error = script.error { self.error = Mcp_V1_Error(error) }
  }
}

extension ScriptInfo {
  /// Creates a script from its message; a state that is not known has failed.
  package init(wire: Mcp_V1_ScriptInfo) {
    let state: State =
      switch wire.state {
      case .loaded: .loaded
      case .loading: .loading
      case .disabled: .disabled
      case .failed, .unspecified, .UNRECOGNIZED: .failed
      }
    self.init(
      name: wire.name, state: state, loadedAt: wire.hasLoadedAt ? Date(wire: wire.loadedAt) : nil,
      hooks: wire.hooks.map(HookInfo.init(wire:)), memory: Int(clamping: wire.memory),
      error: wire.hasError ? EngineError(wire: wire.error) : nil)
  }
}

extension Mcp_V1_HookInfo {
  /// Creates the message of a hook.
  package init(_ hook: HookInfo) {
    self.init()
    occasion = hook.occasion
    runs = Int64(hook.runs)
    failures = Int64(hook.failures)
    if let time = hook.lastRun { lastRun = Google_Protobuf_Timestamp(time) }
    if let time = hook.nextRun { nextRun = Google_Protobuf_Timestamp(time) }
    if let error = hook.lastError { lastError = error }
  }
}

extension HookInfo {
  /// Creates a hook from its message.
  package init(wire: Mcp_V1_HookInfo) {
    self.init(
      occasion: wire.occasion, runs: Int(clamping: wire.runs), failures: Int(clamping: wire.failures),
      lastRun: wire.hasLastRun ? Date(wire: wire.lastRun) : nil,
      nextRun: wire.hasNextRun ? Date(wire: wire.nextRun) : nil,
      lastError: wire.hasLastError ? wire.lastError : nil)
  }
}

extension Mcp_V1_ScriptReport {
  /// Creates the message of a report.
  package init(_ report: ScriptReport) {
    self.init()
    name = report.name
    ok = report.ok
    message = report.message
    if let error = report.error { self.error = Mcp_V1_Error(error) }
    hooks = report.hooks
  }
}

extension ScriptReport {
  /// Creates a report from its message.
  package init(wire: Mcp_V1_ScriptReport) {
    self.init(
      name: wire.name, ok: wire.ok, message: wire.message,
      error: wire.hasError ? EngineError(wire: wire.error) : nil, hooks: wire.hooks)
  }
}
