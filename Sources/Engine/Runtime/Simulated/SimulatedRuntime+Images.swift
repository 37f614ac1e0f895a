internal import Synchronization

extension SimulatedRuntime {
  /// The id of a local image, the same for the same reference.
  public func imageID(_ reference: String) async throws -> String? {
    localImages.contains(reference) ? SimulatedID.image(reference) : nil
  }

  /// Whether there is a local image of that name.
  public func hasImage(_ reference: String) async throws -> Bool { localImages.contains(reference) }

  /// Makes an image local; throws `notFound` for one of ``unknownImages``.
  public func pull(
    _ reference: String, progress: @escaping @Sendable (PullProgress) -> Void
  ) async throws -> String {
    progress(PullProgress(message: "pulling \(reference)"))
    return try change { state throws(EngineError) in
      state.note("pull \(reference)")
      try state.reach(.pull, reference)
      guard !state.unknownImages.contains(reference) else {
        throw EngineError(
          .notFound, "cannot pull \(reference): the registry has no such image",
          hint: "check the name and the tag")
      }
      state.localImages.insert(reference)
      return SimulatedID.image(reference)
    }
  }

  /// Makes sure that a network exists; returns whether it was created now.
  ///
  /// A word that means a way of networking (`host`, `none` …) needs nothing.
  @discardableResult
  public func ensureNetwork(_ name: String) async throws -> Bool {
    try change { state throws(EngineError) in
      state.note("network \(name)")
      try state.reach(.network, name)
      guard !state.hasNetwork(name) else { return false }
      state.networks.insert(name)
      return true
    }
  }

  /// Removes a network that no object belongs to; returns whether it was removed.
  @discardableResult
  public func removeNetwork(_ name: String) async throws -> Bool {
    try change { state throws(EngineError) in
      state.note("remove network \(name)")
      try state.reach(.network, name)
      guard !state.objects.values.contains(where: { $0.spec.component.network == name }) else { return false }
      return state.networks.remove(name) != nil
    }
  }
}
