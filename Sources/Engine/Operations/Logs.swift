extension Orchestrator {
  /// How many lines are read ahead of a consumer that is slow.
  private static let logWindow = 256

  /// Returns the output of a service's components, merged in order of arrival.
  public func logs(_ target: Target, options: LogOptions) -> AsyncThrowingStream<LogLine, any Error> {
    FilledStream.make(
      capacity: Self.logWindow,
      failure: { EngineError.wrap($0).about(service: target.service, component: target.component) },
      fill: { buffer in
        if options.failed {
          for line in try await self.failedLines(target, tail: options.tail) { try await buffer.send(line) }
          return
        }
        let sources = try await self.logSources(target)
        try await withThrowingTaskGroup(of: Void.self) { group in
          for (component, runtime, id) in sources {
            group.addTask {
              for try await line in runtime.logs(id, options: options) {
                var named = line
                named.component = component
                try await buffer.send(named)
              }
            }
          }
          try await group.waitForAll()
        }
      })
  }

  /// The last output of versions that failed; a first line of each says which and why.
  private func failedLines(_ target: Target, tail: Int?) async throws -> [LogLine] {
    let failures = try await context.registry.failures(of: target.service)
      .filter { target.component == nil || $0.component == target.component }
    if failures.isEmpty {
      throw EngineError(
        .notFound, "no version of \(target) has failed that anything is kept of",
        hint: "mcp events --service \(target.service)", service: target.service, component: target.component)
    }
    return failures.flatMap { failure in
      let head = LogLine(
        component: failure.component, time: failure.time, stream: .stderr,
        text: "revision \(failure.revision) failed: \(failure.reason)")
      let lines = failure.lines.suffix(tail ?? failure.lines.count).map { line in
        LogLine(component: failure.component, time: line.time, stream: line.stream, text: line.text)
      }
      return [head] + lines
    }
  }

  private func logSources(_ target: Target) async throws -> [(String, any Runtime, String)] {
    let record = try await service(target.service)
    let names = try Self.components(of: target, in: record)
    let instances = try await context.planInput(target.service, before: record, after: nil).instances
    let sources = try record.components.filter { names.contains($0.name) }.compactMap {
      component -> (String, any Runtime, String)? in
      let candidates = instances.filter { $0.labels.component == component.name }
      guard let instance = candidates.first(where: \.state.isUp) ?? candidates.first else { return nil }
      return (component.name, try context.runtime(instance.runtime), instance.id)
    }
    if sources.isEmpty {
      throw EngineError(
        .notFound, "\(target) has no output: nothing of it exists in the runtime",
        hint: "mcp start \(target) makes it run", service: target.service)
    }
    return sources
  }
}
