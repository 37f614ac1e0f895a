internal import CLinux
internal import Foundation
internal import Glibc

/// A directory through which nothing outside of it is reached, whatever anybody does to it meanwhile.
///
/// Every path is resolved by the kernel in one go (`openat2` with `RESOLVE_BENEATH`): symbolic links that stay inside are
/// followed, whatever leads out is refused.
final class ConfinedDirectory: Sendable {
  /// The directory.
  let descriptor: CInt
  /// What it is called in errors.
  let title: String

  private init(descriptor: CInt, title: String) {
    self.descriptor = descriptor
    self.title = title
  }

  deinit { close(descriptor) }

  /// Opens the directory at `path`, whose own symbolic links are followed.
  init(path: String, title: String) throws(EngineError) {
    let opened = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { throw FileFailure.error(errno, "opening \(title)") }
    descriptor = opened
    self.title = title
  }

  /// Opens a directory that is inside of this one.
  func directory(_ path: ConfinedPath, title: String? = nil) throws(EngineError) -> ConfinedDirectory {
    let opened = try open(path, O_RDONLY | O_DIRECTORY)
    return ConfinedDirectory(descriptor: opened, title: title ?? name(of: path))
  }

  /// Opens a directory that is inside of this one, and makes what is missing of it.
  func makeDirectory(_ path: ConfinedPath, mode: mode_t = 0o755) throws(EngineError) -> ConfinedDirectory {
    if let present = try? directory(path) { return present }
    var current = try directory(.root)
    var reached = ConfinedPath.root
    for name in path.names {
      reached = try reached.appending(name)
      let isNew = mkdirat(current.descriptor, name, mode) == 0
      if !isNew, errno != EEXIST {
        throw FileFailure.error(errno, "making the directory \(self.name(of: reached))")
      }
      current = try directory(reached)
      // Whatever this process's umask takes away, those who run in containers need.
      if isNew { fchmod(current.descriptor, mode) }
    }
    return current
  }

  /// Opens what is at `path`; the descriptor is the caller's to close.
  ///
  /// Throws `invalidArgument` for what leads out, `notFound`, `permissionDenied` and so on with the system's reason.
  func open(_ path: ConfinedPath, _ flags: CInt, followingLinks: Bool = true) throws(EngineError) -> CInt {
    let text = path.names.isEmpty ? "." : path.names.joined(separator: "/")
    let opened = clinux_open_beneath(descriptor, text, flags, 0, followingLinks ? 1 : 0)
    guard opened >= 0 else { throw FileFailure.error(-opened, "opening \(name(of: path))") }
    return opened
  }

  /// What is at `path`, itself and not what a link leads to; `nil` where there is nothing.
  func facts(_ path: ConfinedPath) throws(EngineError) -> FileFacts? {
    guard let name = path.name else { return FileFacts(descriptor: descriptor) }
    let parent: ConfinedDirectory
    do {
      parent = try directory(path.parent)
    } catch {
      if error.code == .notFound { return nil }
      throw error
    }
    return FileFacts(name: name, in: parent.descriptor)
  }

  /// The names in this directory, sorted, without the parts of files that are being received.
  func names() throws(EngineError) -> [String] {
    var names: [String] = []
    for name in try entries() {
      guard let name else {
        throw EngineError(
          .invalidArgument, "a name in \(title) is not UTF-8", hint: "rename it, or leave it out")
      }
      if !name.hasPrefix(ConfinedPath.partPrefix) { names.append(name) }
    }
    return names.sorted()
  }

  /// The names of the parts of files that are, or were, being received here.
  func partNames() throws(EngineError) -> [String] {
    try entries().compactMap(\.self).filter { $0.hasPrefix(ConfinedPath.partPrefix) }
  }

  /// Every name but `.` and `..`; `nil` for one that is not UTF-8.
  private func entries() throws(EngineError) -> [String?] {
    let copy = Glibc.open("/proc/self/fd/\(descriptor)", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else {
      let code = errno
      if copy >= 0 { close(copy) }
      throw FileFailure.error(code, "reading the directory \(title)")
    }
    defer { closedir(stream) }
    var names: [String?] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Where the directory is, as the kernel says now.
  var location: String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
  }

  /// How many bytes this process may still write there.
  var freeBytes: UInt64? {
    var facts = statvfs()
    guard fstatvfs(descriptor, &facts) == 0 else { return nil }
    return UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
  }

  private func name(of path: ConfinedPath) -> String {
    path.names.isEmpty ? title : "\(title)/\(path)"
  }
}

/// Failures of system calls on files, in plain words.
enum FileFailure {
  static func error(_ code: CInt, _ doing: String) -> EngineError {
    let cause = String(cString: strerror(code))
    let (kind, hint): (EngineError.Code, String?) =
      switch code {
      case EXDEV, ELOOP:
        (.invalidArgument, "it leads out of the directory through a symbolic link, which is refused")
      case ENXIO, ENODEV: (.invalidArgument, "it is a socket or a device: leave it out")
      case ENOENT: (.notFound, nil)
      case EACCES, EPERM, EROFS:
        (.permissionDenied, "the user that runs this needs the right to it: look at owner and mode")
      case ENOSPC, EDQUOT, EFBIG: (.resourceExhausted, "make room on the disk")
      case ENOTDIR: (.failedPrecondition, "a part of the path is a file and no directory")
      case EISDIR, ENOTEMPTY, EEXIST: (.failedPrecondition, "there is a directory of that name")
      case ENOSYS: (.unsupported, "files need Linux 5.6 or later")
      case EMFILE, ENFILE, ENOMEM: (.resourceExhausted, nil)
      default: (.operationFailed, nil)
      }
    return EngineError(kind, "\(doing) failed", cause: cause, hint: hint)
  }
}
