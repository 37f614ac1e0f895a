internal import Foundation

/// Reads small text files that somebody else may have put there.
enum TextFile {
  /// Returns the contents of the regular file at `path`.
  ///
  /// It never waits for a pipe and never reads more than a document may have. Throws `notFound`,
  /// `permissionDenied`, `invalidArgument` for what is no such file, `failedPrecondition` for the rest.
  static func read(_ path: String, kind: String) throws(EngineError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(errno, path, kind) }
    defer { close(descriptor) }
    guard let facts = FileFacts(descriptor: descriptor) else { throw failure(errno, path, kind) }
    guard facts.kind == .regular else {
      throw EngineError(.invalidArgument, "\(path) is not a regular file, so it cannot be a \(kind)")
    }
    guard let text = String(validating: try bytes(descriptor, path, kind), as: UTF8.self) else {
      throw EngineError(
        .invalidArgument, "\(path) is not a valid \(kind)", cause: "the file is not UTF-8 text")
    }
    return text
  }

  private static func bytes(_ descriptor: Int32, _ path: String, _ kind: String) throws(EngineError)
    -> [UInt8]
  {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(errno, path, kind) }
      if count == 0 { return result }
      result += buffer[..<count]
      guard result.count <= TOMLDocument.maximumBytes else {
        throw EngineError(
          .invalidArgument, "\(path) is not a valid \(kind)",
          cause: "the file is larger than \(SizeText.format(Int64(TOMLDocument.maximumBytes)))")
      }
    }
  }

  private static func failure(_ number: Int32, _ path: String, _ kind: String) -> EngineError {
    let code: EngineError.Code =
      switch number {
      case ENOENT, ENOTDIR: .notFound
      case EACCES, EPERM: .permissionDenied
      default: .failedPrecondition
      }
    return EngineError(code, "cannot read the \(kind) \(path)", cause: String(cString: strerror(number)))
  }
}
