internal import GRPCCore

extension RemoteControlPlane {
  /// How long an answer may take that the agent has at hand.
  private static let answerTimeout = Duration.seconds(30)
  /// How long an examination of the node may take.
  private static let examinationTimeout = Duration.seconds(150)

  /// Returns the services of the registry; waits at most 30 seconds.
  public func list() async throws -> [ServiceSummary] {
    try await ask(.reading("listing services")) {
      try await stub.list(Mcp_V1_ListRequest(), options: $0).services.map(ServiceSummary.init(wire:))
    }
  }

  /// Returns components as they are; waits at most 30 seconds.
  public func ps(service: String?, live: Bool) async throws -> [ComponentStatus] {
    var request = Mcp_V1_PsRequest()
    if let service { request.service = service }
    request.live = live
    return try await ask(.reading("listing components", service: service)) { [request] in
      try await stub.ps(request, options: $0).components.map(ComponentStatus.init(wire:))
    }
  }

  /// Returns desired against observed state; waits at most 30 seconds.
  public func status(service: String?) async throws -> StatusReport {
    var request = Mcp_V1_StatusRequest()
    if let service { request.service = service }
    return try await ask(.reading("reading the status", service: service)) { [request] in
      StatusReport(wire: try await stub.status(request, options: $0))
    }
  }

  /// Returns the definition and registry facts of a deployed service; waits at most 30 seconds.
  public func service(_ name: String) async throws -> ServiceRecord {
    var request = Mcp_V1_GetServiceRequest()
    request.name = name
    let subject = CallSubject.reading("reading the definition of \(name)", service: name)
    return try await ask(subject) { [request] options in
      let answer = try await stub.getService(request, options: options)
      return try subject.reading { try ServiceRecord(wire: answer) }
    }
  }

  /// Returns a service's revisions; waits at most 30 seconds.
  public func history(_ service: String) async throws -> [RevisionSummary] {
    var request = Mcp_V1_HistoryRequest()
    request.service = service
    return try await ask(.reading("reading the history of \(service)", service: service)) { [request] in
      try await stub.history(request, options: $0).revisions.map(RevisionSummary.init(wire:))
    }
  }

  /// Describes the node and its agent; waits at most 30 seconds.
  public func node() async throws -> NodeInfo {
    try await ask(.reading("reading the node")) {
      NodeInfo(wire: try await stub.getNode(Mcp_V1_GetNodeRequest(), options: $0).node)
    }
  }

  /// Examines the node; waits at most two and a half minutes.
  public func doctor() async throws -> [DoctorFinding] {
    try await ask(.reading("examining the node"), timeout: Self.examinationTimeout) {
      try await stub.doctor(Mcp_V1_DoctorRequest(), options: $0).findings.map(DoctorFinding.init(wire:))
    }
  }

  /// Returns the agent's scripts and how they are; waits at most 30 seconds.
  public func scripts() async throws -> [ScriptInfo] {
    try await ask(.reading("listing scripts")) {
      try await stub.listScripts(Mcp_V1_ListScriptsRequest(), options: $0).scripts.map(ScriptInfo.init(wire:))
    }
  }

  /// Loads the agent's scripts without effects; waits at most two and a half minutes.
  public func checkScripts() async throws -> [ScriptReport] {
    try await ask(.reading("checking scripts"), timeout: Self.examinationTimeout) {
      try await stub.checkScripts(Mcp_V1_CheckScriptsRequest(), options: $0).reports
        .map(ScriptReport.init(wire:))
    }
  }

  /// Loads the agent's scripts again; waits at most two and a half minutes.
  public func reloadScripts(_ names: [String]) async throws -> [ScriptReport] {
    var request = Mcp_V1_ReloadScriptsRequest()
    request.names = names
    return try await ask(.changing("reloading scripts", service: nil), timeout: Self.examinationTimeout) {
      [request] in
      try await stub.reloadScripts(request, options: $0).reports.map(ScriptReport.init(wire:))
    }
  }

  func ask<Answer: Sendable>(
    _ subject: CallSubject, timeout: Duration = answerTimeout,
    _ call: @escaping @Sendable (CallOptions) async throws -> Answer
  ) async throws -> Answer {
    do {
      return try await TimeLimit.run(timeout) { try await call(.unlimited) }
    } catch {
      throw subject.failure(error)
    }
  }
}
