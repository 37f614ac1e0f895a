public import Foundation
internal import GRDB

/// What the agent remembers: what should run, what was last seen, what it is doing, and what happened.
///
/// One SQLite file, held by one agent. Writes are transactions: each is there as a whole or not at all,
/// also after a crash, a loss of power or on a full disk. All methods throw ``EngineError``:
/// `resourceExhausted` where the disk is full, `permissionDenied` or `failedPrecondition` where the file
/// cannot be written, `dataLoss` where it is damaged. Cancelling the calling task does not cancel a write.
public final class Registry: Sendable {
  /// The absolute path of the file.
  public let path: String

  let now: @Sendable () -> Date
  let queue: DatabaseQueue
  private let transactions: TransactionQueue
  private let lock: RegistryLock

  private init(
    path: String, now: @escaping @Sendable () -> Date, queue: DatabaseQueue, transactions: TransactionQueue,
    lock: RegistryLock
  ) {
    self.path = path
    self.now = now
    self.queue = queue
    self.transactions = transactions
    self.lock = lock
  }

  /// Opens the registry at `path`, and creates it with its directory where nothing is.
  ///
  /// The file is readable for its owner alone. Throws `conflict` where another agent has it open,
  /// `dataLoss` where it is damaged or no database, `failedPrecondition` where it belongs to another
  /// program or a newer version wrote it; the file is then left as it is, byte for byte. Blocks the thread
  /// while it reads the file.
  public static func open(
    path: String, now: @escaping @Sendable () -> Date = { Date() }
  ) throws(EngineError) -> Registry {
    let file = try RegistryFile(path)
    let lock = try RegistryLock(registry: file.path)
    do {
      try file.prepare()
      let queue = try RegistryConnection.open(file.path)
      let identity = file.identity
      let transactions = TransactionQueue(queue) {
        guard file.identity == identity else {
          throw EngineError(
            .dataLoss, "the registry \(file.path) was moved, removed or replaced while it is in use",
            hint: "stop the agent, put the right file in its place, and start the agent again")
        }
      }
      return Registry(path: file.path, now: now, queue: queue, transactions: transactions, lock: lock)
    } catch {
      throw RegistryFailure.map(error, doing: "open the registry \(file.path)", path: file.path)
    }
  }

  /// Writes everything back and gives the file up; again is nothing.
  ///
  /// Writes that were handed in before are carried out first. Blocks the thread meanwhile.
  public func close() throws(EngineError) {
    do {
      try queue.close()
      lock.release()
    } catch {
      throw failure(error, "close the registry")
    }
  }

  func read<Value: Sendable>(
    _ doing: String, _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    do {
      return try await transactions.read(body)
    } catch {
      throw failure(error, doing)
    }
  }

  func write<Value: Sendable>(
    _ doing: String, _ durability: TransactionQueue.Durability = .full,
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    do {
      return try await transactions.write(durability, body)
    } catch {
      throw failure(error, doing)
    }
  }

  func failure(_ error: any Error, _ doing: String) -> EngineError {
    RegistryFailure.map(error, doing: doing, path: path)
  }
}
