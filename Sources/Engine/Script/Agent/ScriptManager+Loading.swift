internal import Foundation
internal import Logging

/// Keeps the last version of each script that could be loaded, so that it survives the agent.
public protocol ScriptVersions: Sendable {
  /// The text that was last loaded; `nil` where there is none.
  func lastGood(_ script: String) async throws -> String?
  /// Keeps a text that was loaded; `nil` forgets the script.
  func keep(_ text: String?, of script: String) async throws
}

extension ScriptManager: ScriptAdministration {
  /// Loads everything that is there, side by side: a script that takes its time keeps no other from its work.
  func loadAll() async {
    do {
      let names = try settings.files.names()
      for name in names { entries[name] = Entry(isLoading: true) }
      await withTaskGroup(of: Void.self) { group in
        for name in names { group.addTask { _ = await self.load(name) } }
      }
    } catch {
      logger.error("the scripts cannot be loaded", metadata: ["error": "\(error)"])
      tell(
        EventKind.scriptFailed, "", "the scripts cannot be loaded: \(error)", details: ["result": "failed"])
    }
  }

  /// Loads a script from its file and swaps it for the version in use, or keeps that.
  func load(_ name: String) async -> ScriptReport {
    var failure: EngineError
    do {
      let script = try await loaded(name, text: try settings.files.read(name))
      replace(name, by: script)
      do {
        try await versions.keep(script.text, of: name)
      } catch {
        logger.warning(
          "a script's version cannot be kept", metadata: ["script": "\(name)", "error": "\(error)"])
      }
      let hooks = script.hooks.map(\.hook.occasion.description)
      tell(
        EventKind.scriptLoaded, name, "\(name) was loaded", details: ["hooks": hooks.joined(separator: ", ")])
      return ScriptReport(name: name, ok: true, message: "loaded", hooks: hooks)
    } catch {
      failure = EngineError.wrap(error)
    }
    entries[name, default: Entry()].isLoading = false
    entries[name]?.error = failure
    let kept = await fallBack(name)
    var details = ["result": "failed", "kept": "\(kept != nil)"]
    if !failure.details.isEmpty { details["trace"] = failure.details.joined(separator: "\n") }
    let suffix = kept.map { "; \($0) stays in use" } ?? ""
    tell(
      EventKind.scriptFailed, name, "\(name) could not be loaded: \(failure)\(suffix)", details: details)
    return ScriptReport(
      name: name, ok: false, message: kept.map { "not loaded; \($0) stays in use" } ?? "not loaded",
      error: failure, hooks: entries[name]?.current?.hooks.map(\.hook.occasion.description) ?? [])
  }

  /// Makes sure that the last good version runs, also after a restart; says which one that is.
  private func fallBack(_ name: String) async -> String? {
    if let current = entries[name]?.current {
      return "the version of \(current.loadedAt.formatted(.iso8601))"
    }
    guard let text = try? await versions.lastGood(name), let script = try? await loaded(name, text: text)
    else { return nil }
    let failure = entries[name]?.error
    replace(name, by: script)
    entries[name]?.error = failure
    return "the last version that could be loaded"
  }

  private func replace(_ name: String, by script: LoadedScript) {
    entries[name]?.current?.retire()
    entries[name] = Entry(current: script)
    activate(script)
  }

  /// Runs a script's text in a new state, in which it says what it wants to be called for.
  private func loaded(_ name: String, text: String, plan: PlanRecorder? = nil) async throws -> LoadedScript {
    let script = LoadedScript(name: name, text: text, loadedAt: clock.now())
    var surroundings = surroundings(named: name)
    surroundings.registrar = script.registrar
    surroundings.emit = { [weak script, events] event in
      try script?.countEmitted(at: event.time)
      await events.append([event])
    }
    surroundings.plan = plan
    let host = try await ScriptHost(surroundings, limits: settings.limits)
    try await host.run(text)
    script.host = host
    return script
  }

