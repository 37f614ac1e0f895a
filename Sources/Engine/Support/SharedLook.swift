/// Shares one look between all who want to know the same at the same time.
actor SharedLook<Key: Hashable & Sendable, Value: Sendable> {
  private var running: [Key: Task<Value, any Error>] = [:]

  /// What `look` finds, or what the look of somebody else finds that is under way.
  ///
  /// Cancelling the caller does not end the look: others may wait for it.
  func value(_ key: Key, _ look: @escaping @Sendable () async throws -> Value) async throws -> Value {
    if let task = running[key] { return try await task.value }
    let task = Task { try await look() }
    running[key] = task
    defer { running[key] = nil }
    return try await task.value
  }
}
