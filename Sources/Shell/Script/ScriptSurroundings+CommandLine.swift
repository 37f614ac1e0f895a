import Engine
import Foundation

extension ScriptSurroundings {
  /// What a script has around it that an operator runs.
  static func commandLine(_ session: Session, planes: PlaneKeeper, name: String) -> ScriptSurroundings {
    let configuration = session.configuration
    var surroundings = ScriptSurroundings(
      place: .commandLine, name: name, plane: { try await planes.plane() },
      definition: { try configuration.definition(named: $0).definition },
      definitions: { try configuration.definitions().map(\.definition) })
    surroundings.nodes = { try await session.describeNodes() }
    surroundings.planeOfNode = { try await planes.plane(of: $0) }
    surroundings.store = FileScriptStore(environment: session.context.environment)
    surroundings.http = NetworkHTTP(allowed: nil)
    surroundings.variables = session.context.environment
    let console = session.console
    surroundings.output = { try? console.output($0 + "\n") }
    let style = session.options.errorStyle
    surroundings.log = { level, message, fields in
      let facts = fields.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
      let label = style.paint("\(level.rawValue):", level.color)
      console.error("\(label) \(Printable.line(message + facts))\n")
    }
    surroundings.progress = { progress in
      let subject = [progress.service, progress.component].compactMap(\.self).joined(separator: "/")
      console.error(style.paint(Printable.line("\(subject): \(progress.message)"), .dim) + "\n")
    }
    return surroundings
  }
}

extension LuaLimits {
  /// An operator's own script may use what it likes of the operator's machine, short of bringing it down.
  static let commandLine = LuaLimits(memory: 1 << 30, cpu: nil, wall: nil, output: nil)
}

extension ScriptLogLevel {
  fileprivate var color: Style.Color {
    switch self {
    case .debug: .dim
    case .info: .cyan
    case .warn: .yellow
    case .error: .red
    }
  }
}

extension Session {
  /// The configured nodes by name, as scripts see them.
  fileprivate func describeNodes() async throws -> LuaValue {
    let nodes = configuration.nodes
    let gathering = try await gather(from: nodes) { plane, _ in try await plane.node() }
    var fields: [String: LuaValue] = [:]
    for node in nodes {
      var entry: [String: LuaValue] = [
        "name": .string(node.name), "address": .string("\(node.address)"), "reachable": false,
      ]
      if let answer = gathering.answers.first(where: { $0.node.name == node.name }) {
        entry["reachable"] = true
        entry["info"] = try LuaValue(encoding: answer.value)
      } else if let failure = gathering.failures.first(where: { $0.node.name == node.name }) {
        entry["error"] = .failure(failure.error)
      }
      fields[node.name] = .table(LuaTable(entry))
    }
    return .table(LuaTable(fields))
  }
}
