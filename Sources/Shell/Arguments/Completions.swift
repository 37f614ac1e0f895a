import ArgumentParser
import Engine
import Foundation

/// Completes names of services, components and nodes while the operator types.
///
/// All of this is quick and silent: a completion that fails completes nothing.
enum Completions {
  /// Names of the configured nodes.
  @Sendable static func nodes(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    guard let session = session(words) else { return [] }
    return session.configuration.nodes.map(\.name).sorted()
  }

  /// Services that have a definition file.
  @Sendable static func localServices(_ words: [String], _ index: Int, _ prefix: String) async -> [String] {
    session(words).map(localNames) ?? []
  }

  /// Services and components that have a definition file.
  @Sendable static func localTargets(_ words: [String], _ index: Int, _ prefix: String) async -> [String] {
    guard let session = session(words) else { return [] }
    guard let service = service(of: prefix) else { return localNames(session) }
    return localComponents(service, session)
  }

  /// Services that are deployed.
  @Sendable static func deployedServices(_ words: [String], _ index: Int, _ prefix: String) async -> [String]
  {
    guard let session = session(words) else { return [] }
    return await deployed(session).map { Array($0.keys).sorted() } ?? localNames(session)
  }

  /// Services and components that are deployed.
  @Sendable static func deployedTargets(_ words: [String], _ index: Int, _ prefix: String) async -> [String] {
    guard let session = session(words) else { return [] }
    let deployed = await deployed(session)
    guard let service = service(of: prefix) else {
      return deployed.map { Array($0.keys).sorted() } ?? localNames(session)
    }
    guard let components = deployed?[service] else { return localComponents(service, session) }
    return components.map { "\(service)/\($0)" }
  }

  /// The part of a word before its slash, where it has one.
  private static func service(of prefix: String) -> String? {
    prefix.firstIndex(of: "/").map { String(prefix[..<$0]) }
  }

  private static func session(_ words: [String]) -> Session? {
    (try? GlobalOptions.parseLeniently(words)).flatMap { try? Session.open($0, interruptible: false) }
  }

  private static func localNames(_ session: Session) -> [String] {
    let directory = session.configuration.servicesDirectory
    let files = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return files.filter { $0.hasSuffix(".toml") && !$0.hasPrefix(".") }.map { String($0.dropLast(5)) }
      .sorted()
  }

  private static func localComponents(_ service: String, _ session: Session) -> [String] {
    guard let found = try? session.configuration.definition(named: service) else { return [] }
    return found.definition.components.map { "\(service)/\($0.name)" }
  }

  /// The deployed services with their components; `nil` where no agent answers in time.
  private static func deployed(_ session: Session) async -> [String: [String]]? {
    guard let nodes = try? session.nodes(),
      let gathering = try? await session.gather(
        from: nodes, limit: .completing, { plane, _ in try await plane.list() }),
      !gathering.answers.isEmpty
    else { return nil }
    return gathering.answers.flatMap(\.value).reduce(into: [:]) { $0[$1.name] = $1.components }
  }
}

extension GlobalOptions {
  /// Finds `--config` and `--node` in a line that is not complete yet.
  static func parseLeniently(_ words: [String]) throws -> GlobalOptions {
    func value(_ name: String) -> String? {
      for (index, word) in words.enumerated() {
        if word == name, index + 1 < words.count { return words[index + 1] }
        if word.hasPrefix("\(name)=") { return String(word.dropFirst(name.count + 1)) }
      }
      return nil
    }
    // An empty value is the word that is being completed.
    let arguments = ["--config", "--node"].compactMap { name in
      value(name).flatMap { $0.isEmpty ? nil : "\(name)=\($0)" }
    }
    return try GlobalOptions.parse(arguments)
  }
}
