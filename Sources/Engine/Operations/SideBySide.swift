extension SyncResult {
  /// Runs operations on several services, at most `limit` at a time, and gathers how they ended, in their order.
  ///
  /// Continues past one that fails. `services` names the service of each.
  static func gathering(
    _ jobs: [@Sendable () async throws -> OperationResult], services: [String], limit: Int
  ) async -> SyncResult {
    var outcomes: [Int: Result<OperationResult, EngineError>] = [:]
    await withTaskGroup(of: (Int, Result<OperationResult, EngineError>).self) { group in
      var next = 0
      func add() {
        guard next < jobs.count else { return }
        let index = next
        next += 1
        group.addTask {
          do {
            return (index, .success(try await jobs[index]()))
          } catch {
            return (index, .failure(EngineError.wrap(error).about(service: services[index])))
          }
        }
      }
      for _ in 0..<max(1, limit) { add() }
      for await (index, outcome) in group {
        outcomes[index] = outcome
        add()
      }
    }
    var result = SyncResult(results: [], failures: [])
    for index in jobs.indices {
      switch outcomes[index] {
      case .success(let one): result.results.append(one)
      case .failure(let error): result.failures.append(error)
      case nil: break
      }
    }
    return result
  }
}
