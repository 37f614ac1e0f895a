internal import CLinux
internal import Crypto
internal import Foundation
internal import Glibc

/// Takes a file or a directory that is sent into a directory.
///
/// What comes is written beside its place under a name of its own, verified, brought to the disk and only then renamed:
/// what was there stays until its successor is complete. Of a large file that does not come to its end, what came is kept
/// for a second try.
final class FileReceiver: @unchecked Sendable {
  // Used by one task, one call after another.

  /// The file that is being received.
  private struct Current {
    let descriptor: CInt
    let parent: ConfinedDirectory
    let part: String
    let name: String
    let header: FileHeader
    var hash: SHA256
    var position: UInt64
    var isBroken = false
  }

  /// A file that is complete and not yet in its place.
  private struct Complete {
    let parent: ConfinedDirectory
    let part: String
    let name: String
  }

  private let root: ConfinedDirectory
  private let base: ConfinedPath
  private let source: TransferSource
  private let prefix: FilePrefix
  /// The file that is continued, until its header has come.
  private var started: Current?
  private var current: Current?
  private var complete: [Complete] = []
  private var directories: [(path: ConfinedPath, header: FileHeader)] = []
  private var lastParent: (path: ConfinedPath, directory: ConfinedDirectory)?
  private var bytes: UInt64 = 0
  private var files: UInt64 = 0

  /// Files from this size on are continued after an interruption.
  static let resumableSize: UInt64 = 1 << 20
  /// What has to stay free on the disk.
  private static let reserve: UInt64 = 16 << 20
  /// How many small files are brought to the disk at once.
  private static let syncedTogether = 4096
  /// How long the beginning of an interrupted file is kept.
  private static let keptFor: TimeInterval = 7 * 86_400
  /// How much of a file is written before the disk is told to begin.
  private static let writeback: UInt64 = 8 << 20

