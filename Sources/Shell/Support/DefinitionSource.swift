import Engine
import Foundation

/// Finds the definition that a command line means.
enum DefinitionSource {
  /// Returns the definition in `file`, or the one of the services directory that `target` names.
  ///
  /// Throws `notFound` where there is no such file or component, `invalidArgument` with every mistake of the
  /// file, and a usage error where the file defines another service than the one named.
  static func load(target: Target?, file: String?, session: Session) async throws -> ServiceDefinition {
    let definition: ServiceDefinition
    if let file {
      definition = try await parse(file, session)
      if let target, target.service != definition.name {
        throw UsageError(
          "'\(file)' defines '\(definition.name)', not '\(target.service)'",
          hint: "mcp deploy \(definition.name) --file \(file)")
      }
    } else if let target {
      definition = try session.configuration.definition(named: target.service).definition
    } else {
      throw UsageError("no service is named")
    }
    if let component = target?.component, definition.component(component) == nil {
      let names = definition.components.map(\.name).joined(separator: ", ")
      throw EngineError(
        .notFound, "service '\(definition.name)' has no component '\(component)'",
        hint: "its components are: \(names)", service: definition.name, component: component)
    }
    return definition
  }

  private static func parse(_ file: String, _ session: Session) async throws -> ServiceDefinition {
    guard file != "-" else {
      return try ServiceFile.parse(try await standardInput(session.console), source: "standard input")
    }
    guard let text = try AtomicFile.read(file) else {
      throw EngineError(.notFound, "there is no file '\(file)'", hint: "check the path after --file")
    }
    return try ServiceFile.parse(text, source: file)
  }

  private static func standardInput(_ console: Console) async throws -> String {
    var bytes: [UInt8] = []
    while case let chunk = await console.readInput(), !chunk.isEmpty { bytes += chunk }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw EngineError(.invalidArgument, "standard input is not UTF-8 text")
    }
    return text
  }
}
