import Engine
import Foundation

/// Reads the scripts that an operator names.
enum ScriptText {
  /// Returns the text of a file, or of standard input for `-`; a first line that begins with `#!` is left out.
  static func read(_ path: String) async throws -> String {
    let text = path == "-" ? try await standardInput() : try file(path)
    guard text.hasPrefix("#!") else { return text }
    // The line stays, so that the others keep their numbers.
    return "--" + text.dropFirst(2)
  }

  private static func file(_ path: String) throws -> String {
    guard let facts = FileFacts(path: path) else {
      throw EngineError(
        errno == ENOENT ? .notFound : .permissionDenied, "the script \(path) cannot be read",
        cause: String(cString: strerror(errno)))
    }
    guard facts.kind == .regular || facts.kind == .other else {
      throw EngineError(.invalidArgument, "\(path) is not a file")
    }
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw EngineError(
        .permissionDenied, "the script \(path) cannot be read", cause: error.localizedDescription)
    }
    return try decode(bytes, path)
  }

  private static func standardInput() async throws -> String {
    var bytes = Data()
    while true {
      let chunk = await StandardStream.readChunk()
      if chunk.isEmpty { break }
      bytes.append(contentsOf: chunk)
    }
    return try decode(bytes, "standard input")
  }

  private static func decode(_ bytes: Data, _ source: String) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw EngineError(.invalidArgument, "\(source) is not text in UTF-8")
    }
    return text
  }

  /// What a script is called in its messages.
  static func name(_ path: String) -> String { path == "-" ? "stdin" : path }

  /// The table `arg` as the `lua` program has it: the script at 0, its arguments from 1.
  static func arguments(_ script: String, _ arguments: [String]) -> LuaValue {
    var entries = [LuaTable.Entry(key: 0, value: .string(script))]
    for (index, argument) in arguments.enumerated() {
      entries.append(LuaTable.Entry(key: .integer(Int64(index + 1)), value: .string(argument)))
    }
    return .table(LuaTable(entries))
  }

  /// The directory of scripts that a test is about: the one above the test's own.
  static func files(above test: String) -> ScriptFiles {
    let path = test == "-" ? "./x" : URL(filePath: test).path
    let directory = ((path as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent
    return ScriptFiles(
      directory: directory.isEmpty ? ".." : directory, shipped: ProductFiles.directory, trusting: true)
  }

  /// The modules beside a script, in a `lib` beside it, and the product's own.
  static func modules(of script: String) -> LuaState.Loader {
    let directory = script == "-" ? "." : (script as NSString).deletingLastPathComponent
    let files = ScriptFiles(
      directory: directory.isEmpty ? "." : directory, shipped: ProductFiles.directory, trusting: true)
    return { try files.module($0) }
  }
}