  /// Gets ready for `source`, which goes to `base` in `root`.
  ///
  /// Throws `resourceExhausted` where it does not fit on the disk, `invalidArgument` for a place that is a link, a pipe or
  /// a device or has several names, `failedPrecondition` for a directory in the place of a file, `conflict` while the same
  /// file is being received already. Blocks the thread.
  init(_ source: TransferSource, to base: ConfinedPath, in root: ConfinedDirectory) throws(EngineError) {
    self.root = root
    self.base = base
    self.source = source
    guard !source.header.isDirectory else {
      try Self.requireRoom(for: source.totalBytes, in: root)
      prefix = .none
      started = nil
      return
    }
    let parent = try root.makeDirectory(base.parent)
    guard let name = base.name else {
      throw EngineError(.invalidArgument, "a file cannot take the place of the directory itself")
    }
    try Self.check(name, in: parent, title: "\(base)")
    guard source.header.size >= Self.resumableSize else {
      try Self.requireRoom(for: source.totalBytes, in: root)
      prefix = .none
      started = nil
      return
    }
    Self.removeOldParts(in: parent)
    let part = Self.part(of: name, source.header)
    let descriptor = openat(parent.descriptor, part, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileFailure.error(errno, "writing \(base)") }
    do throws(EngineError) {
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        throw EngineError(
          .conflict, "\(base) is being received already", hint: "wait until the other transfer has ended")
      }
      guard let facts = FileFacts(descriptor: descriptor), facts.kind == .regular, facts.links == 1 else {
        throw EngineError(.conflict, "the part of \(base) that is there is no file of its own")
      }
      let present = min(UInt64(max(0, facts.size)), source.header.size)
      try Self.requireRoom(for: source.totalBytes - present, in: root)
      let hash = try FileDigest.prefix(of: descriptor, count: present)
      prefix = FilePrefix(count: present, sha256: present == 0 ? [] : Array(hash.finalize()))
      started = Current(
        descriptor: descriptor, parent: parent, part: part, name: name, header: source.header, hash: hash,
        position: present)
    } catch {
      if error.code != .conflict, FileFacts(descriptor: descriptor)?.size == 0 {
        unlinkat(parent.descriptor, part, 0)
      }
      close(descriptor)
      throw error
    }
  }

  deinit { abandon() }

  /// How much of the file is there already.
  var present: FilePrefix { prefix }

  /// Takes what has come.
  func take(_ parts: [FilePart]) async throws {
    try await FileWork.run { [self] in
      for part in parts { try accept(part) }
    }
  }

  /// Brings everything to its place and to the disk; the transfer is complete then.
  func finish() async throws -> TransferResult {
    try await FileWork.run { [self] in
      guard current == nil, files == source.totalFiles || source.header.isDirectory,
        source.header.isDirectory || files == 1
      else {
        throw EngineError(.operationFailed, "the transfer ended before everything was there")
      }
      try settle()
      for (path, header) in directories.reversed() {
        let directory = try root.directory(path)
        fchmod(directory.descriptor, mode_t(header.mode) | 0o700)
        _ = clinux_set_modified(directory.descriptor, header.modified)
      }
      if source.header.isDirectory { _ = clinux_sync_file_system(root.descriptor) }
      return TransferResult(
        path: base.description, files: files, bytes: bytes,
        resumedBytes: source.header.isDirectory ? 0 : (resumed ?? 0))
    }
  }

  /// Lets go of what is not complete; the beginning of a large file stays for a second try.
  func abandon() {
    if let file = current ?? started {
      if file.header.size < Self.resumableSize || file.isBroken || file.position == 0
        || source.header.isDirectory
      {
        unlinkat(file.parent.descriptor, file.part, 0)
      }
      close(file.descriptor)
    }
    current = nil
    started = nil
    for file in complete { unlinkat(file.parent.descriptor, file.part, 0) }
    complete = []
  }

  private var resumed: UInt64?

  // MARK: - Parts

  private func accept(_ part: FilePart) throws(EngineError) {
    switch part {
    case .header(let header): try begin(header)
    case .data(let data): try write(data)
    case .end(let digest): try end(digest)
    }
  }

  private func begin(_ header: FileHeader) throws(EngineError) {
    guard current == nil else { throw Self.disorder("a file began before the one before it ended") }
    let path = base.appending(try ConfinedPath(header.path))
    guard source.header.isDirectory else {
      guard !header.isDirectory, header.path.isEmpty, files == 0, header.size == source.header.size else {
        throw Self.disorder("something else came than was announced")
      }
      return try beginOnly(header, path)
    }
    if header.isDirectory {
      let isNew = try root.facts(path) == nil
      _ = try root.makeDirectory(path)
      if isNew { directories.append((path, header)) }
      return
    }
    guard header.offset == 0, let name = path.name else { throw Self.disorder("a file has no name") }
    let parent = try directory(path.parent)
    try Self.check(name, in: parent, title: "\(path)")
    let part = ConfinedPath.partPrefix + UUID().uuidString.lowercased()
    current = try make(part, header, name, parent, path)
  }

  private func beginOnly(_ header: FileHeader, _ path: ConfinedPath) throws(EngineError) {
    if let started {
      current = started
      self.started = nil
      guard header.offset != started.position else {
        resumed = header.offset
        bytes = header.offset
        return
      }
      guard header.offset == 0 else { throw Self.disorder("the file does not continue where it stopped") }
      ftruncate(started.descriptor, 0)
      current?.hash = SHA256()
      current?.position = 0
      return
    }
    guard header.offset == 0, let name = path.name else { throw Self.disorder("a file has no name") }
    current = try make(
      ConfinedPath.partPrefix + UUID().uuidString.lowercased(), header, name, try root.directory(path.parent),
      path)
  }

  private func make(
    _ part: String, _ header: FileHeader, _ name: String, _ parent: ConfinedDirectory, _ path: ConfinedPath
  ) throws(EngineError) -> Current {
    let descriptor = openat(
      parent.descriptor, part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileFailure.error(errno, "writing \(path)") }
    return Current(
      descriptor: descriptor, parent: parent, part: part, name: name, header: header, hash: SHA256(),
      position: 0)
  }

  private func write(_ data: Data) throws(EngineError) {
    guard let file = current else { throw Self.disorder("data came without a file") }
    let size = UInt64(data.count)
    guard file.position + size <= file.header.size, bytes + size <= source.totalBytes else {
      throw Self.disorder("more came than was announced")
    }
    var code: CInt = 0
    data.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count, let start = buffer.baseAddress {
        let written = pwrite(
          file.descriptor, start + done, buffer.count - done,
          off_t(file.position) + off_t(done))
        if written < 0 {
          if errno == EINTR { continue }
          code = errno
          return
        }
        done += written
      }
    }
    guard code == 0 else { throw FileFailure.error(code, "writing \(file.name)") }
    current?.hash.update(data: data)
    current?.position += size
    bytes += size
    let begun = file.position / Self.writeback
    if (file.position + size) / Self.writeback > begun {
      clinux_begin_writeback(
        file.descriptor, Int64(begun * Self.writeback), Int64(Self.writeback))
    }
  }

  private func end(_ digest: [UInt8]) throws(EngineError) {
    guard let file = current else { throw Self.disorder("an end came without a file") }
    guard file.position == file.header.size, Array(file.hash.finalize()) == digest else {
      current?.isBroken = true
      throw EngineError(
        .dataLoss, "\(file.name) did not arrive as it was sent", cause: "its SHA-256 is another one",
        hint: "send it again")
    }
    guard fchmod(file.descriptor, mode_t(file.header.mode)) == 0 else {
      throw FileFailure.error(errno, "setting the mode of \(file.name)")
    }
    _ = clinux_set_modified(file.descriptor, file.header.modified)
    if !source.header.isDirectory, fsync(file.descriptor) != 0 {
      throw FileFailure.error(errno, "writing \(file.name) to the disk")
    }
    close(file.descriptor)
    current = nil
    complete.append(Complete(parent: file.parent, part: file.part, name: file.name))
    files += 1
    if complete.count >= Self.syncedTogether { try settle() }
  }

  /// Renames what is complete, once it is on the disk.
  private func settle() throws(EngineError) {
    guard !complete.isEmpty else { return }
    if source.header.isDirectory {
      let result = clinux_sync_file_system(root.descriptor)
      guard result == 0 else { throw FileFailure.error(-result, "writing to the disk") }
    }
    while let file = complete.first {
      // Looked at once more: who knows what came there meanwhile.
      try Self.check(file.name, in: file.parent, title: file.name)
      guard renameat(file.parent.descriptor, file.part, file.parent.descriptor, file.name) == 0 else {
        throw FileFailure.error(errno, "putting \(file.name) in its place")
      }
      complete.removeFirst()
      if !source.header.isDirectory, fsync(file.parent.descriptor) != 0 {
        throw FileFailure.error(errno, "writing \(file.name) to the disk")
      }
    }
  }

  private func directory(_ path: ConfinedPath) throws(EngineError) -> ConfinedDirectory {
    if let lastParent, lastParent.path == path { return lastParent.directory }
    let directory = try root.makeDirectory(path)
    lastParent = (path, directory)
    return directory
  }

  // MARK: - Checks

  /// Throws where what is there cannot be replaced by a file.
  private static func check(
    _ name: String, in parent: ConfinedDirectory, title: String
  ) throws(EngineError) {
    guard let facts = FileFacts(name: name, in: parent.descriptor) else { return }
    func refuse(_ what: String) -> EngineError {
      EngineError(
        .invalidArgument, "\(Text.quoted(title)) is \(what), which is not replaced",
        hint: "remove it first, or choose another place")
    }
    switch facts.kind {
    case .regular:
      guard facts.links <= 1 else { throw refuse("a file with \(facts.links) names (hard links)") }
    case .directory:
      throw EngineError(
        .failedPrecondition, "\(Text.quoted(title)) is a directory", hint: "a file goes into it as \(title)/")
    case .socket, .other: throw refuse("a link, a pipe, a socket or a device")
    }
  }

  private static func requireRoom(for bytes: UInt64, in root: ConfinedDirectory) throws(EngineError) {
    guard let free = root.freeBytes, free < bytes + reserve else { return }
    throw EngineError(
      .resourceExhausted,
      "\(ByteText.format(bytes)) do not fit: \(ByteText.format(free)) are free where \(root.title) is",
      hint: "make room on that disk; \(ByteText.format(reserve)) have to stay free")
  }

  private static func removeOldParts(in directory: ConfinedDirectory) {
    let limit = Int64((Date().timeIntervalSince1970 - keptFor) * 1e9)
    for name in (try? directory.partNames()) ?? [] {
      guard let facts = FileFacts(name: name, in: directory.descriptor), facts.modified < limit else {
        continue
      }
      unlinkat(directory.descriptor, name, 0)
    }
  }

  /// The name of what is kept of a file, which is that of no other file and of no other version of it.
  static func part(of name: String, _ header: FileHeader) -> String {
    let digest = SHA256.hash(data: Array("\(header.size)/\(header.modified)/\(name)".utf8))
    return ConfinedPath.partPrefix + Array(digest.prefix(16)).hexadecimal
  }

  private static func disorder(_ what: String) -> EngineError {
    EngineError(.invalidArgument, "the transfer is not in order: \(what)")
  }
}
