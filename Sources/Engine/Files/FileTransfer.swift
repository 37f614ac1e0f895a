internal import Foundation
internal import Synchronization

/// Files between a machine's own disk and a node, as commands and scripts send and fetch them.
public enum FileTransfer {
  /// Sends the file or directory at `file` to a service's directory.
  ///
  /// `path` is as in ``PushRequest/path``. Progress comes a few times a second. Throws what ``ControlPlane/push(_:from:)``
  /// throws, and `invalidArgument` for links, pipes and devices in a directory.
  public static func push(
    _ file: String, to service: String, path: String, through plane: any ControlPlane,
    progress: @escaping ProgressHandler
  ) async throws -> TransferResult {
    let tree = try await FileWork.run { try look(at: file) }
    let meter = TransferMeter(
      phase: "push", service: service, total: tree.source.totalBytes, report: progress)
    return try await plane.push(PushRequest(service: service, path: path, source: tree.source)) { present in
      let prefix = try await FileWork.run {
        tree.begins(with: present) ? present : .none
      }
      return meter.counting(tree.parts(after: prefix), from: prefix.count)
    }
  }

  /// Fetches what is at `path` of a service's directory to `file` on this machine.
  ///
  /// Where `file` is a directory, it goes into it under its own name; `nil` is the current one. Throws what
  /// ``ControlPlane/pull(_:)`` throws, and `resourceExhausted` where it does not fit here.
  public static func pull(
    _ path: String, of service: String, to file: String?, through plane: any ControlPlane,
    progress: @escaping ProgressHandler
  ) async throws -> TransferResult {
    let name = try ConfinedPath(path).name ?? service
    let place = try await FileWork.run { try Place(file, name: name) }
    // A file of which nothing is here is asked for without its beginning.
    var session = try await plane.pull(PullRequest(service: service, path: path))
    let receiver = try await place.receiver(of: session.source)
    if receiver.present.count > 0 {
      let header = session.source.header
      session = try await plane.pull(
        PullRequest(
          service: service, path: path, present: receiver.present, size: header.size,
          modified: header.modified))
      guard session.source.header.size == header.size, session.source.header.modified == header.modified
      else {
        receiver.abandon()
        throw EngineError(
          .conflict, "\(path) of \(service) is being changed on the node", hint: "fetch it again")
      }
    }
    let meter = TransferMeter(
      phase: "pull", service: service, total: session.source.totalBytes, report: progress)
    let parts = meter.counting(session.parts, from: session.source.header.offset)
    do {
      var result = try await FileWork.transferring {
        for try await batch in parts { try await receiver.take(batch) }
        try Task.checkCancellation()
        return try await receiver.finish()
      }
      result.path = place.title
      return result
    } catch {
      receiver.abandon()
      throw error
    }
  }

  private static func look(at file: String) throws(EngineError) -> FileTree {
    // What the operator names may be a link, as with cp; what is in it may not.
    let path = URL(filePath: file).resolvingSymlinksInPath().path(percentEncoded: false)
    guard let facts = FileFacts(path: path) else { throw FileFailure.error(errno, "opening \(file)") }
    let name = (path as NSString).lastPathComponent
    let parent = (path as NSString).deletingLastPathComponent
    guard facts.kind == .directory || facts.kind == .regular, !name.isEmpty, name != "/" else {
      throw EngineError(.invalidArgument, "\(Text.quoted(file)) is neither a file nor a directory")
    }
    // A file with several names is the operator's own choice.
    var tree = try FileTree(
      try ConfinedPath.root.appending(name), in: try ConfinedDirectory(path: parent, title: parent),
      allowingHardLink: true)
    tree.rename(
      (URL(filePath: file).standardizedFileURL.path(percentEncoded: false) as NSString).lastPathComponent)
    return tree
  }

  /// A place on this machine.
  private struct Place {
    let root: ConfinedDirectory
    let base: ConfinedPath
    let title: String

    init(_ file: String?, name: String) throws(EngineError) {
      var path = URL(filePath: file ?? ".").resolvingSymlinksInPath().path(percentEncoded: false)
      if path.count > 1, path.hasSuffix("/") { path = String(path.dropLast()) }
      if FileFacts(path: path)?.kind == .directory {
        root = try ConfinedDirectory(path: path, title: path)
        base = try ConfinedPath.root.appending(name)
      } else {
        let parent = (path as NSString).deletingLastPathComponent
        root = try ConfinedDirectory(path: parent, title: parent)
        base = try ConfinedPath.root.appending((path as NSString).lastPathComponent)
      }
      title = "\(root.title)/\(base)"
    }

    func receiver(of source: TransferSource) async throws -> FileReceiver {
      try await FileWork.run { try FileReceiver(source, to: base, in: root) }
    }
  }
}

/// Counts bytes on their way, and tells of them a few times a second.
private final class TransferMeter: Sendable {
  private let phase: String
  private let service: String
  private let total: UInt64
  private let report: ProgressHandler
  private let state: Mutex<(done: UInt64, told: ContinuousClock.Instant)>
  private let began = ContinuousClock.now

  init(phase: String, service: String, total: UInt64, report: @escaping ProgressHandler) {
    self.phase = phase
    self.service = service
    self.total = total
    self.report = report
    state = Mutex((0, .now))
  }

  func counting(
    _ parts: AsyncThrowingStream<[FilePart], any Error>, from start: UInt64
  ) -> AsyncThrowingStream<[FilePart], any Error> {
    state.withLock { $0.done = start }
    let source = Iterator(parts.makeAsyncIterator())
    return AsyncThrowingStream {
      let batch = try await source.next()
      if let batch { self.add(batch, from: start) }
      return batch
    }
  }

  /// Used by one task, one call after another.
  private final class Iterator: @unchecked Sendable {
    private var iterator: AsyncThrowingStream<[FilePart], any Error>.Iterator

    init(_ iterator: AsyncThrowingStream<[FilePart], any Error>.Iterator) { self.iterator = iterator }

    func next() async throws -> [FilePart]? { try await iterator.next(isolation: nil) }
  }

  private func add(_ batch: [FilePart], from start: UInt64) {
    let added = batch.reduce(UInt64(0)) {
      if case .data(let bytes) = $1 { $0 + UInt64(bytes.count) } else { $0 }
    }
    let done = state.withLock { state -> UInt64? in
      state.done += added
      guard ContinuousClock.now - state.told >= .milliseconds(200) else { return nil }
      state.told = .now
      return state.done
    }
    guard let done else { return }
    let seconds = (ContinuousClock.now - began).seconds
    let rate = ByteText.format(UInt64(Double(done - start) / max(seconds, 0.001)))
    report(
      OperationProgress(
        service: service, phase: phase,
        message: "\(ByteText.format(done)) of \(ByteText.format(total)), \(rate)/s"))
  }
}
