internal import Foundation

/// What the agent remembers of a VM, in the VM's directory: what it is made from, and which process it has.
struct VMRecord: Codable, Hashable, Sendable {
  /// The files that it boots from.
  struct Boot: Codable, Hashable, Sendable {
    var kernel: File?
    var initrd: File?
    var disk: File?

    /// All of them, with what they are.
    var files: [(role: String, file: File)] {
      [("kernel", kernel), ("initrd", initrd), ("disk", disk)].compactMap { role, file in
        file.map { (role, $0) }
      }
    }
  }

  /// One file as it was when the VM was made.
  struct File: Codable, Hashable, Sendable {
    var path: String
    var sha256: String
  }

  /// One run of it.
  struct Run: Codable, Hashable, Sendable {
    var pid: Int
    /// When the process was started, as the kernel counts.
    var startTime: UInt64
    /// During which run of the machine.
    var machineBoot: String
    var startedAt: Date
  }

  /// How the last run ended.
  struct End: Codable, Hashable, Sendable {
    var code: Int
    var time: Date
    /// QEMU's word for it.
    var reason: String?
  }

  var id: String
  var name: String
  var labels: InstanceLabels
  var component: Component
  /// The image that the files come from.
  var imageID: String?
  var boot: Boot
  var createdAt: Date
  var run: Run?
  var end: End?
  /// Whether the last run was ended on purpose.
  var isStopWanted = false
  /// How often it was started again after it had ended by itself.
  var restarts = 0

  /// QEMU's identity of it.
  var uuid: String {
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { range in
      String(Array(id)[range])
    }
    return parts.joined(separator: "-")
  }

  /// What people and `ps` know it by: the image, or the boot file with the start of its digest.
  var image: String {
    if let image = component.image { return image }
    guard let main = boot.kernel ?? boot.disk else { return "" }
    return "\(main.path)@sha256:\(main.sha256)"
  }

  /// Whether its process lives.
  var isAlive: Bool {
    guard let run, end == nil, run.machineBoot == MachineBoot.id else { return false }
    return ProcessIdentity.isAlive(pid: run.pid, startTime: run.startTime)
  }
}

/// The files of one VM.
struct VMFiles: Sendable {
  /// The longest path that a unix socket can have.
  static let longestSocketPath = 107

  let directory: String

  var record: String { "\(directory)/vm.json" }
  /// QEMU's control socket.
  var socket: String { "\(directory)/qmp.sock" }
  /// Everything that QEMU has said on it: how it ended stays there, whether anybody listened or not.
  var dialogue: String { "\(directory)/qmp.log" }
  /// What the guest writes to its serial line.
  var console: String { "\(directory)/console.log" }
  /// What QEMU itself complains about.
  var messages: String { "\(directory)/qemu.log" }
}
