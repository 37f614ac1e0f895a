import Foundation
import Testing

@testable import Engine

/// What is asked of QEMU, and what its answers mean.
@Suite struct QEMUArgumentsTests {
  private func record(_ configure: (inout Component) -> Void = { _ in }) -> VMRecord {
    var component = Component(name: "api")
    component.runtime = .unikernel
    component.memory = 64 << 20
    component.unikernel = UnikernelSpec(kernel: "/srv/uk.elf", commandLine: "console=ttyS0")
    configure(&component)
    var boot = VMRecord.Boot()
    boot.kernel = VMRecord.File(path: "/srv/uk.elf", sha256: "aa")
    boot.initrd = component.unikernel?.initrd.map { VMRecord.File(path: $0, sha256: "bb") }
    boot.disk = component.unikernel?.disk.map { VMRecord.File(path: $0, sha256: "cc") }
    return VMRecord(
      id: "0123456789abcdef0123456789abcdef", name: "web-api",
      labels: InstanceLabels(service: "web", component: "api", revision: 1, specHash: "h", node: "n"),
      component: component, boot: boot, createdAt: Date(timeIntervalSince1970: 0))
  }

  private func arguments(_ record: VMRecord, diskFormat: String? = nil) -> [String] {
    QEMUArguments.of(
      record, files: VMFiles(directory: "/vm/x"), accelerator: "tcg", diskFormat: diskFormat)
  }

  private func value(_ option: String, in words: [String]) -> String? {
    words.firstIndex(of: option).map { words[$0 + 1] }
  }

