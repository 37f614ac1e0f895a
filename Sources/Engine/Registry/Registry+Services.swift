internal import GRDB

extension Registry {
  /// Returns the deployed services, ordered by name.
  ///
  /// Those that are being removed are left out, and those that cannot be read: see ``removing()`` and
  /// ``quarantined()``.
  public func services() async throws -> [ServiceRecord] {
    try await read("read the services") { db in
      try ServiceTable.all(db).compactMap { $0.removing ? nil : try? $0.record.get() }
    }
  }

  /// Returns the deployed service of that name; `nil` where there is none or it is being removed.
  ///
  /// Throws `dataLoss` where it is there and cannot be read.
  public func service(_ name: String) async throws -> ServiceRecord? {
    try await read("read the service \(name)") { db in
      guard let stored = try ServiceTable.one(db, name), !stored.removing else { return nil }
      return try stored.record.get()
    }
  }

  /// Returns the services that are being removed, ordered by name, whether an operation works on it or one
  /// ended as ``OperationOutcome/kept``.
  public func removing() async throws -> [ServiceRecord] {
    try await read("read the services that are being removed") { db in
      try ServiceTable.all(db).compactMap { $0.removing ? try? $0.record.get() : nil }
    }
  }

  /// Returns who holds which port of the host.
  ///
  /// Services that are being removed count, and so do the ports that the undoing of an unfinished
  /// operation would take back.
  public func portClaims() async throws -> [PortClaim] {
    try await read("read the host ports") { db in try PortTable.claims(db) }
  }

  /// Returns a service's revisions, newest first: at least the last hundred, and the current one.
  public func revisions(of service: String) async throws -> [RevisionRecord] {
    try await read("read the revisions of \(service)") { db in
      try RevisionTable.all(db, of: service).compactMap { try? $0.get() }
    }
  }

  /// Names what is stored and cannot be read: services by their name, then `<service> revision <number>`
  /// and `<service> operation <number>`.
  ///
  /// It is left as it is, out of every other answer, and its host ports stay claimed.
  public func quarantined() async throws -> [String] {
    try await read("look for damaged rows") { db in try Self.quarantined(db).map(\.name) }
  }

  static func quarantined(_ db: Database) throws -> [Undecodable] {
    func failures<Value>(_ results: [Result<Value, Undecodable>]) -> [Undecodable] {
      results.compactMap {
        if case .failure(let error) = $0 { error } else { nil }
      }
    }
    return failures(try ServiceTable.all(db).map(\.record)) + failures(try RevisionTable.all(db))
      + failures(try OperationTable.all(db))
  }
}
