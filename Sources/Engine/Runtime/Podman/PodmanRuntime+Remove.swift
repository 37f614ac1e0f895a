internal import Foundation
internal import Logging

extension PodmanRuntime {
  /// How long a removal is tried again.
  private static let removeLimit: Duration = .seconds(5)

  /// Removes a container, killing it if it runs; its ports are free when this returns.
  ///
  /// Host directories are left alone, and so are volumes that podman made for it.
  ///
  /// One that is not there is left alone. Throws `failedPrecondition` for one that is not ours.
  public func remove(_ id: String) async throws {
    let entry: OwnedContainers.Entry
    do {
      entry = try await requireOwned(id, to: "remove")
      if !entry.wasStopped {
        // A forced removal kills too, but returns before the monitor has let go of the ports.
        do {
          _ = try await stopProcess(id, entry, grace: .zero, until: .cleanedUp)
        } catch let error as EngineError where error.code == .operationFailed || error.code == .timeout {
          logger.debug("removing without a clean stop", metadata: ["reason": "\(error)"])
        }
      }
    } catch let error as EngineError where error.code == .notFound {
      return owned.forget(id)
    }
    await waitForCleanup(of: id)
    try await forceRemove(id, name: entry.name)
    ExecMonitors.dismiss(id)
    owned.forget(id)
  }

  /// Removes with force, again and again for a while: a container that podman is confused about, such as one whose
  /// monitor was killed, is refused the first times ("container state improper", 6 of 18 seen).
  private func forceRemove(_ id: String, name: String) async throws {
    let request = PodmanRequest(
      .delete, "/containers/\(PodmanRequest.segment(id))",
      query: [("force", "true"), ("v", "false"), ("timeout", "0")], limit: configuration.changeTimeout,
      purpose: "remove \(name)")
    let deadline = ContinuousClock.now + Self.removeLimit
    var pause = Duration.milliseconds(20)
    while true {
      let answer = try await client.call(request)
      if answer.isSuccess || answer.status == 404 { return }
      guard ContinuousClock.now < deadline else {
        throw answer.failure.error("cannot remove \(name)", hint: "try again, or `podman rm --force \(name)`")
      }
      try await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(500))
    }
  }

  /// Gives a container another name.
  ///
  /// Throws `alreadyExists` where it is taken.
  public func rename(_ id: String, to name: String) async throws {
    let entry = try await requireOwned(id, to: "rename")
    guard entry.name != name else { return }
    let request = PodmanRequest(
      .post, "/containers/\(PodmanRequest.segment(id))/rename", query: [("name", name)],
      limit: configuration.changeTimeout, purpose: "rename \(entry.name) to \(name)")
    let answer = try await client.call(request)
    guard !answer.isSuccess else { return owned.rename(id, to: name) }
    if let holder = try? await inspection(of: name, to: "rename"), holder.id != id {
      throw answer.failure.error(
        "cannot rename \(entry.name): there is a container named \(name)", code: .alreadyExists)
    }
    throw answer.failure.error("cannot \(request.purpose)")
  }
}
