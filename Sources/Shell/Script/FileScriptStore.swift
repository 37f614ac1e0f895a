import Engine
import Foundation

/// What an operator's scripts keep, in a file of the operator's: `$XDG_STATE_HOME/mcp/store.json`.
///
/// The file is read and replaced as a whole, under a lock, so that several scripts may run at once.
struct FileScriptStore: ScriptStore {
  private typealias Contents = [String: [String: String]]

  private static let maximumValues = 1000
  let directory: String

  init(environment: [String: String]) {
    let home = environment["HOME"] ?? NSHomeDirectory()
    let state =
      environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home)/.local/state"
    directory = "\(state)/mcp"
  }

  private var path: String { "\(directory)/store.json" }

  func value(of key: String, script: String) async throws -> String? {
    try read()[Self.identity(of: script)]?[key]
  }

  func setValue(_ json: String?, of key: String, script: String) async throws {
    let script = Self.identity(of: script)
    try await Blocking.run {
      Result { () throws(EngineError) in
        try locked { () throws(EngineError) in
          var contents = try read()
          contents[script, default: [:]][key] = json
          guard contents[script]?.count ?? 0 <= Self.maximumValues else {
            throw EngineError(
              .resourceExhausted, "\(script) keeps \(Self.maximumValues) values, which is the most")
          }
          try write(contents)
        }
      }
    }.get()
  }

  /// A script is the same one from wherever it is run.
  private static func identity(of script: String) -> String {
    URL(filePath: script).standardizedFileURL.path
  }

  private func read() throws(EngineError) -> Contents {
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    do {
      return try JSONDecoder().decode(Contents.self, from: Data(contentsOf: URL(filePath: path)))
    } catch {
      throw EngineError(
        .dataLoss, "the values that scripts keep cannot be read from \(path)", cause: "\(error)",
        hint: "repair the file, or move it away")
    }
  }

  private func write(_ contents: Contents) throws(EngineError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    do {
      try AtomicFile.write(String(decoding: try encoder.encode(contents), as: UTF8.self), to: path)
    } catch {
      throw EngineError.wrap(error)
    }
  }

  private func locked(_ body: () throws(EngineError) -> Void) throws(EngineError) {
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw EngineError(
        .permissionDenied, "the directory \(directory) cannot be made", cause: error.localizedDescription)
    }
    let descriptor = open("\(path).lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw EngineError(
        .permissionDenied, "\(path).lock cannot be opened", cause: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
    try body()
  }
}
