internal import Crypto
internal import Foundation

/// A file or a directory that is sent, as it is when it is looked at.
struct FileTree: Sendable {
  /// One thing in it.
  private struct Entry {
    let path: ConfinedPath
    let header: FileHeader
    let identity: FileFacts.Identity
  }

  /// What is sent, as a whole.
  private(set) var source: TransferSource
  private let root: ConfinedDirectory
  private let entries: [Entry]

  /// How many bytes are read at a time: with what a message puts before them, a block of a power of two.
  private static let chunk = (1 << 20) - (4 << 10)
  /// How many bytes of small files go into a message.
  private static let batch = 1 << 18
  /// The most things that one call sends.
  private static let maximumEntries = 1_000_000

  /// Looks at what is at `path` in `root`, through and through.
  ///
  /// Throws `invalidArgument` for symbolic links, hard links, pipes, sockets and devices in it, `notFound` where there is
  /// nothing. With `allowingHardLink` what is sent itself may have several names. Blocks the thread.
  init(
    _ path: ConfinedPath, in root: ConfinedDirectory, allowingHardLink: Bool = false
  ) throws(EngineError) {
    self.root = root
    var entries: [Entry] = []
    try Self.look(path, at: "", in: root, allowingHardLink: allowingHardLink, &entries)
    let files = entries.filter { !$0.header.isDirectory }
    self.entries = entries
    source = TransferSource(
      name: path.name ?? "", header: entries[0].header, totalBytes: files.reduce(0) { $0 + $1.header.size },
      totalFiles: UInt64(files.count))
  }

  private static func look(
    _ path: ConfinedPath, at relative: String, in root: ConfinedDirectory, allowingHardLink: Bool = false,
    _ entries: inout [Entry]
  ) throws(EngineError) {
    guard entries.count < maximumEntries else {
      throw EngineError(
        .resourceExhausted, "\(root.title) has more than \(maximumEntries) files", hint: "send parts of it")
    }
    // Does not wait for the other end of a pipe.
    let descriptor = try root.open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
    defer { close(descriptor) }
    guard let facts = FileFacts(descriptor: descriptor) else {
      throw FileFailure.error(errno, "looking at \(path)")
    }
    try check(facts, path, allowingHardLink: allowingHardLink)
    entries.append(
      Entry(
        path: path,
        header: FileHeader(
          path: relative, isDirectory: facts.kind == .directory, mode: facts.permissions,
          modified: facts.modified, size: facts.kind == .directory ? 0 : UInt64(max(0, facts.size))),
        identity: facts.identity))
    guard facts.kind == .directory else { return }
    for name in try root.directory(path).names() {
      try look(
        try path.appending(name), at: relative.isEmpty ? name : "\(relative)/\(name)", in: root, &entries)
    }
  }

  private static func check(
    _ facts: FileFacts, _ path: ConfinedPath, allowingHardLink: Bool
  ) throws(EngineError) {
    func refuse(_ what: String, _ hint: String) -> EngineError {
      EngineError(
        .invalidArgument, "\(Text.quoted(path.description)) is \(what), which is not sent", hint: hint)
    }
    switch facts.kind {
    case .directory: return
    case .regular:
      guard facts.links <= 1 || allowingHardLink else {
        throw refuse("a file with \(facts.links) names (hard links)", "copy it first, or leave it out")
      }
    case .socket: throw refuse("a socket", "leave it out")
    case .other: throw refuse("neither a file nor a directory", "leave out links, pipes and devices")
    }
  }

  /// Gives what is sent another name.
  mutating func rename(_ name: String) { source.name = name }

  /// Whether the file that is sent begins with `prefix`.
  ///
  /// Blocks the thread.
  func begins(with prefix: FilePrefix) -> Bool {
    guard prefix.count > 0, !source.header.isDirectory, prefix.count <= source.header.size,
      let descriptor = try? root.open(entries[0].path, O_RDONLY | O_NOFOLLOW)
    else { return false }
    defer { close(descriptor) }
    return (try? FileDigest.prefix(of: descriptor, count: prefix.count)).map {
      Array($0.finalize()) == prefix.sha256
    } ?? false
  }

