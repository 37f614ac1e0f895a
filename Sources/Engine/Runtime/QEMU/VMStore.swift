internal import Foundation
internal import Synchronization

/// The VMs of a node, as their records say.
///
/// The disk is asked each time: a record that is gone is gone.
struct VMStore: Sendable {
  let directory: String
  let node: String

  /// The files of a VM.
  func files(_ id: String) -> VMFiles { VMFiles(directory: "\(directory)/\(id)") }

  /// Whether a text can be the id of a VM.
  static func isID(_ text: String) -> Bool {
    text.utf8.count == 32 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  /// The ids of everything that has a directory here.
  func ids() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).filter(Self.isID).sorted()
  }

  /// The record of a VM of this node; `nil` where there is none.
  ///
  /// Throws `dataLoss` where it cannot be read.
  func find(_ id: String) throws(EngineError) -> VMRecord? {
    guard Self.isID(id), let text = try AtomicFile.read(files(id).record) else { return nil }
    let record: VMRecord
    do {
      record = try Self.decoder.decode(VMRecord.self, from: Data(text.utf8))
    } catch {
      throw EngineError(
        .dataLoss, "the record of a VM is damaged: \(files(id).record)", cause: "\(error)",
        hint: "remove \(files(id).directory) once no QEMU uses it; what should run is then made anew")
    }
    return record.labels.node == node ? record : nil
  }

  /// As ``find(_:)``; throws `notFound` where there is none.
  func require(_ id: String) throws(EngineError) -> VMRecord {
    guard let record = try find(id) else { throw EngineError(.notFound, "there is no VM \(id)") }
    return record
  }

  /// The records of this node, in the order of their names; damaged ones are left out.
  func all() -> [VMRecord] { ids().compactMap { try? find($0) }.sorted { $0.name < $1.name } }

  /// Keeps a record; it is on the disk when this returns.
  func save(_ record: VMRecord) throws(EngineError) {
    guard let data = try? Self.encoder.encode(record) else {
      throw EngineError(.internalError, "the record of \(record.name) cannot be written down")
    }
    // One at a time in this process: a file that is written whole has a name of its own until then.
    try Self.writing.withLock { _ throws(EngineError) in
      try AtomicFile.write(String(decoding: data, as: UTF8.self), to: files(record.id).record)
    }
  }

  /// Removes everything of a VM.
  func remove(_ id: String) throws(EngineError) {
    guard Self.isID(id) else { return }
    do {
      // Nothing may be written there meanwhile.
      try Self.writing.withLock { _ in try FileManager.default.removeItem(atPath: files(id).directory) }
    } catch CocoaError.fileNoSuchFile {
      return
    } catch {
      throw EngineError(
        .operationFailed, "cannot remove \(files(id).directory)", cause: error.localizedDescription)
    }
  }

  private static let writing = Mutex(())
  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()
  private static let decoder = JSONDecoder()
}
