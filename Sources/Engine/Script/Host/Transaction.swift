internal import Foundation
internal import Synchronization

/// What a script has changed since a point to which it may have to go back.
final class Transaction: Sendable {
  /// The transaction that the running function belongs to.
  @TaskLocal static var current: Transaction?

  private struct Change {
    let service: String
    let before: ServiceRecord?
    let plane: any ControlPlane
  }

  private let outer: Transaction?
  private let changes = Mutex<[Change]>([])

  init(within outer: Transaction?) { self.outer = outer }

  /// Notes what a service is like before it is changed for the first time.
  func willChange(_ service: String, on plane: any ControlPlane) async throws {
    if changes.withLock({ $0.contains { $0.service == service } }) { return }
    let before: ServiceRecord?
    do {
      before = try await plane.service(service)
    } catch let error as EngineError where error.code == .notFound {
      before = nil
    }
    changes.withLock { changes in
      if changes.contains(where: { $0.service == service }) { return }
      changes.append(Change(service: service, before: before, plane: plane))
    }
  }

  /// Leaves what was noted to the transaction around this one, which may still have to undo it.
  func commit() {
    let mine = changes.withLock { changes in
      defer { changes = [] }
      return changes
    }
    outer?.changes.withLock { changes in
      for change in mine where !changes.contains(where: { $0.service == change.service }) {
        changes.append(change)
      }
    }
  }

  /// Goes back, newest change first, to the end also where the script is being stopped.
  ///
  /// A service that cannot be brought back is logged; the others are brought back all the same.
  func undo(_ script: ScriptContext) async {
    let changes = changes.withLock { changes in
      defer { changes = [] }
      return changes
    }
    // Not in the script's task, which may be cancelled.
    await Task {
      for change in changes.reversed() {
        do {
          try await Self.restore(change, progress: script.surroundings.progress)
          script.surroundings.log(.warn, "\(change.service) was brought back to what it was before", [:])
        } catch {
          script.surroundings.log(
            .error, "\(change.service) could not be brought back to what it was before",
            ["error": EngineError.wrap(error).description])
        }
      }
    }.value
  }

  private static func restore(_ change: Change, progress: @escaping ProgressHandler) async throws {
    guard let before = change.before else {
      do {
        _ = try await change.plane.undeploy(
          TargetRequest(target: Target(service: change.service)), progress: progress)
      } catch let error as EngineError where error.code == .notFound {}
      return
    }
    _ = try await change.plane.deploy(DeployRequest(definition: before.definition), progress: progress)
    let now = try await change.plane.service(change.service)
    for component in before.components {
      let desired = now.components.first { $0.name == component.name }?.desired
      guard desired != component.desired else { continue }
      let request = TargetRequest(target: Target(service: change.service, component: component.name))
      switch component.desired {
      case .running: _ = try await change.plane.start(request, progress: progress)
      case .stopped: _ = try await change.plane.stop(request, progress: progress)
      }
    }
  }
}
