import Engine
import Foundation
import Subprocess
import SystemPackage

/// The `podman` of the operator's machine.
struct LocalPodman: Sendable {
  /// How much of what it says is kept for an error.
  private static let kept = 1 << 20
  /// How long it has to end by itself once it is not wanted any more.
  private static let patience = Duration.milliseconds(1500)

  private let path: String

  /// Finds it in `PATH`.
  ///
  /// Throws `failedPrecondition` where it is not installed.
  init(environment: [String: String]) throws(EngineError) {
    let directories = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    let found = directories.map { "\($0)/podman" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else {
      throw EngineError(
        .failedPrecondition, "podman is not installed on this machine",
        hint: "images are built here, not on the node: apt-get install podman")
    }
    path = found
  }

  /// Builds an image; what podman says goes to standard error.
  ///
  /// Throws `notFound` where source tree or Dockerfile are missing, `operationFailed` where the build fails. Cancelling
  /// ends podman.
  func build(_ image: ImageBuild) async throws {
    for (what, file) in [("source tree", image.context), ("Dockerfile", image.dockerfile)]
    where !FileManager.default.fileExists(atPath: file) {
      throw EngineError(
        .notFound, "\(image.name) cannot be built: the \(what) \(file) is not there",
        hint: "`path` of the definition is relative to [build] workspace, Dockerfiles are relative to it")
    }
    try await passing(
      ["build", "--tag", image.reference, "--file", image.dockerfile, image.context],
      "\(image.name) could not be built", hint: "its messages are above")
  }

  /// Pushes an image to its registry; what podman says goes to standard error.
  ///
  /// Throws `operationFailed`. Cancelling ends podman.
  func push(_ image: ImageBuild) async throws {
    let registry = ImageReference(image.reference)?.registry ?? ""
    try await passing(
      ["push", image.reference], "\(image.reference) could not be pushed",
      hint: "podman's messages are above; `podman login \(registry)` gives it credentials")
  }

  /// Whether an image is where nodes will look for it: in its registry, or on this machine.
  ///
  /// Throws what keeps the registry from answering.
  func has(_ image: ImageBuild) async throws -> Bool {
    guard image.isPushed else {
      return try await asking(["image", "exists", image.reference]).code == 0
    }
    let answer = try await asking(["manifest", "inspect", image.reference])
    // Podman 4 says this of an image that is there and is no list of images.
    if answer.code == 0 || answer.errors.contains("parsing manifest blob") { return true }
    let failure = PullFailure.error(answer.errors, pulling: image.reference)
    if failure.code == .notFound { return false }
    throw EngineError(
      failure.code, "whether \(image.reference) is in its registry cannot be found out", cause: failure.cause,
      hint: failure.hint)
  }

  // MARK: - Running it

  private var options: PlatformOptions {
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: Self.patience)]
    return options
  }

  private func passing(_ arguments: [String], _ failure: String, hint: String) async throws {
    let result: Int
    do {
      let ended = try await Subprocess.run(
        .path(FilePath(path)), arguments: Arguments(arguments), platformOptions: options,
        output: .fileDescriptor(.standardError, closeAfterSpawningProcess: false),
        error: .currentStandardError)
      result = Self.code(ended.terminationStatus)
    } catch {
      throw Self.notStarted(error)
    }
    try Task.checkCancellation()
    guard result == 0 else {
      throw EngineError(.operationFailed, "\(failure): podman ended with \(result)", hint: hint)
    }
  }

  private func asking(_ arguments: [String]) async throws -> (code: Int, errors: String) {
    do {
      let ended = try await Subprocess.run(
        .path(FilePath(path)), arguments: Arguments(arguments), platformOptions: options, output: .discarded,
        error: .string(limit: Self.kept))
      try Task.checkCancellation()
      return (Self.code(ended.terminationStatus), ended.standardError)
    } catch let error as SubprocessError {
      throw Self.notStarted(error)
    }
  }

  private static func notStarted(_ error: any Error) -> any Error {
    if error is CancellationError { return error }
    return EngineError(.operationFailed, "podman cannot be started", cause: "\(error)")
  }

  private static func code(_ status: TerminationStatus) -> Int {
    switch status {
    case .exited(let code): Int(code)
    case .signaled(let signal): 128 + Int(signal)
    }
  }
}
