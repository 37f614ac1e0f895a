internal import Engine
internal import Foundation
internal import Glibc
internal import Synchronization

/// A unix socket that this process listens on.
final class UnixListener: Sendable {
  /// The socket's path.
  let path: String

  private struct State {
    /// The listening socket until somebody takes it.
    var descriptor: CInt?
    /// Holds the lock on the path.
    var lock: CInt?
  }

  private let state: Mutex<State>
  private let identity: FileFacts.Identity

  private init(path: String, descriptor: CInt, lock: CInt, identity: FileFacts.Identity) {
    self.path = path
    self.identity = identity
    state = Mutex(State(descriptor: descriptor, lock: lock))
  }

  deinit {
    close()
  }

  /// Listens on `path`, whose directory is created with mode 0750 where it is missing.
  ///
  /// The socket never has more rights than `mode`, and belongs to `group` where one is given, as does a
  /// directory that is created. A socket that nobody answers on any more is replaced. Throws `conflict`
  /// where somebody does, `alreadyExists` where something else has the path, `invalidArgument` for a path
  /// that cannot be a socket's, `permissionDenied` and `operationFailed` with the system's reason.
  static func bind(path: String, mode: mode_t = 0o660, group: gid_t? = nil) throws -> UnixListener {
    guard path.hasPrefix("/"), path.utf8.count <= 107, !path.utf8.contains(0) else {
      throw EngineError(
        .invalidArgument, "the agent cannot listen on '\(path)'",
        hint: "the socket's path is absolute and has at most 107 bytes")
    }
    try makeDirectory(of: path, group: group)
    // Two agents that start at once would both find nobody listening: the lock lets one of them look.
    let lock = try takeLock(path + ".lock")
    var descriptor: CInt = -1
    do {
      try removeStale(path)
      descriptor = socket(AF_UNIX, SocketType.stream, 0)
      guard descriptor >= 0 else { throw failure("opening a socket for", path) }
      // The mode of the descriptor is that of the file it is bound to, less the umask: the file never has
      // more rights than wanted, and gets the rest of them below.
      guard fchmod(descriptor, mode) == 0 else { throw failure("preparing", path) }
      guard SocketAddress.with(path, { Glibc.bind(descriptor, $0, $1) }) == 0 else {
        throw failure("binding", path)
      }
      if let group, chown(path, uid_t.max, group) != 0 { throw failure("giving to group \(group)", path) }
      guard chmod(path, mode) == 0 else { throw failure("setting the mode of", path) }
      guard listen(descriptor, 256) == 0 else { throw failure("listening on", path) }
      guard let identity = FileFacts(path: path, followingLinks: false)?.identity else {
        throw failure("looking at", path)
      }
      return UnixListener(path: path, descriptor: descriptor, lock: lock, identity: identity)
    } catch {
      if descriptor >= 0 { Glibc.close(descriptor) }
      Glibc.close(lock)
      throw error
    }
  }

  /// Returns the listening socket, which is the caller's to close; `nil` the second time.
  func takeDescriptor() -> CInt? {
    state.withLock { state in
      defer { state.descriptor = nil }
      return state.descriptor
    }
  }

  /// Removes the socket's file, if it is still this one, and lets others have the path.
  func close() {
    state.withLock { state in
      if let descriptor = state.descriptor { Glibc.close(descriptor) }
      if let lock = state.lock {
        if FileFacts(path: path, followingLinks: false)?.identity == identity { unlink(path) }
        Glibc.close(lock)
      }
      state = State()
    }
  }

  private static func makeDirectory(of path: String, group: gid_t?) throws {
    let directory = (path as NSString).deletingLastPathComponent
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory) {
      guard isDirectory.boolValue else {
        throw EngineError(.alreadyExists, "the agent cannot listen on \(path): \(directory) is no directory")
      }
      return
    }
    let parent = (directory as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch {
      throw failure("creating the directory of", path)
    }
    guard mkdir(directory, 0o750) == 0 || errno == EEXIST else {
      throw failure("creating the directory of", path)
    }
    if let group, chown(directory, uid_t.max, group) != 0 {
      throw failure("giving to group \(group) the directory of", path)
    }
    guard chmod(directory, 0o750) == 0 else { throw failure("setting the mode of the directory of", path) }
  }

  private static func takeLock(_ path: String) throws -> CInt {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure("opening", path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      Glibc.close(descriptor)
      throw EngineError(
        .conflict, "the agent cannot listen: another one holds \(path)",
        hint: "stop it first, or give this one another socket")
    }
    return descriptor
  }

  private static func removeStale(_ path: String) throws {
    guard let facts = FileFacts(path: path, followingLinks: false) else {
      guard errno == ENOENT else { throw failure("looking at", path) }
      return
    }
    guard facts.kind == .socket else {
      throw EngineError(
        .alreadyExists, "the agent cannot listen on \(path): it exists and is no socket",
        hint: "remove it, or configure another path")
    }
    let probe = socket(AF_UNIX, SocketType.stream, 0)
    guard probe >= 0 else { throw failure("opening a socket for", path) }
    defer { Glibc.close(probe) }
    let connected = SocketAddress.with(path) { Glibc.connect(probe, $0, $1) }
    let code = errno
    // Refused is the answer for a socket without a listener; everything else may be somebody's.
    guard connected != 0, code == ECONNREFUSED || code == ENOENT else {
      throw EngineError(
        .conflict, "the agent cannot listen on \(path): somebody answers there",
        cause: connected == 0 ? nil : String(cString: strerror(code)),
        hint: "stop the other agent first, or give this one another socket")
    }
    guard unlink(path) == 0 || errno == ENOENT else { throw failure("removing the abandoned", path) }
  }

  private static func failure(_ doing: String, _ path: String) -> EngineError {
    let code = errno
    let denied = code == EACCES || code == EPERM || code == EROFS
    return EngineError(
      denied ? .permissionDenied : .operationFailed, "\(doing) \(path) failed",
      cause: String(cString: strerror(code)),
      hint: denied ? "the agent's user needs write permission for its directory" : nil)
  }
}

/// The type of the sockets here.
private enum SocketType {
  static let stream =
    CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
}

/// The address of a unix socket.
private enum SocketAddress {
  /// Calls `body` with the address of `path`, which must fit.
  static func with<Result>(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
