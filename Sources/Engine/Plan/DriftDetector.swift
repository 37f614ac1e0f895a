public import Foundation

/// Finds where desired and observed state differ.
///
/// Pure.
public enum DriftDetector {
  /// Returns the differences between what the registry wants and what the runtimes have.
  ///
  /// `busy` are services that an operation is changing at this moment: nothing is said about them. `images` are the ids of
  /// local images by the reference that definitions use, `boot` is the machine's last start.
  public static func drift(
    services: [ServiceRecord], instances: [Instance], busy: Set<String> = [],
    unmanaged: [UnmanagedInstance] = [], images: [String: String] = [:], bootedAt boot: Date = .distantPast
  ) -> [Drift] {
    var found: [Drift] = []
    let byService = Dictionary(grouping: instances, by: \.labels.service)
    for service in services where !busy.contains(service.definition.name) {
      let name = service.definition.name
      let own = byService[name] ?? []
      for record in service.components {
        let candidates = own.filter { $0.labels.component == record.name }
        let component = service.definition.component(record.name)
        let isDone =
          candidates.count == 1 && candidates.allSatisfy { hasFinished($0, component, bootedAt: boot) }
        if record.desired == .running, isDone { continue }
        let imageID = component?.image.flatMap { images[$0] }
        if let drift = drift(of: record, service: name, candidates: candidates, imageID: imageID) {
          found.append(drift)
        }
      }
      let known = Set(service.components.map(\.name))
      found += own.filter { !known.contains($0.labels.component) }.map(unknown)
    }
    let names = Set(services.map(\.definition.name)).union(busy)
    found += instances.filter { !names.contains($0.labels.service) }.map(unknown)
    found += unmanaged.map {
      Drift(
        kind: .unmanaged, service: "", component: $0.name,
        message: "\($0.name) (\($0.image)) runs here and nobody deployed it")
    }
    return found
  }

  /// Whether it has ended well and is to stay so by its own policy: a job.
  private static func hasFinished(_ instance: Instance, _ component: Component?, bootedAt boot: Date) -> Bool
  {
    guard instance.state == .exited(code: 0), let component else { return false }
    return RestartJudgement.isOver(instance, by: component.restart, bootedAt: boot)
  }

  private static func unknown(_ instance: Instance) -> Drift {
    Drift(
      kind: .unmanaged, service: instance.labels.service, component: instance.labels.component,
      message: "\(instance.name) carries this agent's labels and is not in the registry (\(instance.state))")
  }

  private static func drift(
    of record: ComponentRecord, service: String, candidates: [Instance], imageID: String?
  ) -> Drift? {
    func make(_ kind: Drift.Kind, _ message: String) -> Drift {
      Drift(kind: kind, service: service, component: record.name, message: message)
    }
    let name = Planner.instanceName(service: service, component: record.name)
    let up = candidates.filter(\.state.isUp)
    switch record.desired {
    case .stopped:
      guard let running = up.first else { return nil }
      return make(.unexpectedRunning, "\(running.name) runs and should be stopped")
    case .running:
      let current = up.first { $0.labels.specHash == record.specHash } ?? up.first ?? candidates.first
      guard let current else { return make(.missing, "there is no \(name)") }
      if !current.state.isUp { return make(.exited, "\(current.name) is \(current.state) and should run") }
      if current.labels.specHash != record.specHash {
        return make(.specMismatch, "\(current.name) was created from another definition")
      }
      if current.state == .unhealthy {
        let why = current.problem.map { ": \($0)" } ?? ""
        return make(.unhealthy, "\(current.name) runs and does not work\(why)")
      }
      // Others that carry its labels are not the agent's work: somebody copied one.
      let old = candidates.first { $0.id != current.id && Planner.isInstanceName($0.name, of: name) }
      if let old { return make(.leftover, "\(old.name) was replaced and is still there (\(old.state))") }
      if current.name != name, Planner.isInstanceName(current.name, of: name) {
        return make(.leftover, "\(current.name) replaced \(name) and does not have its name yet")
      }
      if let imageID, !current.imageID.isEmpty, current.imageID != imageID {
        return make(
          .imageMismatch,
          "\(current.name) runs the image \(current.imageID.prefix(12)), and \(current.image) is \(imageID.prefix(12)) here by now"
        )
      }
      return nil
    }
  }
}
