extension QEMURuntime {
  /// A VM by its id or name, in the words of a definition: its record has them.
  public func describe(_ reference: String) async throws -> ForeignInstance {
    guard let record = try store.find(reference) ?? store.all().first(where: { $0.name == reference }) else {
      throw EngineError(.notFound, "there is no VM \(reference)")
    }
    var component = record.component
    // What it has got for its routes is not in a definition.
    component.ports.removeAll { port in
      port.hostIP == RoutePorts.host && record.labels.routes.values.contains(port.hostPort)
    }
    component.environment.removeAll { variable in
      component.routes.contains { $0.variable == variable.name }
    }
    return ForeignInstance(id: record.id, name: record.name, component: component)
  }

  /// Gives a VM other labels, in its record.
  public func adopt(_ id: String, as labels: InstanceLabels) async {
    try? await locks.withLock(id) {
      guard var record = try store.find(id), record.labels != labels else { return }
      let routes = record.labels.routes
      record.labels = labels
      if labels.routes.isEmpty { record.labels.routes = routes }
      try store.save(record)
    }
  }
}
