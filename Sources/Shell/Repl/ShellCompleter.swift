import Engine
import Foundation

/// Completes what is typed into the shell: names of Lua, functions and options of the API, services and components.
struct ShellCompleter: Sendable {
  let state: LuaState
  let planes: PlaneKeeper
  let session: Session

  /// The kinds of events that hooks are often about.
  private static let kinds = [
    "agent-start", "agent-stop", "alert", "denied", "deploy", "exec", "exit", "healthy", "removed", "restart",
    "resumed",
    "running", "start", "stop", "undeploy", "unhealthy",
  ]

  /// What the end of a text may become.
  func complete(_ text: String) async -> Completion {
    if text.hasPrefix(":") { return command(text) }
    if text.hasPrefix("?") { return matching(functionNames, String(text.dropFirst()), at: 1) }
    let place = LuaPlace(text)
    let function = place.call.flatMap { $0.hasPrefix("mcp.") ? ScriptAPI.function($0) : nil }
    switch place.kind {
    case .name(let table): return await names(in: table, place)
    case .key:
      guard let function, let options = options(function, place.argument) else {
        return await names(in: "", place)
      }
      let candidates = options.map {
        Completion.Candidate(text: $0.name, note: $0.meaning, suffix: " = ")
      }
      return matching(candidates, place.word, at: place.start)
    case .string: return await string(place, function)
    }
  }

  private var functionNames: [Completion.Candidate] {
    ScriptAPI.functions.filter { $0.topic != .testing }.map { .init(text: $0.name, note: $0.summary) }
  }

  private func matching(_ candidates: [Completion.Candidate], _ word: String, at start: Int) -> Completion {
    Completion(start: start, candidates: candidates.filter { $0.text.hasPrefix(word) })
  }

  private func command(_ text: String) -> Completion {
    if text.hasPrefix(":node ") {
      let nodes = session.configuration.nodes.map { Completion.Candidate(text: $0.name) }
      return matching(nodes, String(text.dropFirst(6)), at: 6)
    }
    if text.hasPrefix(":load ") { return files(String(text.dropFirst(6)), at: 6) }
    return matching(
      ShellVerb.allCases.map { .init(text: $0.rawValue, note: $0.summary) }, String(text.dropFirst()), at: 1)
  }

  private func files(_ path: String, at start: Int) -> Completion {
    let directory = path.contains("/") ? (path as NSString).deletingLastPathComponent + "/" : ""
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: directory.isEmpty ? "." : directory)) ?? []
    let wanted = names.filter { $0.hasSuffix(".lua") && !$0.hasPrefix(".") }.sorted()
    return matching(wanted.map { .init(text: directory + $0) }, path, at: start)
  }

  private func names(in table: String, _ place: LuaPlace) async -> Completion {
    let names = await state.names(in: table)
    let candidates = names.filter { !$0.hasPrefix("_") || place.word.hasPrefix("_") }.map { name in
      let full = table.isEmpty ? name : "\(table).\(name)"
      let function = full.hasPrefix("mcp.") ? ScriptAPI.function(full) : nil
      return Completion.Candidate(
        text: name, note: function?.summary ?? "",
        suffix: function.map { $0.parameters.isEmpty ? "()" : "(" } ?? "")
    }
    return matching(candidates, place.word, at: place.start)
  }

  private func options(_ function: APIFunction, _ argument: Int) -> [APIField]? {
    guard function.parameters.indices.contains(argument),
      case .options(let fields) = function.parameters[argument].type
    else { return nil }
    return fields
  }

  private func string(_ place: LuaPlace, _ function: APIFunction?) async -> Completion {
    if place.call == "help" { return matching(functionNames, place.word, at: place.start) }
    guard let function else { return Completion(start: place.start) }
    let type =
      place.key.flatMap { key in options(function, place.argument)?.first { $0.name == key }?.type }
      ?? (function.parameters.indices.contains(place.argument)
        ? function.parameters[place.argument].type : nil)
    switch type {
    case .target?, .either?: return await targets(place)
    case .word(let words)?:
      return matching(words.map { .init(text: $0, suffix: "\"") }, place.word, at: place.start)
    case .string? where function.name == "on":
      return matching(Self.kinds.map { .init(text: $0, suffix: "\"") }, place.word, at: place.start)
    default: return Completion(start: place.start)
    }
  }

  private func targets(_ place: LuaPlace) async -> Completion {
    let services = (try? await planes.plane().list()) ?? []
    var components: [String: [String]] = [:]
    for definition in (try? session.configuration.definitions()) ?? [] {
      components[definition.definition.name] = definition.definition.components.map(\.name)
    }
    for service in services { components[service.name] = service.components }
    var candidates: [Completion.Candidate] = []
    if let slash = place.word.firstIndex(of: "/") {
      let service = String(place.word[..<slash])
      candidates = (components[service] ?? []).map { .init(text: "\(service)/\($0)", suffix: "\"") }
    } else {
      candidates = components.keys.sorted().map { .init(text: $0) }
    }
    return matching(candidates, place.word, at: place.start)
  }
}

/// Reads lines with the editor.
struct EditingLineReader: LineReader {
  let editor: LineEditor

  func readLine(prompt: String, evaluator: Evaluator) async -> LineInput {
    await editor.readLine(
      prompt: prompt, continuation: String(repeating: ".", count: max(1, prompt.count - 2)) + "> ",
      isComplete: { await evaluator.isComplete($0) })
  }
}
