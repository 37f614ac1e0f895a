internal import Synchronization

/// What the driver remembers of the containers that it made or listed.
///
/// Spares a look at the labels before each change. An id is never used again by podman, and labels cannot be changed,
/// so what was true once stays true; the memory is bounded by forgetting what was removed and by each list.
final class OwnedContainers: Sendable {
  struct Entry: Sendable, Hashable {
    var name: String
    var labels: InstanceLabels
    /// The ports of this machine that it publishes.
    var ports: [HostPort]
    /// It is on a named network, where containers share what podman changes as they come and go.
    var isNetworked: Bool
    /// It was stopped through this driver and not started since: not something that ended by itself.
    var wasStopped = false
    /// Its monitor, while that cleans up after a process that was stopped: until then podman is not done with it.
    var cleaner: ProcessIdentity?
  }

  private let entries = Mutex<[String: Entry]>([:])

  subscript(id: String) -> Entry? { entries.withLock { $0[id] } }

  /// Remembers a container and returns what is known of it, its stop included.
  @discardableResult
  func note(_ id: String, name: String, labels: InstanceLabels, ports: [HostPort], isNetworked: Bool) -> Entry
  {
    entries.withLock { entries in
      let entry = Entry(
        name: name, labels: labels, ports: ports, isNetworked: isNetworked,
        wasStopped: entries[id]?.wasStopped ?? false, cleaner: entries[id]?.cleaner)
      entries[id] = entry
      return entry
    }
  }

  /// Remembers another name.
  func rename(_ id: String, to name: String) { entries.withLock { $0[id]?.name = name } }

  /// Remembers whether it was stopped on purpose.
  func setStopped(_ id: String, _ stopped: Bool) {
    entries.withLock { $0[id]?.wasStopped = stopped }
  }

  /// Remembers who cleans up after it.
  func setCleaner(_ id: String, _ cleaner: ProcessIdentity?) {
    entries.withLock { $0[id]?.cleaner = cleaner }
  }

  /// The containers on named networks that podman still cleans up after.
  var networkedInCleanup: [String] {
    entries.withLock { $0.filter { $0.value.isNetworked && $0.value.cleaner != nil }.map(\.key) }
  }

  /// Forgets a container that was removed.
  func forget(_ id: String) { entries.withLock { _ = $0.removeValue(forKey: id) } }

  /// Forgets all that are not in `ids`.
  func keep(only ids: Set<String>) { entries.withLock { $0 = $0.filter { ids.contains($0.key) } } }
}
