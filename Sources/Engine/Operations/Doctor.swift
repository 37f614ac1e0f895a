extension Orchestrator {
  /// Examines the node: what the agent itself depends on, then what its runtimes report.
  public func doctor() async throws -> [DoctorFinding] {
    var findings = [
      DoctorFinding(
        level: .ok, check: "agent",
        message: "mcp-agent \(Version.current) on node \(context.settings.nodeName)"),
      DoctorFinding(level: .ok, check: "lua", message: LuaLibrary.release),
    ]
    do {
      let quarantined = try await context.registry.quarantined()
      findings.append(
        quarantined.isEmpty
          ? DoctorFinding(level: .ok, check: "registry", message: "every record can be read")
          : DoctorFinding(
            level: .failure, check: "registry",
            message: "records that cannot be read: \(quarantined.joined(separator: ", "))",
            remedy: "deploy these services again from their definitions"))
    } catch {
      findings.append(
        DoctorFinding(
          level: .failure, check: "registry", message: "\(EngineError.wrap(error))",
          remedy: "see RUNBOOK.md, \"The registry is damaged\""))
    }
    let unsettled = await context.tracker.unsettledServices
    if !unsettled.isEmpty {
      findings.append(
        DoctorFinding(
          level: .warning, check: "journal",
          message: "unfinished operations are being settled: \(unsettled.joined(separator: ", "))",
          remedy: "they settle once their runtime answers; mcp events shows it"))
    }
    return findings + (await context.routes.findings()) + (await context.examine())
  }
}
