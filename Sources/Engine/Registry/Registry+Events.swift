public import Foundation
internal import GRDB

extension Registry {
  /// Appends events to the node's history and returns them with their ids.
  @discardableResult
  ///
  /// On the disk before it returns, unless they are `fleeting`: those may be lost in a loss of power.
  public func append(_ events: [Event], fleeting: Bool = false) async throws -> [Event] {
    guard !events.isEmpty else { return [] }
    return try await write("record events", fleeting ? .relaxed : .full) { db in
      try EventTable.append(db, events)
    }
  }

  /// Returns the events that `query` asks for, oldest first; its limit takes the newest ones.
  ///
  /// ``EventQuery/follow`` is the caller's to carry out.
  public func events(_ query: EventQuery) async throws -> [Event] {
    try await read("read the events") { db in try EventTable.select(db, query) }
  }

  /// Deletes events from before a time, and of the rest all but the newest `maximumCount`; returns how many.
  @discardableResult
  public func pruneEvents(olderThan time: Date, keeping maximumCount: Int) async throws -> Int {
    try await write("delete old events") { db in
      try EventTable.prune(db, olderThan: time, keeping: maximumCount)
    }
  }
}
