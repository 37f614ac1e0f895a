/// Fetching images, which is tried again where its failure may pass.
extension NodeContext {
  /// Pulls an image for a component and returns its id; ends early where the caller gives up.
  func pull(
    _ image: String, for component: String, of service: String, in runtime: any Runtime,
    control: OperationControl, progress: @escaping ProgressHandler
  ) async throws -> String {
    let tell: @Sendable (String) -> Void = {
      progress(OperationProgress(service: service, component: component, phase: "pull", message: $0))
    }
    return try await control.interruptible {
      try await PullRetry.run(tell: tell) { try await runtime.pull(image) { tell($0.message) } }
    }
  }
}
