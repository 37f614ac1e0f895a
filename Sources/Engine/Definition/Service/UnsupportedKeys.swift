extension ServiceDefinition {
  /// Returns the paths of keys that are valid and whose function this version does not carry out yet.
  ///
  /// This is the one place that knows them.
  public func unsupportedKeys() -> [String] {
    var keys: [String] = []
    if snapshot != nil { keys.append("snapshot") }
    for (index, component) in components.enumerated() {
      let place = KeyPath.index("components", index)
      keys += component.unsupportedKeys().map { "\(place).\($0)" }
    }
    return keys
  }

  /// Throws `unsupported` with all ``unsupportedKeys()`` as details, if there are any.
  public func refuseUnsupported() throws(EngineError) {
    let keys = unsupportedKeys()
    guard !keys.isEmpty else { return }
    throw EngineError(
      .unsupported,
      "\(Text.quoted(name)) uses \(keys.count == 1 ? "a key" : "keys") that this version does not carry out yet",
      hint: "remove \(keys.count == 1 ? "it" : "them") from the definition to deploy the rest",
      service: name, details: keys.map { "\($0): not yet supported" })
  }
}

extension Component {
  /// Returns the keys of this component whose function this version does not carry out yet.
  public func unsupportedKeys() -> [String] {
    var keys: [String] = []
    for (index, route) in routes.enumerated() where route.mode == .l7 {
      keys.append(KeyPath.key(KeyPath.index("routes", index), "mode"))
    }
    return keys
  }
}
