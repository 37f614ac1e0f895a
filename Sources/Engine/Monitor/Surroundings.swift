internal import Synchronization

/// Has the monitor look at what is not ours and at images a moment after something happened to them: a build, or somebody
/// else's script, makes many events.
final class Surroundings: Sendable {
  private static let pause = Duration.milliseconds(300)
  private let due = Mutex<Set<String>>([])

  /// Soon lists what is not ours.
  func others(in runtime: any Runtime, _ monitor: Monitor) {
    later("others of \(runtime.kind)") { [weak monitor] in try? await monitor?.refreshOthers(in: runtime) }
  }

  /// Soon looks at images.
  func images(in runtime: any Runtime, _ monitor: Monitor) {
    later("images of \(runtime.kind)") { [weak monitor] in try? await monitor?.refreshImages(in: runtime) }
  }

  /// Soon lists what is ours: of what was started its image is not known yet.
  func complete(in runtime: any Runtime, _ monitor: Monitor) {
    later("own of \(runtime.kind)", after: .seconds(1)) { [weak monitor] in
      try? await monitor?.refresh(runtime)
    }
  }

  private func later(
    _ key: String, after pause: Duration = Surroundings.pause, _ look: @escaping @Sendable () async -> Void
  ) {
    guard due.withLock({ $0.insert(key).inserted }) else { return }
    Task {
      try? await Task.sleep(for: pause)
      _ = due.withLock { $0.remove(key) }
      await look()
    }
  }
}