  /// What a script of the agent has around it.
  func surroundings(named name: String) -> ScriptSurroundings {
    let actor = Actor(kind: .script, name: name)
    let plane = plane(Caller(actor: actor, role: .admin, peer: "script"))
    var surroundings = ScriptSurroundings(
      place: .agent, name: name, plane: { plane },
      definition: { try await plane.service($0).definition },
      definitions: {
        var definitions: [ServiceDefinition] = []
        for service in try await plane.list() {
          definitions.append(try await plane.service(service.name).definition)
        }
        return definitions
      })
    surroundings.clock = scriptClock
    surroundings.store = store
    surroundings.http = http
    surroundings.variables = settings.variables
    let (logger, events, files) = (logger, events, settings.files)
    surroundings.output = { logger.info("\($0)", metadata: ["script": "\(name)"]) }
    surroundings.log = { level, message, fields in
      var metadata = fields.mapValues { Logger.MetadataValue.string($0) }
      metadata["script"] = .string(name)
      logger.log(level: level.level, "\(message)", metadata: metadata)
    }
    surroundings.emit = { await events.append([$0]) }
    surroundings.modules = { try files.module($0) }
    return surroundings
  }

  /// The scripts and how they are, ordered by name.
  public func list() async -> [ScriptInfo] {
    var list: [ScriptInfo] = []
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      let state: ScriptInfo.State =
        entry.isDisabled
        ? .disabled : entry.current != nil ? .loaded : entry.isLoading ? .loading : .failed
      list.append(
        ScriptInfo(
          name: name, state: state, loadedAt: entry.current?.loadedAt,
          hooks: entry.current?.hooks.map(\.info) ?? [], memory: await entry.current?.host?.state.memory ?? 0,
          error: entry.error))
    }
    return list
  }

  /// Loads every script beside what runs, without effects, and says what is wrong.
  public func check() async -> [ScriptReport] {
    let names: [String]
    do {
      names = try settings.files.names()
    } catch {
      return [ScriptReport(name: settings.files.directory, ok: false, message: "not readable", error: error)]
    }
    var reports: [ScriptReport] = []
    for name in names {
      do {
        let script = try await loaded(name, text: try settings.files.read(name), plan: PlanRecorder())
        reports.append(
          ScriptReport(
            name: name, ok: true, message: "in order", hooks: script.hooks.map(\.hook.occasion.description)))
      } catch {
        reports.append(
          ScriptReport(name: name, ok: false, message: "does not load", error: EngineError.wrap(error)))
      }
    }
    return reports
  }

  /// Loads scripts again; one whose file is gone goes with it.
  public func reload(_ names: [String], by actor: Actor) async throws -> [ScriptReport] {
    await firstLoad.wait()
    let there = try settings.files.names()
    let known = Set(there).union(entries.keys)
    if let unknown = names.first(where: { !known.contains($0) }) {
      throw EngineError(
        .notFound, "there is no script \(unknown) in \(settings.files.directory)",
        hint: known.isEmpty
          ? "scripts lie in \(settings.files.directory)/hooks"
          : "there are: \(known.sorted().joined(separator: ", "))")
    }
    let wanted = names.isEmpty ? known.sorted() : names
    var reports: [ScriptReport] = []
    for name in wanted {
      reports.append(there.contains(name) ? await load(name) : await remove(name))
    }
    return reports
  }

  private func remove(_ name: String) async -> ScriptReport {
    entries.removeValue(forKey: name)?.current?.retire()
    try? await versions.keep(nil, of: name)
    tell(EventKind.scriptRemoved, name, "\(name) was removed: its file is gone")
    return ScriptReport(name: name, ok: true, message: "removed: its file is gone")
  }
}

extension ScriptLogLevel {
  fileprivate var level: Logger.Level {
    switch self {
    case .debug: .debug
    case .info: .info
    case .warn: .warning
    case .error: .error
    }
  }
}
