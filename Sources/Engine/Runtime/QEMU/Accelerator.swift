internal import Foundation
internal import Glibc

/// Decides how guests are accelerated, by trying.
///
/// A `/dev/kvm` that opens proves nothing: on nested machines KVM may hang or abort. So a guest of a few bytes is run once
/// for each start of the machine.
actor Accelerator {
  /// A decision, and why.
  struct Choice: Codable, Hashable, Sendable {
    /// `kvm` or `tcg`, as QEMU calls them.
    var name: String
    var reason: String
    /// During which run of the machine, with which QEMU, that was found out.
    var machineBoot: String
    var executable: String
  }

  private static let limit = Duration.seconds(5)
  /// What the guest writes to the exit port, and the exit code that QEMU makes of it.
  private static let word: UInt8 = 0x10
  private static let exitCode = 33

  private let configuration: QEMUConfiguration
  private var known: Choice?
  private var attempt: Task<Choice, Never>?

  init(configuration: QEMUConfiguration) { self.configuration = configuration }

  /// What is used; tried once.
  func choice(executable: String) async -> Choice {
    func untried(_ name: String, _ reason: String) -> Choice {
      Choice(name: name, reason: reason, machineBoot: MachineBoot.id, executable: executable)
    }
    switch configuration.acceleration {
    case .kvm: return untried("kvm", "the configuration says so")
    case .tcg: return untried("tcg", "the configuration says so")
    case .auto: break
    }
    // Looked at each time: that may be changed, by a group for one.
    guard access("/dev/kvm", R_OK | W_OK) == 0 else {
      return untried("tcg", "/dev/kvm cannot be opened: \(String(cString: strerror(errno)))")
    }
    if let known, known.executable == executable { return known }
    if let remembered = recall(), remembered.executable == executable,
      remembered.machineBoot == MachineBoot.id
    {
      known = remembered
      return remembered
    }
    if let attempt { return await attempt.value }
    let attempt = Task { await self.tryKVM(executable) }
    self.attempt = attempt
    let choice = await attempt.value
    self.attempt = nil
    known = choice
    if let data = try? JSONEncoder().encode(choice) {
      try? AtomicFile.write(String(decoding: data, as: UTF8.self), to: memory)
    }
    return choice
  }

  private var memory: String { "\(configuration.stateDirectory)/accelerator.json" }

  private func recall() -> Choice? {
    guard let text = try? AtomicFile.read(memory) else { return nil }
    return try? JSONDecoder().decode(Choice.self, from: Data(text.utf8))
  }

  private func tryKVM(_ executable: String) async -> Choice {
    func found(_ name: String, _ reason: String) -> Choice {
      Choice(name: name, reason: reason, machineBoot: MachineBoot.id, executable: executable)
    }
    let directory = "\(configuration.stateDirectory)/.try-\(UUID().uuidString.prefix(8).lowercased())"
    do {
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: directory) }
      let kernel = "\(directory)/guest"
      try Data(Self.guest).write(to: URL(filePath: kernel))
      let log = "\(directory)/log"
      let code = try await SessionProcess.run(
        "a guest under KVM", executable: executable,
        arguments: [
          "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none", "-machine", "q35", "-accel",
          "kvm",
          "-cpu", "max", "-m", "32M", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-kernel", kernel,
        ], environment: configuration.environment, log: log, within: Self.limit)
      guard let code else {
        return found("tcg", "a guest under KVM did not end within \(Self.limit.components.seconds) s")
      }
      guard code == Self.exitCode else {
        let words = (try? String(contentsOfFile: log, encoding: .utf8))?.split(separator: "\n").last
        return found("tcg", "a guest under KVM ended with code \(code): \(words ?? "no words")")
      }
      return found("kvm", "a guest under KVM ran")
    } catch {
      return found("tcg", "KVM could not be tried: \(EngineError.wrap(error))")
    }
  }

  /// A multiboot image (its header says where it is loaded, see the Multiboot Specification 0.6.96, 3.1.3) that writes
  /// ``word`` to the exit port and halts.
  static let guest: [UInt8] = {
    let base: UInt32 = 0x10_0000
    let magic: UInt32 = 0x1BAD_B002
    let flags: UInt32 = 1 << 16
    let code: [UInt8] = [
      0x66, 0xBA, UInt8(QEMUArguments.exitPort), 0x00,  // mov dx, exitPort
      0xB0, word,  // mov al, word
      0xEE,  // out dx, al
      0xF4, 0xEB, 0xFD,  // hlt; jmp back
    ]
    let header = [
      magic, flags, 0 &- (magic &+ flags), base, base, base + 32 + UInt32(code.count),
      base + 32 + UInt32(code.count), base + 32,
    ]
    return header.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } } + code
  }()
}
