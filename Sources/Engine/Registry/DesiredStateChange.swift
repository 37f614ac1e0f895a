internal import Foundation

/// What a change makes of a service's record: pure functions, with time and numbers given.
enum DesiredStateChange {
  /// Returns the record after `definition` became what should be true.
  ///
  /// `lastRevision` is the highest number that the service ever had, 0 for a new one.
  static func define(
    _ definition: ServiceDefinition, desired: [String: DesiredState], specHashes: [String: String],
    current: ServiceRecord?, lastRevision: Int64, by actor: Actor, at time: Date
  ) throws(EngineError) -> ServiceRecord {
    let names = definition.components.map(\.name)
    try check(names, desired: desired, specHashes: specHashes, of: definition.name)
    let old = Dictionary(
      (current?.components ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let isSame =
      current?.definition == definition && names.allSatisfy { old[$0]?.specHash == specHashes[$0] }
    let revision = isSame ? current?.revision ?? lastRevision + 1 : lastRevision + 1
    let components = names.map { name in
      let hash = specHashes[name] ?? ""
      return ComponentRecord(
        name: name,
        desired: desired[name] ?? old[name]?.desired ?? (definition.active ? .running : .stopped),
        specHash: hash,
        revision: old[name].flatMap { $0.specHash == hash ? $0.revision : nil } ?? revision)
    }
    return ServiceRecord(
      definition: definition, revision: revision,
      updatedAt: isSame ? current?.updatedAt ?? time : time,
      updatedBy: isSame ? current?.updatedBy ?? actor : actor, components: components)
  }

  /// Returns the record after components got other desired states.
  static func desire(
    _ desired: [String: DesiredState], of current: ServiceRecord
  ) throws(EngineError) -> ServiceRecord {
    let service = current.definition.name
    let known = Set(current.components.map(\.name))
    if let unknown = desired.keys.filter({ !known.contains($0) }).sorted().first {
      throw EngineError(
        .notFound, "service \(service) has no component \(unknown)",
        hint: "it has \(known.sorted().joined(separator: ", "))", service: service, component: unknown)
    }
    var record = current
    for index in record.components.indices {
      if let state = desired[record.components[index].name] { record.components[index].desired = state }
    }
    return record
  }

  private static func check(
    _ names: [String], desired: [String: DesiredState], specHashes: [String: String], of service: String
  ) throws(EngineError) {
    let known = Set(names)
    guard !names.isEmpty, known.count == names.count else {
      throw EngineError(
        .invalidArgument,
        "cannot deploy \(service): a service needs components, each with a name of its own",
        service: service)
    }
    if let unknown = Set(desired.keys).union(specHashes.keys).subtracting(known).sorted().first {
      throw EngineError(
        .invalidArgument, "cannot deploy \(service): it has no component \(unknown)", service: service,
        component: unknown)
    }
    if let missing = names.first(where: { specHashes[$0, default: ""].isEmpty }) {
      throw EngineError(
        .invalidArgument, "cannot deploy \(service): component \(missing) has no spec hash",
        service: service, component: missing)
    }
  }
}
