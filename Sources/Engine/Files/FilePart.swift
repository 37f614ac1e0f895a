public import Foundation

/// A file or a directory on its way.
public struct FileHeader: Hashable, Sendable {
  /// Its path below what is sent; empty for what is sent itself.
  public var path: String
  /// Whether it is a directory.
  public var isDirectory: Bool
  /// The permission bits, at most 0777.
  public var mode: UInt32
  /// When it was last changed, in nanoseconds since 1970.
  public var modified: Int64
  /// The bytes of a file.
  public var size: UInt64
  /// Where its data begins: not 0 for a file that is continued.
  public var offset: UInt64

  /// Creates a header.
  public init(
    path: String, isDirectory: Bool, mode: UInt32, modified: Int64, size: UInt64, offset: UInt64 = 0
  ) {
    self.path = path
    self.isDirectory = isDirectory
    self.mode = mode & 0o777
    self.modified = modified
    self.size = size
    self.offset = offset
  }
}

/// A piece of what is sent: a file is its header, its data, and its end.
public enum FilePart: Hashable, Sendable {
  /// Begins a file or a directory.
  case header(FileHeader)
  /// Bytes of the file that was begun.
  case data(Data)
  /// Ends the file with the SHA-256 of all of it.
  case end(sha256: [UInt8])

  /// About as many bytes as it takes in a message.
  var weight: Int {
    switch self {
    case .header(let header): header.path.utf8.count + 64
    case .data(let bytes): bytes.count + 8
    case .end: 40
    }
  }
}

/// What is sent, as a whole.
public struct TransferSource: Hashable, Sendable {
  /// Its own name.
  public var name: String
  /// What it is.
  public var header: FileHeader
  /// The bytes of all files.
  public var totalBytes: UInt64
  /// How many files there are.
  public var totalFiles: UInt64

  /// Creates a description.
  public init(name: String, header: FileHeader, totalBytes: UInt64, totalFiles: UInt64) {
    self.name = name
    self.header = header
    self.totalBytes = totalBytes
    self.totalFiles = totalFiles
  }
}

/// The beginning of a file that is there already.
public struct FilePrefix: Hashable, Sendable {
  /// How many bytes.
  public var count: UInt64
  /// Their SHA-256.
  public var sha256: [UInt8]

  /// Creates a description.
  public init(count: UInt64, sha256: [UInt8]) {
    self.count = count
    self.sha256 = sha256
  }

  /// Nothing of it.
  public static let none = FilePrefix(count: 0, sha256: [])
}

/// What was sent.
public struct TransferResult: Hashable, Sendable, Codable {
  /// Where it is, below the service's directory; after a pull, on the operator's machine.
  public var path: String
  /// How many files.
  public var files: UInt64
  /// Their bytes.
  public var bytes: UInt64
  /// How many of them were there already.
  public var resumedBytes: UInt64

  /// Creates a result.
  public init(path: String, files: UInt64, bytes: UInt64, resumedBytes: UInt64) {
    self.path = path
    self.files = files
    self.bytes = bytes
    self.resumedBytes = resumedBytes
  }
}

/// What is sent to a node.
public struct PushRequest: Hashable, Sendable {
  /// The service whose directory it goes to.
  public var service: String
  /// Where it is to be there; a directory that is there, or one that ends in `/`, takes a file under its own name.
  public var path: String
  /// What it is.
  public var source: TransferSource

  /// Creates a request.
  public init(service: String, path: String, source: TransferSource) {
    self.service = service
    self.path = path
    self.source = source
  }
}

/// What is fetched from a node.
public struct PullRequest: Hashable, Sendable {
  /// The service from whose directory it comes.
  public var service: String
  /// What; empty is all of it.
  public var path: String
  /// What is there of it already, and of which file.
  public var present: FilePrefix
  /// The size of the file that ``present`` is of.
  public var size: UInt64
  /// The time of the file that ``present`` is of.
  public var modified: Int64

  /// Creates a request.
  public init(
    service: String, path: String, present: FilePrefix = .none, size: UInt64 = 0, modified: Int64 = 0
  ) {
    self.service = service
    self.path = path
    self.present = present
    self.size = size
    self.modified = modified
  }
}

/// Gives what is sent, once the receiver has said what it has already.
public typealias FileFeed = @Sendable (FilePrefix) async throws -> AsyncThrowingStream<[FilePart], any Error>

/// A pull under way.
public struct PullSession: Sendable {
  /// What comes.
  public let source: TransferSource
  /// It, piece by piece; a slow consumer slows the sender down.
  public let parts: AsyncThrowingStream<[FilePart], any Error>

  /// Creates a session.
  public init(source: TransferSource, parts: AsyncThrowingStream<[FilePart], any Error>) {
    self.source = source
    self.parts = parts
  }
}
