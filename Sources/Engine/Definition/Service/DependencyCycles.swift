/// Finds components that wait for each other.
enum DependencyCycles {
  /// Returns cycles among `components`, each from its first member on.
  ///
  /// A component that depends on itself is no cycle here. Every component that would wait for ever is behind at
  /// least one of them.
  static func find(_ components: [Component]) -> [[String]] {
    var edges: [String: [String]] = [:]
    for component in components where edges[component.name] == nil {
      edges[component.name] = component.dependsOn.prefix(Limits.components).filter { $0 != component.name }
    }
    var cycles: [[String]] = []
    var finished: Set<String> = []
    for component in components where !finished.contains(component.name) {
      var trail: [(name: String, next: Int)] = [(component.name, 0)]
      while let last = trail.last {
        guard let targets = edges[last.name], last.next < targets.count else {
          finished.insert(last.name)
          trail.removeLast()
          continue
        }
        trail[trail.count - 1].next += 1
        let target = targets[last.next]
        if let start = trail.firstIndex(where: { $0.name == target }) {
          cycles.append(trail[start...].map(\.name))
        } else if !finished.contains(target) {
          trail.append((target, 0))
        }
      }
    }
    return cycles
  }
}
