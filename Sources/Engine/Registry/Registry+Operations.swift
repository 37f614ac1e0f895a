internal import Foundation
internal import GRDB

extension Registry {
  /// Begins an operation: journals it with the state before it and makes the new desired state true, in
  /// one transaction.
  ///
  /// Throws `conflict` where another operation on the service is unfinished or the definition wants a host
  /// port that another service holds, `notFound` where a change other than a definition is of a service or
  /// component that is not deployed, `failedPrecondition` where the service is being removed and the
  /// operation neither removes nor deploys it.
  public func begin(_ operation: NewOperation, change: DesiredChange) async throws -> OperationRecord {
    let doing = "\(operation.primitive) \(operation.service)"
    let now = now
    return try await write(doing) { db in
      let time = StoredTime.stored(now())
      try OperationTable.checkNone(db, on: operation.service, doing: doing)
      let stored = try ServiceTable.one(db, operation.service)
      let before = try stored?.record.get()
      let after = try Self.apply(change, of: operation, to: before, stored: stored, at: time, db)
      let id = try OperationTable.insert(
        db, operation, change: change.kind, before: before, beforeRemoving: stored?.removing ?? false,
        at: time)
      return OperationRecord(
        id: id, primitive: operation.primitive, service: operation.service,
        component: operation.component, caller: operation.caller, startedAt: time, change: change.kind,
        before: before, after: after, removing: change.kind == .remove)
    }
  }

  /// Journals that a step is about to run; on the disk before it returns, unless it is `fleeting`: what a loss of power
  /// undoes need not outlast one.
  ///
  /// A step that was started before is started again. Throws `notFound` for an unknown operation.
  public func stepStarted(
    operation: Int64, sequence: Int, step: PlannedStep, fleeting: Bool = false
  ) async throws {
    let doing = "journal step \(sequence) of operation \(operation)"
    let now = now
    try await write(doing, fleeting ? .relaxed : .full) { db in
      _ = try OperationTable.head(db, operation, doing: doing)
      try StepTable.start(db, operation: operation, sequence: sequence, step: step, at: now())
    }
  }

  /// Journals how a step ended, and the runtime object that it made, where it made one.
  ///
  /// It outlasts a crash of the agent at once, and a loss of power from the next start of a step on: the
  /// step may then appear as started, as it does when the agent is killed right before this call. Throws
  /// `notFound` for an unknown step.
  public func stepFinished(
    operation: Int64, sequence: Int, outcome: StepOutcome, runtimeID: String?
  ) async throws {
    let doing = "journal the end of step \(sequence) of operation \(operation)"
    let now = now
    try await write(doing, .relaxed) { db in
      _ = try OperationTable.head(db, operation, doing: doing)
      let found = try StepTable.finish(
        db, operation: operation, sequence: sequence, outcome: outcome, runtimeID: runtimeID, at: now())
      guard found else { throw EngineError(.notFound, "cannot \(doing): it was not started") }
    }
  }

  /// Ends an operation, in one transaction.
  ///
  /// The desired state is settled as `outcome` says, the events are appended, and the operation leaves the
  /// journal. Returns the events with their ids. Throws `notFound` where the operation is not in the journal, as when it was ended before.
  @discardableResult
  public func finish(
    operation: Int64, outcome: OperationOutcome, events: [Event]
  ) async throws -> [Event] {
    let doing = "finish operation \(operation)"
    return try await write(doing) { db in
      let head = try OperationTable.head(db, operation, doing: doing)
      try Self.settle(head, outcome, db)
      try OperationTable.delete(db, operation)
      return try EventTable.append(db, events)
    }
  }

  /// Returns the operations that have begun and are not finished, with their steps, oldest first.
  public func unfinishedOperations() async throws -> [OperationRecord] {
    try await read("read the journal") { db in
      try OperationTable.all(db).compactMap { try? $0.get() }
    }
  }

  /// Makes the desired state what `change` says and returns the service as it is then; `nil` where it
  /// should be gone.
  private static func apply(
    _ change: DesiredChange, of operation: NewOperation, to before: ServiceRecord?,
    stored: ServiceTable.Stored?, at time: Date, _ db: Database
  ) throws -> ServiceRecord? {
    if case .define(let definition, let desired, let specHashes) = change {
      guard definition.name == operation.service else {
        throw EngineError(
          .internalError,
          "an operation on \(operation.service) came with the definition of \(definition.name)")
      }
      let others = try PortTable.claims(db, except: definition.name)
      try PortTable.check(definition, against: others)
      let record = try DesiredStateChange.define(
        definition, desired: desired, specHashes: specHashes, current: before,
        lastRevision: RevisionTable.last(db, of: definition.name), by: operation.caller.actor, at: time)
      try ServiceTable.write(db, record, removing: false)
      if record.revision != before?.revision { try RevisionTable.insert(db, record) }
      return record
    }
    guard let before, let stored else {
      throw EngineError(
        .notFound, "cannot \(operation.primitive) \(operation.service): no such service is deployed",
        hint: "`mcp list` shows what is", service: operation.service)
    }
    if case .remove = change {
      try ServiceTable.setRemoving(db, operation.service, true)
      return nil
    }
    guard !stored.removing else {
      throw EngineError(
        .failedPrecondition,
        "cannot \(operation.primitive) \(operation.service): it is being removed",
        hint: "undeploy it again to finish that, or deploy it anew", service: operation.service)
    }
    guard case .desire(let states) = change else { return before }
    let record = try DesiredStateChange.desire(states, of: before)
    try ServiceTable.write(db, record, removing: false)
    return record
  }

  private static func settle(
    _ head: OperationTable.Head, _ outcome: OperationOutcome, _ db: Database
  ) throws {
    let before = try decodeBefore(head, needed: outcome == .undone)
    switch (outcome, head.change) {
    case (.done, .remove):
      try ServiceTable.delete(db, head.service)
    case (.done, .define):
      try settleRevision(db, head.service, .deployed)
    case (.kept, .define):
      if try currentRevision(db, head.service) != before?.revision {
        try settleRevision(db, head.service, .incomplete)
      }
    case (.undone, .define):
      guard let before else { return try ServiceTable.delete(db, head.service) }
      if try currentRevision(db, head.service) != before.revision {
        try settleRevision(db, head.service, .failed)
      }
      try ServiceTable.write(db, before, removing: head.beforeRemoving)
    case (.undone, .desire):
      guard let before else { return }
      try ServiceTable.write(db, before, removing: head.beforeRemoving)
    case (.undone, .remove):
      try ServiceTable.setRemoving(db, head.service, head.beforeRemoving)
    case (_, .none), (.done, .desire), (.kept, .desire), (.kept, .remove):
      return
    }
    try RevisionTable.prune(db, head.service)
  }

  private static func decodeBefore(_ head: OperationTable.Head, needed: Bool) throws -> ServiceRecord? {
    do {
      return try head.before.map(StoredJSON.decodeRecord)
    } catch {
      guard needed else { return nil }
      throw Undecodable("\(head.service) operation \(head.id)", error)
    }
  }

  private static func settleRevision(
    _ db: Database, _ service: String, _ outcome: RevisionRecord.Outcome
  ) throws {
    guard let revision = try currentRevision(db, service) else { return }
    try RevisionTable.settle(db, service, revision, outcome)
  }

  private static func currentRevision(_ db: Database, _ service: String) throws -> Int64? {
    try Int64.fetchOne(db, sql: "SELECT revision FROM services WHERE name = ?", arguments: [service])
  }
}
