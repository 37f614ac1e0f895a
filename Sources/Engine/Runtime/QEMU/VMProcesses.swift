internal import Foundation

/// The QEMU processes of this user that run VMs of ours, as the kernel lists them.
///
/// Each carries its record in its environment, which nobody but its user can read: so one is found again although the
/// agent was killed before it noted the process, and although its directory was lost.
enum VMProcesses {
  static let variable = "MCP_VM"

  /// What a process is found by.
  struct Found: Sendable {
    var record: VMRecord
    var process: ProcessIdentity
  }

  /// The environment in which `record` is started.
  static func environment(_ record: VMRecord, base: [String: String], directory: String) -> [String: String] {
    var environment = base
    if let data = try? JSONEncoder().encode(record) {
      environment[variable] = String(decoding: data, as: UTF8.self)
    }
    // Where QEMU keeps what a guest writes to a disk.
    environment["TMPDIR"] = directory
    return environment
  }

  /// The processes that run VMs of a node.
  static func all(of node: String) -> [Found] {
    ProcessIdentity.own(named: "qemu", isPrefix: true).compactMap { process in
      let prefix = Data("\(variable)=".utf8)
      let environment = FileManager.default.contents(atPath: "/proc/\(process.pid)/environ") ?? Data()
      guard let entry = environment.split(separator: 0).first(where: { $0.starts(with: prefix) }),
        let record = try? JSONDecoder().decode(VMRecord.self, from: entry.dropFirst(prefix.count)),
        record.labels.node == node, VMStore.isID(record.id)
      else { return nil }
      return Found(record: record, process: process)
    }
  }
}
