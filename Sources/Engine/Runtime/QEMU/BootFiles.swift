internal import Crypto
internal import Foundation

/// The files that VMs boot from: on the node, or taken out of images.
actor BootFiles {
  /// Where the files are in an image whose definition names none.
  static let kernelInImage = "/kernel"
  static let initrdInImage = "/initrd"
  static let diskInImage = "/disk.img"

  /// Holds a directory for each image.
  private let directory: String
  private let images: PodmanRuntime?
  private let turns = KeyedLock<Int>()

  init(directory: String, images: PodmanRuntime?) {
    self.directory = directory
    self.images = images
  }

  /// The files of a component as they are now, with their digests, and the image that they are from.
  ///
  /// Files of an image are taken out of it once. Throws `notFound` for a file or an image that is not there,
  /// `failedPrecondition` where the digest is not the one that the definition asks for.
  func resolve(_ component: Component) async throws -> (boot: VMRecord.Boot, imageID: String?) {
    let spec = component.unikernel ?? UnikernelSpec()
    var boot = VMRecord.Boot()
    var imageID: String?
    if let image = component.image {
      guard let images else { throw EngineError(.unsupported, "this agent has no store of images") }
      guard let id = try await images.imageID(image) else {
        throw EngineError(
          .notFound, "the image \(image) is not on this node",
          hint: "mcp deploy pulls it where `pull` allows that")
      }
      imageID = id
      let named = spec.kernel != nil || spec.disk != nil
      func path(_ given: String?, _ usual: String) -> String? { given ?? (named ? nil : usual) }
      let kernel = path(spec.kernel, Self.kernelInImage)
      let initrd = path(spec.initrd, Self.initrdInImage)
      let disk = path(spec.disk, Self.diskInImage)
      let paths = Set([kernel, initrd, disk].compactMap(\.self))
      // One at a time: two components of a deploy want the same files, and what is in the way is taken for a rest.
      let files = try await turns.withLock(0) {
        try await self.extracted(paths, from: image, id: id, by: images)
      }
      if let missing = [spec.kernel, spec.initrd, spec.disk].compactMap(\.self).first(where: {
        files[$0] == nil
      }) {
        throw EngineError(.notFound, "the image \(image) has no file \(missing)")
      }
      if let file = kernel.flatMap({ files[$0] }) { boot.kernel = try await Self.file(file) }
      if let file = initrd.flatMap({ files[$0] }) { boot.initrd = try await Self.file(file) }
      if let file = disk.flatMap({ files[$0] }) { boot.disk = try await Self.file(file) }
      guard boot.kernel != nil || boot.disk != nil else {
        throw EngineError(
          .notFound, "the image \(image) carries neither \(Self.kernelInImage) nor \(Self.diskInImage)",
          hint: "name its files by `kernel`, `initrd` and `disk`")
      }
    } else {
      if let path = spec.kernel { boot.kernel = try await Self.file(path) }
      if let path = spec.initrd { boot.initrd = try await Self.file(path) }
      if let path = spec.disk { boot.disk = try await Self.file(path) }
    }
    if let wanted = spec.sha256, let main = boot.kernel ?? boot.disk, main.sha256 != wanted {
      throw EngineError(
        .failedPrecondition,
        "\(main.path) is not what the definition asks for: its SHA-256 is \(main.sha256)",
        hint: "the definition's `sha256` is \(wanted)")
    }
    return (boot, imageID)
  }

  /// Throws `failedPrecondition` where a file is not what it was when the VM was made.
  static func verify(_ record: VMRecord) async throws {
    for (role, file) in record.boot.files {
      let now = try await digest(of: file.path)
      guard now != file.sha256 else { continue }
      throw EngineError(
        .failedPrecondition, "\(record.name) is not booted: its \(role) \(file.path) has been changed",
        cause: "its SHA-256 is \(now), and was \(file.sha256) when it was deployed",
        hint: "put the file back, or deploy the service again to boot what is there now")
    }
  }

  /// Removes what was taken out of images that nothing uses any more.
  func keep(only ids: Set<String>) {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    for name in found where !ids.contains(name) {
      try? FileManager.default.removeItem(atPath: "\(directory)/\(name)")
    }
  }

  private func extracted(
    _ paths: Set<String>, from image: String, id: String, by images: PodmanRuntime
  ) async throws -> [String: String] {
    let place = "\(directory)/\(id)"
    try FileManager.default.createDirectory(
      atPath: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    func stored(_ path: String) -> String {
      "\(place)/\(path.split(separator: "/").joined(separator: "%"))"
    }
    // What an image does not have is noted, too.
    var found: [String: String] = [:]
    var missing: [String: String] = [:]
    for path in paths {
      if FileManager.default.fileExists(atPath: stored(path)) {
        found[path] = stored(path)
      } else if !FileManager.default.fileExists(atPath: stored(path) + ".none") {
        missing[path] = stored(path) + ".part"
      }
    }
    guard !missing.isEmpty else { return found }
    let extracted = try await images.extract(missing, from: image)
    for (path, part) in missing {
      if extracted.contains(path) {
        guard rename(part, stored(path)) == 0 else {
          throw EngineError(
            .operationFailed, "cannot keep \(stored(path))", cause: String(cString: strerror(errno)))
        }
        found[path] = stored(path)
      } else {
        _ = FileManager.default.createFile(atPath: stored(path) + ".none", contents: nil)
      }
    }
    return found
  }

  private static func file(_ path: String) async throws -> VMRecord.File {
    VMRecord.File(path: path, sha256: try await digest(of: path))
  }

  /// The SHA-256 of a file, in hexadecimal.
  static func digest(of path: String) async throws -> String {
    let handle: FileHandle
    do {
      guard FileFacts(path: path)?.kind == .regular else { throw CocoaError(.fileReadNoSuchFile) }
      handle = try FileHandle(forReadingFrom: URL(filePath: path))
    } catch {
      throw EngineError(
        .notFound, "the file \(path) cannot be read", cause: error.localizedDescription,
        hint: "put it on the node, readable for the agent's user")
    }
    defer { try? handle.close() }
    var hash = SHA256()
    while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty {
      hash.update(data: part)
      await Task.yield()
    }
    return hash.finalize().hexadecimal
  }

  /// The format of a disk image by its first bytes: `qcow2` or `raw`.
  static func diskFormat(_ path: String) -> String {
    let handle = FileHandle(forReadingAtPath: path)
    defer { try? handle?.close() }
    return (try? handle?.read(upToCount: 4)) == Data([0x51, 0x46, 0x49, 0xFB]) ? "qcow2" : "raw"
  }
}
