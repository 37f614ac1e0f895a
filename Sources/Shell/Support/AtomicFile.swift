import Engine
import Foundation

/// Files of the operator, replaced whole or not at all.
enum AtomicFile {
  /// Returns the text of a file, or `nil` where there is none.
  static func read(_ path: String) throws(EngineError) -> String? {
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
  static func write(_ text: String, to path: String) throws(EngineError) {
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
      try store(text, in: temporary, modeOf: destination)
      guard rename(temporary, destination) == 0 else { throw Failure() }
      try synchronize(directory: directory)
    } catch {
      unlink(temporary)
      throw EngineError(.operationFailed, "'\(path)' cannot be written", cause: error.reason)
    }
  }

  /// A system call's failure in its own words.
  private struct Failure: Error {
    let reason = String(cString: strerror(errno))
  }

  private static func store(_ text: String, in path: String, modeOf original: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure() }
    defer { close(descriptor) }
    if let facts = FileFacts(path: original), fchmod(descriptor, facts.permissions) != 0 { throw Failure() }
    var rest = Array(text.utf8)[...]
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
