internal import Foundation

/// Sees to it that VMs have no more memory together than there is.
///
/// Pure, but for the question how much the machine has.
enum VMMemory {
  /// What is left to everything else: a tenth of the machine, 256 MiB at least.
  static func capacity(ofMachine total: Int64) -> Int64 { max(0, total - max(256 << 20, total / 10)) }

  /// The memory of this machine in bytes.
  static var machine: Int64 { Int64(clamping: ProcessInfo.processInfo.physicalMemory) }

  /// Throws `resourceExhausted` where `name` wants more than is left beside `others`; the error names who has how much.
  static func check(
    _ name: String, wants bytes: Int64, beside others: [(name: String, bytes: Int64)], of capacity: Int64
  ) throws(EngineError) {
    let used = others.map(\.bytes).reduce(0, +)
    guard used + bytes > capacity else { return }
    let users = others.map { "\($0.name) has \(text($0.bytes))" }
    throw EngineError(
      .resourceExhausted,
      "cannot start \(name): it wants \(text(bytes)) of memory, and \(text(max(0, capacity - used))) of the \(text(capacity)) for VMs are left",
      cause: users.isEmpty ? "no other VM runs" : users.joined(separator: ", "),
      hint: "give it less `memory`, or stop another VM")
  }

  private static func text(_ bytes: Int64) -> String {
    ByteText.format(UInt64(max(0, bytes)))
  }
}
