import Engine
import Foundation

/// The text of a definition while it is being edited, in a private file that outlives mistakes.
struct Draft {
  let service: String
  let original: String
  /// The directory of the file, which belongs to this draft alone.
  let directory: String

  /// The file that the editor opens.
  var path: String { "\(directory)/\(service).toml" }

  /// Puts `text` into a new directory under `directory` that only its owner can look into.
  init(service: String, text: String, directory: String) throws(EngineError) {
    self.service = service
    original = text
    var template = Array("\(directory)/mcp-edit-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw EngineError(
        .operationFailed, "no temporary directory can be made in '\(directory)'",
        cause: String(cString: strerror(errno)), hint: "set TMPDIR to a directory that can be written")
    }
    self.directory = String(cString: made)
    try AtomicFile.write(text, to: path)
  }

  /// Removes the file.
  func discard() { try? FileManager.default.removeItem(atPath: directory) }

  /// Returns `error` with the place of the operator's text.
  func keeping(_ error: EngineError) -> EngineError {
    var error = error
    error.hint = [error.hint, "your text is kept in \(path)"].compactMap(\.self).joined(separator: "; ")
    return error
  }

  /// Lets the operator edit until the definition is valid, and returns its text; `nil` where it did not change.
  ///
  /// Throws what is wrong with the text, and where that is kept, once the operator gives up or nobody can be
  /// asked.
  func edit(_ session: Session) async throws -> String? {
    let editor = Editor(environment: session.context.environment)
    while true {
      do {
        try await session.context.interruption.during(.ignore) { try await editor.edit(path) }
        guard let text = try AtomicFile.read(path) else {
          throw EngineError(.notFound, "the editor removed '\(path)'", service: service)
        }
        guard text != original else { return nil }
        try validate(text)
        return text
      } catch let error as EngineError {
        guard try await wantsAnother(after: error, session) else { throw keeping(error) }
      }
    }
  }

  private func validate(_ text: String) throws(EngineError) {
    let definition = try ServiceFile.parse(text, source: path)
    guard definition.name == service else {
      throw EngineError(
        .invalidArgument, "the definition is named '\(definition.name)', not '\(service)'",
        hint: "a service is renamed by deploying it under its new name and undeploying the old one",
        service: service)
    }
  }

  private func wantsAnother(after error: EngineError, _ session: Session) async throws -> Bool {
    guard session.console.canAsk else { return false }
    session.console.error(ErrorRenderer.text(error, style: session.options.errorStyle))
    session.console.error("edit again? [Y/n] ")
    let answer = await session.context.interruption.during(.exit) { await session.console.readAnswer() }
    guard let answer else { return false }
    return !["n", "no"].contains(answer.lowercased())
  }
}

extension Session {
  /// Where drafts are kept.
  var temporaryDirectory: String {
    context.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
  }
}
