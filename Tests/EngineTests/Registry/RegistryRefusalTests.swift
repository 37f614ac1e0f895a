internal import Foundation
internal import TestSupport
internal import Testing

@testable import Engine

/// Files that must not be used, and must be left as they are.
@Suite struct RegistryRefusalTests {
  /// Expects that opening `path` throws `code` and changes nothing in the directory but the lock file.
  private func expectRefused(
    _ path: String, _ code: EngineError.Code, saying text: String, beside companions: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let files = [path] + companions
    let before = try files.map(bytes)
    let modes = files.map(mode)
    let error = await engineError { _ = try Registry.open(path: path) }
    #expect(error?.code == code, sourceLocation: sourceLocation)
    #expect(
      error?.message.contains(text) == true, "\(error?.description ?? "")", sourceLocation: sourceLocation)
    #expect(error?.message.contains(path) == true, sourceLocation: sourceLocation)
    #expect(error?.hint != nil, sourceLocation: sourceLocation)
    #expect(try files.map(bytes) == before, sourceLocation: sourceLocation)
    #expect(files.map(mode) == modes, sourceLocation: sourceLocation)
  }

  @Test(arguments: [1, 50, 99, 100, 5000, 100_000])
  func `garbage is refused`(size: Int) async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("mcp.db")
      var random = SplitMix(seed: UInt64(size))
      try Data((0..<size).map { _ in UInt8.random(in: 0...255, using: &random) })
        .write(to: URL(fileURLWithPath: path))
      try await expectRefused(path, .dataLoss, saying: "not an SQLite database")
    }
  }

  @Test(arguments: [false, true])
  func `the database of another program is refused`(isLogged: Bool) async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("mcp.db")
      if isLogged { try RegistryFixture.sql(path, "PRAGMA journal_mode = WAL") }
      try RegistryFixture.sql(path, "PRAGMA application_id = 42; CREATE TABLE services (name TEXT)")
      try await expectRefused(path, .failedPrecondition, saying: "another program")
      try RegistryFixture.sql(path, "PRAGMA application_id = 0")
      try await expectRefused(path, .failedPrecondition, saying: "another program")
      #expect(!FileManager.default.fileExists(atPath: path + "-shm"))
    }
  }

  @Test func `a registry with a higher schema version is refused`() async throws {
    try await RegistryFixture.with { fixture, registry in
      try await registry.deploy(.complete)
      try registry.close()
      try RegistryFixture.sql(fixture.path, "PRAGMA user_version = \(Migrations.version + 1)")
      try await expectRefused(fixture.path, .failedPrecondition, saying: "newer version")
    }
  }

  @Test func `a registry with an unknown migration is refused`() async throws {
    try await RegistryFixture.with { fixture, registry in
      try registry.close()
      try RegistryFixture.sql(fixture.path, "INSERT INTO grdb_migrations VALUES ('v99')")
      try await expectRefused(fixture.path, .failedPrecondition, saying: "migration v99")
    }
  }

  @Test func `a newer version is seen in the write-ahead log that a killed agent left`() async throws {
    try await RegistryFixture.with { fixture, registry in
      try RegistryFixture.sql(registry, "PRAGMA user_version = \(Migrations.version + 1)")
      let copy = fixture.directory.file("killed.db")
      for suffix in ["", "-wal"] {
        try FileManager.default.copyItem(atPath: fixture.path + suffix, toPath: copy + suffix)
      }
      try await expectRefused(copy, .failedPrecondition, saying: "schema 9", beside: [copy + "-wal"])
    }
  }

  @Test func `a damaged page is found before anything is written`() async throws {
    try await RegistryFixture.with { fixture, registry in
      for index in 0..<40 { try await registry.deploy(.sample("web-\(index)", ["api", "db"])) }
      try registry.close()
      let original = try bytes(fixture.path)
      var random = SplitMix(seed: 11)
      for page in [1, 5, 9, original.count / 4096 - 1] {
        var damaged = original
        for offset in 0..<4096 {
          damaged[page * 4096 + offset] = UInt8.random(in: 0...255, using: &random)
        }
        try damaged.write(to: URL(fileURLWithPath: fixture.path))
        try await expectRefused(fixture.path, .dataLoss, saying: "damaged")
      }
      let half = original.prefix(original.count / 2)
      try half.write(to: URL(fileURLWithPath: fixture.path))
      try await expectRefused(fixture.path, .dataLoss, saying: "damaged")
      try original.write(to: URL(fileURLWithPath: fixture.path))
      let again = try fixture.open()
      #expect(try await again.services().count == 40)
      try again.close()
    }
  }

  @Test func `a write-ahead log of another file is not applied`() async throws {
    try await RegistryFixture.with { fixture, registry in
      try await registry.deploy(.sample("web"))
      let copy = fixture.directory.file("copy.db")
      try registry.backup(to: copy)
      for index in 0..<10 { try await registry.deploy(.sample("later-\(index)")) }
      try FileManager.default.copyItem(atPath: fixture.path + "-wal", toPath: copy + "-wal")
      try await expectRefused(
        copy, .failedPrecondition, saying: "write-ahead log", beside: [copy + "-wal"])
      try FileManager.default.removeItem(atPath: copy + "-wal")
      let restored = try Registry.open(path: copy)
      #expect(try await restored.services().map(\.definition.name) == ["web"])
      try restored.close()
    }
  }

  @Test func `a log without its file is kept for who can repair it`() async throws {
    try await RegistryFixture.with { fixture, registry in
      try await registry.deploy(.sample("web"))
      let lost = fixture.directory.file("lost.db")
      try FileManager.default.copyItem(atPath: fixture.path + "-wal", toPath: lost + "-wal")
      let log = try bytes(lost + "-wal")
      let error = await engineError { _ = try Registry.open(path: lost) }
      #expect(error?.code == .dataLoss)
      #expect(try bytes(lost + "-wal") == log)
      #expect(!FileManager.default.fileExists(atPath: lost))
    }
  }

  @Test func `what is no file is refused and stays`() async throws {
    try await TemporaryDirectory.with { directory in
      let pipe = directory.file("pipe")
      try #require(mkfifo(pipe, 0o666) == 0)
      let link = directory.file("link")
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: pipe)
      for path in [directory.path, pipe, link] {
        let before = mode(path)
        let error = await engineError { _ = try Registry.open(path: path) }
        #expect(error?.code == .failedPrecondition)
        #expect(error?.message.contains("not a regular file") == true)
        #expect(mode(path) == before)
      }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == ["link", "pipe"])
      #expect(await engineError { _ = try Registry.open(path: "") }?.code == .invalidArgument)
      #expect(unlink(pipe) == 0)
      let unmounted = await engineError { _ = try Registry.open(path: link) }
      #expect(unmounted?.code == .failedPrecondition)
      #expect(unmounted?.message.contains("leads nowhere") == true)
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["link"])
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may write to read-only files"))
  func `a read-only file or directory is named`() async throws {
    try await RegistryFixture.with { fixture, registry in
      try await registry.deploy(.sample("web"))
      try registry.close()
      #expect(chmod(fixture.path, 0o400) == 0)
      try await expectRefused(fixture.path, .permissionDenied, saying: "may not write")
      #expect(chmod(fixture.path, 0o600) == 0)
      #expect(chmod(fixture.directory.path, 0o500) == 0)
      defer { chmod(fixture.directory.path, 0o700) }
      try await expectRefused(fixture.path, .permissionDenied, saying: "may not write")
    }
  }
}

/// A small random generator whose sequence is the same everywhere.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
