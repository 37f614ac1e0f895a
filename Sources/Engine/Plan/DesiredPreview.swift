public import Foundation

extension ServiceRecord {
  /// Returns what the registry will hold after `change`, without writing it; `nil` where the service will be gone.
  ///
  /// `--plan` plans with this; the registry's own answer is the truth for everything that is carried out.
  public static func applying(
    _ change: DesiredChange, to current: ServiceRecord?, at time: Date, by actor: Actor
  ) -> ServiceRecord? {
    switch change {
    case .none:
      return current
    case .remove:
      return nil
    case .desire(let states):
      guard var record = current else { return nil }
      for index in record.components.indices {
        if let state = states[record.components[index].name] { record.components[index].desired = state }
      }
      return record
    case .define(let definition, let desired, let hashes):
      let unchanged = current?.definition == definition
      let revision = unchanged ? current?.revision ?? 1 : (current?.revision ?? 0) + 1
      let components = definition.components.map { component in
        let before = current?.components.first { $0.name == component.name }
        let hash = hashes[component.name] ?? ""
        return ComponentRecord(
          name: component.name, desired: desired[component.name] ?? .running, specHash: hash,
          revision: before?.specHash == hash ? before?.revision ?? revision : revision)
      }
      return ServiceRecord(
        definition: definition, revision: revision, updatedAt: unchanged ? current?.updatedAt ?? time : time,
        updatedBy: unchanged ? current?.updatedBy ?? actor : actor, components: components)
    }
  }
}
