internal import Foundation

/// Files that are written whole or not at all.
package enum AtomicFile {
  /// Returns the text of a file, or `nil` where there is none.
  package static func read(_ path: String) throws(EngineError) -> String? {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch CocoaError.fileReadNoSuchFile {
      return nil
    } catch {
      throw EngineError(.operationFailed, "'\(path)' cannot be read", cause: reason(error))
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw EngineError(.invalidArgument, "'\(path)' is not UTF-8 text")
    }
    return text
  }

  /// Replaces the file at `path`, following a symbolic link to it and keeping its mode.
  ///
  /// Missing directories are created. A reader sees the old text or the new one, also after a power cut.
  package static func write(_ text: String, to path: String) throws(EngineError) {
    let destination = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    if let facts = FileFacts(path: destination), facts.kind != .regular {
      throw EngineError(
        .invalidArgument, "'\(path)' is not a regular file and is not replaced",
        hint: "name a file; `-` is standard output where a command offers that")
    }
    let directory = (destination as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    } catch {
      throw EngineError(
        .operationFailed, "the directory '\(directory)' cannot be created", cause: reason(error))
    }
    let temporary = "\(directory)/.\((destination as NSString).lastPathComponent).\(getpid()).tmp"
    do throws(Failure) {
      try store(Array(text.utf8), in: temporary, mode: 0o644, modeOf: destination)
      guard rename(temporary, destination) == 0 else { throw Failure() }
      try synchronize(directory: directory)
    } catch {
      unlink(temporary)
      throw EngineError(.operationFailed, "'\(path)' cannot be written", cause: error.reason)
    }
  }

  /// Makes a file that is not there yet; it is on the disk when this returns.
  ///
  /// The directory must exist.
  package static func create(_ bytes: [UInt8], at path: String, mode: UInt32) throws(EngineError) {
    do throws(Failure) {
      try store(bytes, in: path, mode: mode)
      try synchronize(directory: (path as NSString).deletingLastPathComponent)
    } catch {
      unlink(path)
      throw EngineError(
        error.code == ENOSPC || error.code == EDQUOT ? .resourceExhausted : .operationFailed,
        "'\(path)' cannot be written", cause: error.reason)
    }
  }

  /// A system call's failure in its own words.
  private struct Failure: Error {
    let code = errno
    var reason: String { String(cString: strerror(code)) }
  }

  private static func store(
    _ bytes: [UInt8], in path: String, mode: mode_t, modeOf original: String? = nil
  ) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw Failure() }
    defer { close(descriptor) }
    if let original, let facts = FileFacts(path: original), fchmod(descriptor, facts.permissions) != 0 {
      throw Failure()
    }
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        throw Failure()
      }
      rest = rest.dropFirst(written)
    }
    guard fsync(descriptor) == 0 else { throw Failure() }
  }

  private static func synchronize(directory: String) throws(Failure) {
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure() }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw Failure() }
  }

  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    if let underlying, underlying.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(underlying.code)))
    }
    return error.localizedDescription
  }
}
