internal import Foundation
internal import Logging

extension QEMURuntime {
  /// Notes down a VM: its files are there, and what they are is remembered.
  ///
  /// Throws `alreadyExists` where the name is taken, `notFound` for a file, an image or a directory that is not there.
  public func create(_ spec: InstanceSpec) async throws -> CreatedInstance {
    _ = try requireExecutable()
    let component = spec.component
    for volume in component.volumes where FileFacts(path: volume.source)?.kind != .directory {
      throw EngineError(
        .notFound, "cannot create \(spec.name): \(volume.source) is no directory",
        hint: "a VM gets directories by 9p; make it on the node and try again")
    }
    return try await locks.withLock("name:\(spec.name)") {
      guard !store.all().contains(where: { $0.name == spec.name }) else {
        throw EngineError(.alreadyExists, "cannot create \(spec.name): there is a VM of that name")
      }
      let id = UUID().uuidString.lowercased().replacing("-", with: "")
      let files = store.files(id)
      guard files.socket.utf8.count <= VMFiles.longestSocketPath else {
        throw EngineError(
          .invalidArgument, "the path of QEMU's control socket is too long: \(files.socket)",
          hint:
            "unix sockets allow \(VMFiles.longestSocketPath) bytes; configure a shorter `state_dir` in [unikernel]"
        )
      }
      let (boot, imageID) = try await boots.resolve(component)
      let record = VMRecord(
        id: id, name: spec.name, labels: spec.labels, component: component, imageID: imageID, boot: boot,
        createdAt: Date())
      do {
        try FileManager.default.createDirectory(
          atPath: files.directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      } catch {
        throw EngineError(
          .operationFailed, "cannot make \(files.directory)", cause: error.localizedDescription,
          hint: "make `state_dir` in [unikernel] writable for the agent's user")
      }
      try store.save(record)
      happenings.tell(.created, record)
      return CreatedInstance(id: id)
    }
  }

  /// Gives a VM another name.
  public func rename(_ id: String, to name: String) async throws {
    try await locks.withLock("name:\(name)") {
      try await locks.withLock(id) {
        var record = try store.require(id)
        guard record.name != name else { return }
        guard !store.all().contains(where: { $0.name == name }) else {
          throw EngineError(.alreadyExists, "cannot rename \(record.name): there is a VM named \(name)")
        }
        record.name = name
        try store.save(record)
        happenings.tell(.renamed, record)
      }
    }
  }

  /// Removes a VM, killing it if it runs; what it was booted from stays, its directories too.
  public func remove(_ id: String) async throws {
    guard let name = try store.find(id)?.name else { return }
    try await locks.withLock(id) {
      guard let record = try store.find(id) else { return }
      if record.isAlive { _ = try await end(record, grace: .zero) }
      try store.remove(id)
      forgetWatch(id)
      happenings.tell(.removed, record)
    }
    logger.debug("removed", metadata: ["name": "\(name)"])
    await boots.keep(only: Set(store.all().compactMap(\.imageID)))
  }

  // MARK: - Images

  /// The id of a local image, of podman's store.
  public func imageID(_ reference: String) async throws -> String? { try await images?.imageID(reference) }

  /// Whether there is a local image, in podman's store.
  public func hasImage(_ reference: String) async throws -> Bool {
    guard let images else { return false }
    return try await images.hasImage(reference)
  }

  /// Pulls an image into podman's store.
  public func pull(
    _ reference: String, progress: @escaping @Sendable (PullProgress) -> Void
  ) async throws -> String {
    guard let images else { throw EngineError(.unsupported, "this agent has no store of images") }
    return try await images.pull(reference, progress: progress)
  }

  /// The digests of what a component would boot, by which a deploy sees that a file has changed; `nil` where that is
  /// told by the image.
  public func contentDigest(of component: Component) async throws -> String? {
    guard component.image == nil else { return nil }
    let (boot, _) = try await boots.resolve(component)
    return boot.files.map { "\($0.role)=\($0.file.sha256)" }.joined(separator: " ")
  }
}
