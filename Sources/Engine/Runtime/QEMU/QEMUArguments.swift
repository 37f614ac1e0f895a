internal import Crypto
internal import Foundation

/// The command line of a VM.
///
/// Pure. See qemu-system(1).
enum QEMUArguments {
  /// The address of the guest in the network that QEMU gives it; see the option `-netdev user`.
  static let guestAddress = "10.0.2.15"
  /// A guest that writes a byte there ends with the exit code `2 × byte + 1`.
  static let exitPort = 0xf4

  /// The arguments of `record`, accelerated by `accelerator`, with its files in `files`.
  static func of(
    _ record: VMRecord, files: VMFiles, accelerator: String, diskFormat: String?
  ) -> [String] {
    let component = record.component
    var words = ["-name", record.name, "-uuid", record.uuid, "-nodefaults", "-no-user-config", "-no-reboot"]
    words += ["-display", "none", "-machine", "q35", "-accel", accelerator, "-cpu", "max"]
    words += ["-m", "\(((component.memory ?? 0) + 1023) / 1024)k", "-smp", "\(Int(component.cpus ?? 1))"]
    words += ["-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"]
    words += boot(record, diskFormat: diskFormat)
    words += network(record)
    for volume in component.volumes {
      let tag = mountTag(volume)
      words += [
        "-virtfs",
        "local,path=\(escaped(volume.source)),mount_tag=\(tag),security_model=mapped-xattr,id=\(tag)"
          + (volume.readOnly ? ",readonly=on" : ""),
      ]
    }
    words += ["-device", "virtio-rng-pci", "-device", "isa-debug-exit,iobase=0xf4,iosize=4"]
    words += [
      "-chardev", "file,id=console,path=\(escaped(files.console)),append=on", "-serial", "chardev:console",
    ]
    words += [
      "-chardev",
      "socket,id=qmp,path=\(escaped(files.socket)),server=on,wait=off,logfile=\(escaped(files.dialogue)),logappend=on",
      "-mon", "chardev=qmp,mode=control",
    ]
    return words
  }

  /// The kernel's command line: what the definition says, then its environment.
  ///
  /// A Linux kernel hands `NAME=value` that it does not know itself to its first process, as environment.
  static func commandLine(of component: Component) -> String {
    let variables = component.environment.map { variable -> String in
      guard case .literal(let value) = variable.value else { return "" }
      return value.contains(where: \.isWhitespace)
        ? "\(variable.name)=\"\(value)\"" : "\(variable.name)=\(value)"
    }
    return ([component.unikernel?.commandLine ?? ""] + variables).filter { !$0.isEmpty }.joined(
      separator: " ")
  }

  /// By which name the guest mounts a directory by 9p: the path at which it wants it, `/var/lib/x` as `var-lib-x`.
  static func mountTag(_ volume: VolumeMount) -> String {
    volume.target.split(separator: "/").joined(separator: "-")
  }

  /// The address of a VM's network card: the same for the component each time, of the range that QEMU uses.
  static func hardwareAddress(service: String, component: String) -> String {
    let digest = SHA256.hash(data: Data("\(service)/\(component)".utf8))
    return (["52", "54", "00"] + digest.prefix(3).map { [$0].hexadecimal }).joined(separator: ":")
  }

  private static func boot(_ record: VMRecord, diskFormat: String?) -> [String] {
    var words: [String] = []
    if let kernel = record.boot.kernel {
      words += ["-kernel", kernel.path]
      let line = commandLine(of: record.component)
      if !line.isEmpty { words += ["-append", line] }
    }
    if let initrd = record.boot.initrd { words += ["-initrd", initrd.path] }
    if let disk = record.boot.disk {
      // What the guest writes is lost with its process: the file stays what was deployed.
      words += [
        "-drive",
        "if=none,id=disk0,file=\(escaped(disk.path)),format=\(diskFormat ?? "raw"),snapshot=on",
        "-device", "virtio-blk-pci,drive=disk0",
      ]
    }
    return words
  }

  private static func network(_ record: VMRecord) -> [String] {
    let component = record.component
    guard component.network != "none" else { return [] }
    let forwards = component.ports.map { port in
      "hostfwd=\(port.transport.rawValue):\(port.hostIP ?? ""):\(port.hostPort)-\(guestAddress):\(port.containerPort)"
    }
    let address = hardwareAddress(service: record.labels.service, component: record.labels.component)
    return [
      "-netdev", (["user", "id=net0"] + forwards).joined(separator: ","),
      "-device", "virtio-net-pci,netdev=net0,mac=\(address),romfile=",
    ]
  }

  /// A comma separates options; two stand for one.
  private static func escaped(_ path: String) -> String { path.replacing(",", with: ",,") }
}
