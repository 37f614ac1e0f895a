extension Orchestrator {
  /// Deploys an earlier revision of a service again, as a new revision.
  ///
  /// Without a number the last one before the current that was deployed. It is a deploy in every other way: gated, and
  /// undone where it fails. Throws `notFound` for a revision that is not kept, `failedPrecondition` where there is none
  /// to go back to.
  public func rollback(
    _ request: RollbackRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    let record = try await service(request.service)
    let revisions = try await context.registry.revisions(of: request.service)
    let wanted: RevisionRecord
    if let number = request.revision {
      guard let found = revisions.first(where: { $0.revision == number }) else {
        throw EngineError(
          .notFound, "\(request.service) has no revision \(number)", hint: "mcp history \(request.service)",
          service: request.service)
      }
      wanted = found
    } else {
      guard let found = revisions.first(where: { $0.revision < record.revision && $0.outcome == .deployed })
      else {
        throw EngineError(
          .failedPrecondition,
          "\(request.service) has no revision before \(record.revision) that was deployed",
          hint: "mcp history \(request.service)", service: request.service)
      }
      wanted = found
    }
    return try await deploy(
      DeployRequest(definition: wanted.definition, planOnly: request.planOnly), as: .rollback,
      after: request.revision == nil ? record.revision : nil, progress: progress)
  }
}