  /// Everything, piece by piece, a little ahead of whoever takes it.
  ///
  /// The file that is sent is continued after `prefix`, which must be its beginning.
  func parts(after prefix: FilePrefix = .none) -> AsyncThrowingStream<[FilePart], any Error> {
    FilledStream.make(capacity: 3, failure: { EngineError.wrap($0) }) { buffer in
      try await FileWork.transferring { try await send(to: buffer, after: prefix) }
    }
  }

  private func send(to buffer: BoundedBuffer<[FilePart]>, after prefix: FilePrefix) async throws {
    var pending: [FilePart] = []
    var weight = 0
    for entry in entries {
      var header = entry.header
      if header.isDirectory {
        pending.append(.header(header))
        weight += FilePart.header(header).weight
      } else {
        header.offset = prefix.count
        let reader = try await FileWork.run { [header] in
          try Reader(entry, header: header, in: root)
        }
        pending.append(.header(header))
        weight += FilePart.header(header).weight
        while let part = try await FileWork.run({ try reader.next(Self.chunk) }) {
          pending.append(part)
          weight += part.weight
          if weight >= Self.batch {
            try await buffer.send(pending)
            pending = []
            weight = 0
          }
        }
      }
      if weight >= Self.batch {
        try await buffer.send(pending)
        pending = []
        weight = 0
      }
    }
    if !pending.isEmpty { try await buffer.send(pending) }
  }

  /// Reads one file from its offset to its end.
  private final class Reader: @unchecked Sendable {
    // Used by one task, one call after another.
    private let descriptor: CInt
    private let header: FileHeader
    private let path: ConfinedPath
    private var hash: SHA256
    private var position: UInt64
    private var isEnded = false

    init(_ entry: Entry, header: FileHeader, in root: ConfinedDirectory) throws {
      self.header = header
      path = entry.path
      descriptor = try root.open(entry.path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
      position = header.offset
      hash = SHA256()
      guard let facts = FileFacts(descriptor: descriptor), facts.identity == entry.identity else {
        close(descriptor)
        throw Self.changed(entry.path)
      }
      if header.offset > 0 { hash = try FileDigest.prefix(of: descriptor, count: header.offset) }
    }

    deinit { close(descriptor) }

    func next(_ most: Int) throws -> FilePart? {
      guard !isEnded else { return nil }
      guard position < header.size else {
        isEnded = true
        guard let facts = FileFacts(descriptor: descriptor), facts.modified == header.modified,
          UInt64(max(0, facts.size)) == header.size
        else { throw Self.changed(path) }
        return .end(sha256: Array(hash.finalize()))
      }
      let wanted = Int(min(UInt64(most), header.size - position))
      var code: CInt = 0
      // Not zeroed first, and not copied on its way into a message.
      guard let buffer = malloc(wanted) else { throw FileFailure.error(ENOMEM, "reading \(path)") }
      var count = 0
      while count < wanted {
        let read = pread(descriptor, buffer + count, wanted - count, off_t(position) + off_t(count))
        if read < 0, errno == EINTR { continue }
        if read < 0 { code = errno }
        if read <= 0 { break }
        count += read
      }
      let bytes = Data(bytesNoCopy: buffer, count: wanted, deallocator: .free)
      guard code == 0 else { throw FileFailure.error(code, "reading \(path)") }
      guard count == wanted else { throw Self.changed(path) }
      hash.update(data: bytes)
      position += UInt64(wanted)
      return .data(bytes)
    }

    private static func changed(_ path: ConfinedPath) -> EngineError {
      EngineError(
        .conflict, "\(Text.quoted(path.description)) was changed while it was sent", hint: "send it again")
    }
  }
}

/// Digests of what is in files.
enum FileDigest {
  /// The digest of bytes.
  static func of(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  /// The running digest of a file's first `count` bytes; throws where it has less.
  static func prefix(of descriptor: CInt, count: UInt64) throws(EngineError) -> SHA256 {
    var hash = SHA256()
    var position: UInt64 = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while position < count {
      let wanted = Int(min(UInt64(buffer.count), count - position))
      let read = pread(descriptor, &buffer, wanted, off_t(position))
      if read < 0, errno == EINTR { continue }
      guard read > 0 else {
        throw FileFailure.error(read < 0 ? errno : EIO, "reading what is there of a file")
      }
      buffer.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<read])) }
      position += UInt64(read)
    }
    return hash
  }
}