  @Test func `a VM is named, sized and forwarded as its component says`() throws {
    let words = arguments(
      record {
        $0.cpus = 2
        $0.ports = [
          PortMapping(hostIP: "127.0.0.1", hostPort: 8080, containerPort: 80),
          PortMapping(hostPort: 5353, containerPort: 53, transport: .udp),
        ]
      })
    #expect(value("-name", in: words) == "web-api")
    #expect(value("-uuid", in: words) == "01234567-89ab-cdef-0123-456789abcdef")
    #expect(value("-m", in: words) == "65536k")
    #expect(value("-smp", in: words) == "2")
    #expect(value("-accel", in: words) == "tcg")
    #expect(value("-append", in: words) == "console=ttyS0")
    #expect(
      value("-netdev", in: words)
        == "user,id=net0,hostfwd=tcp:127.0.0.1:8080-10.0.2.15:80,hostfwd=udp::5353-10.0.2.15:53")
    #expect(words.contains("-no-reboot"))
    #expect(!words.contains("-initrd") && !words.contains("-drive") && !words.contains("-virtfs"))
  }

  @Test func `directories, a disk and an initial file system are given, and commas are no separators`() throws
  {
    let words = arguments(
      record {
        $0.unikernel?.initrd = "/srv/i"
        $0.unikernel?.disk = "/srv/d"
        $0.volumes = [VolumeMount(source: "/srv/a,b", target: "/var/lib/x", readOnly: true)]
      }, diskFormat: "qcow2")
    #expect(value("-initrd", in: words) == "/srv/i")
    #expect(value("-drive", in: words) == "if=none,id=disk0,file=/srv/d,format=qcow2,snapshot=on")
    #expect(
      value("-virtfs", in: words)
        == "local,path=/srv/a,,b,mount_tag=var-lib-x,security_model=mapped-xattr,id=var-lib-x,readonly=on")
  }

  @Test func `environment follows the command line, quoted where it has spaces`() {
    let component = record {
      $0.environment = [
        EnvironmentVariable(name: "A", value: .literal("b")),
        EnvironmentVariable(name: "C", value: .literal("d e")),
      ]
    }.component
    #expect(QEMUArguments.commandLine(of: component) == "console=ttyS0 A=b C=\"d e\"")
  }

  @Test func `a VM without a network has no card, and the card's address is the component's`() {
    #expect(!arguments(record { $0.network = "none" }).contains("-netdev"))
    let address = QEMUArguments.hardwareAddress(service: "web", component: "api")
    #expect(address == QEMUArguments.hardwareAddress(service: "web", component: "api"))
    #expect(address != QEMUArguments.hardwareAddress(service: "web", component: "db"))
    #expect(address.hasPrefix("52:54:00:") && address.count == 17)
  }

  @Test(arguments: [
    (0, "guest-shutdown", 0), (0, "guest-reset", 1), (0, "guest-panic", 1), (7, "guest-shutdown", 7),
    (137, nil, 137), (nil, nil, -1), (nil, "guest-shutdown", 0), (nil, "host-signal", 143),
    (0, "host-qmp-quit", 0), (0, nil, 0),
  ])
  func `the exit code is the process's, or the guest's by QEMU's reason`(
    process: Int?, reason: String?, code: Int
  ) {
    #expect(VMExit.code(process: process, reason: reason) == code)
  }

  @Test func `the reason is the last one that QEMU gave, whatever else it said`() {
    let dialogue = """
      {"QMP": {"version": {}, "capabilities": []}}
      {"return": {"status": "running", "running": true}}
      {"timestamp": {"seconds": 1, "microseconds": 2}, "event": "POWERDOWN"}
      {"timestamp": {"seconds": 1, "microseconds": 2}, "event": "SHUTDOWN", "data": {"guest": true, "reason": "guest-shutdown"}}
      half a li
      """
    #expect(VMExit.reason(in: dialogue) == "guest-shutdown")
    #expect(VMExit.reason(in: "") == nil)
  }

  @Test func `memory is not given twice, and the refusal says who has it`() throws {
    try VMMemory.check("a", wants: 100 << 20, beside: [("b", 50 << 20)], of: 150 << 20)
    let error = #expect(throws: EngineError.self) {
      try VMMemory.check(
        "a", wants: 101 << 20, beside: [("web-b", 50 << 20), ("web-c", 1 << 30)], of: 2 << 30)
      try VMMemory.check("a", wants: 101 << 20, beside: [("web-b", 50 << 20)], of: 150 << 20)
    }
    #expect(error?.code == .resourceExhausted)
    #expect(error?.message.contains("100 MiB of the 150 MiB") == true)
    #expect(error?.cause == "web-b has 50 MiB")
    #expect(VMMemory.capacity(ofMachine: 1 << 30) == (1 << 30) - (256 << 20))
  }

  @Test func `the guest that tries KVM is a multiboot image`() {
    let words = stride(from: 0, to: 12, by: 4).map { start in
      Accelerator.guest[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    #expect(words[0] == 0x1BAD_B002 && words[0] &+ words[1] &+ words[2] == 0)
  }

  @Test func `a VM goes into a scope of its own where the user has a systemd`() async throws {
    try await TemporaryDirectoryForScope.with { runtime, starter in
      let plain = VMScope.command("/q", ["-a"], id: "1", environment: [:], starter: starter)
      #expect(plain.executable == "/q" && plain.arguments == ["-a"])
      let scoped = VMScope.command(
        "/q", ["-a"], id: "1", environment: ["XDG_RUNTIME_DIR": runtime], starter: starter)
      #expect(scoped.executable == starter)
      #expect(scoped.arguments.suffix(3) == ["--", "/q", "-a"] && scoped.arguments.contains("--scope"))
    }
  }
}

/// A runtime directory with the socket of a user's systemd, and a program that starts scopes.
private enum TemporaryDirectoryForScope {
  static func with(_ body: (_ runtime: String, _ starter: String) throws -> Void) async throws {
    let directory = "/tmp/mcp-scope-\(UUID().uuidString.prefix(8))"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try FileManager.default.createDirectory(atPath: directory + "/systemd", withIntermediateDirectories: true)
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) {
      $0.copyBytes(from: Array((directory + "/systemd/private").utf8))
    }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let bound = withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
    }
    #expect(bound == 0)
    try body(directory, "/bin/true")
  }
}
