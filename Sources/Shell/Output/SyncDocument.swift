import Engine

/// The documented shape of a sync's result.
struct SyncDocument: Encodable {
  var results: [OperationDocument]
  var failures: [ErrorDocument]

  init(
    results: [(NodeAddress, OperationResult)], failures: [(NodeAddress, EngineError)], unbuilt: [EngineError]
  ) {
    self.results = results.map { OperationDocument(result: $0.1, node: $0.0.name) }
    self.failures = failures.map { ErrorDocument($0.1, node: $0.0.name) } + unbuilt.map { ErrorDocument($0) }
  }
}
