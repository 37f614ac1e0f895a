extension ScriptManager: BootScripts {
  /// What a boot script may use: it goes on for as long as a stage needs, and is idle nearly all of that time.
  static let bootProcessorTime = Duration.seconds(10)

  /// Runs a boot script of the scripts' directory, or one that comes with the product.
  ///
  /// Without the time limit of hooks: a required stage is tried for ever.
  public func boot(_ script: String, journal: BootJournal, plan: PlanRecorder?) async throws {
    try await boot(script, journal: journal, plan: plan, variables: settings.variables)
  }

  func boot(
    _ script: String, journal: BootJournal, plan: PlanRecorder?, variables: [String: String]
  ) async throws {
    let text = try settings.files.readShipped(script)
    var surroundings = surroundings(named: script)
    surroundings.plan = plan
    surroundings.boot = journal
    surroundings.variables = variables
    var limits = settings.limits
    limits.wall = nil
    limits.cpu = max(limits.cpu ?? Self.bootProcessorTime, Self.bootProcessorTime)
    limits.output = 1 << 20
    let host = try await ScriptHost(surroundings, limits: limits)
    try await host.run(text)
  }
}
