internal import Foundation
internal import GRDB
internal import Synchronization

/// Runs reads and writes on the registry's connection, away from the tasks that ask for them.
///
/// Cancelling a task does not reach its write: what was handed in is carried out, and the caller hears how
/// it went. Writes that wait at the same time are committed together, so that many services do not pay for
/// a sync of the disk each; every one of them still succeeds or fails for itself.
final class TransactionQueue: Sendable {
  /// How much of a loss of power a write must outlast.
  enum Durability: Sendable {
    /// It is on the disk before its caller goes on.
    case full
    /// It may be lost with everything after it in a loss of power, though never in a crash of the agent.
    case relaxed
  }

  private struct Job: Sendable {
    let durability: Durability
    /// Does the work and returns what tells the caller of success, to be called after the commit.
    let attempt: @Sendable (Database) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void
  }

  private let queue: DatabaseQueue
  /// Throws where nothing may be written now.
  private let admit: @Sendable () throws -> Void
  private let waiting = Mutex<[Job]>([])
  private let synchronous = Mutex<Durability>(.full)

  init(_ queue: DatabaseQueue, admit: @escaping @Sendable () throws -> Void) {
    self.queue = queue
    self.admit = admit
  }

  /// Runs `body` on a consistent view.
  func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.asyncWriteWithoutTransaction { db in
        continuation.resume(
          with: Result {
            var value: Value?
            try db.inTransaction(.deferred) {
              value = try body(db)
              return .commit
            }
            guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
            return value
          })
      }
    }
  }

  /// Runs `body` in a transaction, perhaps more than once; only its last run takes effect.
  func write<Value: Sendable>(
    _ durability: Durability, _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      enqueue(
        Job(
          durability: durability,
          attempt: { db in
            let value = try body(db)
            return { continuation.resume(returning: value) }
          },
          fail: { continuation.resume(throwing: $0) }))
    }
  }

  private func enqueue(_ job: Job) {
    let isFirst = waiting.withLock { jobs in
      jobs.append(job)
      return jobs.count == 1
    }
    guard isFirst else { return }
    queue.asyncWriteWithoutTransaction { [self] db in
      let jobs = waiting.withLock { jobs in
        defer { jobs = [] }
        return jobs
      }
      run(jobs, db)
    }
  }

  private func run(_ jobs: [Job], _ db: Database) {
    do {
      try admit()
      try prepare(jobs.contains { $0.durability == .full } ? .full : .relaxed, db)
    } catch {
      return jobs.forEach { $0.fail(error) }
    }
    if jobs.count > 1, let reports = try? commit(jobs, db) {
      return reports.forEach { $0() }
    }
    for job in jobs {
      do {
        var report: (@Sendable () -> Void)?
        try db.inTransaction(.immediate) {
          report = try job.attempt(db)
          return .commit
        }
        report?()
      } catch {
        job.fail(error)
      }
    }
  }

  /// Runs `jobs` in one transaction and returns what tells their callers how they went.
  ///
  /// A job that refuses what it was asked for, which it says with an ``EngineError``, leaves the others
  /// alone. Any other failure may have cost the transaction, and with it the work of all.
  private func commit(_ jobs: [Job], _ db: Database) throws -> [@Sendable () -> Void] {
    var reports: [@Sendable () -> Void] = []
    try db.inTransaction(.immediate) {
      for job in jobs {
        do {
          try db.inSavepoint {
            reports.append(try job.attempt(db))
            return .commit
          }
        } catch let error as EngineError {
          reports.append { job.fail(error) }
        }
      }
      return .commit
    }
    return reports
  }

  private func prepare(_ durability: Durability, _ db: Database) throws {
    guard synchronous.withLock({ $0 != durability }) else { return }
    try db.execute(sql: "PRAGMA synchronous = \(durability == .full ? "FULL" : "NORMAL")")
    synchronous.withLock { $0 = durability }
  }
}
