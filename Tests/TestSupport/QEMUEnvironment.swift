public import Engine
internal import Foundation
internal import Logging
public import Testing

/// Whether VMs can be run by the user who runs the tests, and what they boot.
public enum QEMUEnvironment {
  /// An image that carries ``guest`` as `/kernel`, and as `/broken` what is no kernel.
  public static let image = "localhost/mcp-test-guest:1"

  /// The path of the guest without an operating system, `Tests/Guest/guest.c`, which scripts/test builds.
  public static var guest: String { ProcessInfo.processInfo.environment["MCP_TEST_GUEST"] ?? "" }

  /// The directory with `kernel` and `initrd` of a Linux guest that serves HTTP and mounts 9p shares, which
  /// scripts/dev/build-linux-guest makes.
  public static var linux: String { ProcessInfo.processInfo.environment["MCP_TEST_LINUX"] ?? "" }

  /// Whether tests that need QEMU run: where it is there, and where they are required to, so that they fail.
  public static func isUsable() async -> Bool {
    if ProcessInfo.processInfo.environment["MCP_TEST_REQUIRE_PODMAN"] == "1" { return true }
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/qemu-system-x86_64"), !guest.isEmpty else {
      return false
    }
    return await PodmanEnvironment.isUsable()
  }

  /// Makes ``image`` where it is not there.
  public static func makeImage() async throws {
    if let problem = await made.value { throw PodmanMissing(description: problem) }
  }

  private static let made = Task<String?, Never> {
    do {
      try await PodmanEnvironment.require()
      if try await PodmanEnvironment.podman(["image", "exists", image]).code == 0 { return nil }
      let directory = try TemporaryDirectory()
      defer { directory.remove() }
      try FileManager.default.copyItem(atPath: guest, toPath: directory.file("kernel"))
      try "no kernel\n".write(toFile: directory.file("broken"), atomically: true, encoding: .utf8)
      try "FROM scratch\nCOPY kernel broken /\n".write(
        toFile: directory.file("Containerfile"), atomically: true, encoding: .utf8)
      let result = try await PodmanEnvironment.podman(
        ["build", "--quiet", "--network", "none", "--tag", image, directory.path], deadline: .seconds(120))
      return result.code == 0 ? nil : "`podman build` failed: \(result.errors.suffix(500))"
    } catch {
      return "\(error)"
    }
  }

  /// The QEMU processes that run VMs of a node.
  public static func processes(of node: String) -> [Int32] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap { Int32($0) }.filter { pid in
      guard let name = FileManager.default.contents(atPath: "/proc/\(pid)/comm"),
        name.starts(with: Data("qemu".utf8)),
        let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ"),
        let entry = environment.split(separator: 0).first(where: { $0.starts(with: Data("MCP_VM=".utf8)) })
      else { return false }
      return entry.range(of: Data("\"\(node)\"".utf8)) != nil
    }
  }

  /// Kills the VMs of a node, whatever the agent thinks of them.
  public static func killAll(of node: String) async {
    for pid in processes(of: node) { kill(pid, SIGKILL) }
    _ = await eventually { processes(of: node).isEmpty }
  }
}

/// Real VMs of one test, which are ended afterwards.
public final class QEMUFixture: Sendable {
  /// Containers beside them: the store of images.
  public let podman: PodmanFixture
  /// A driver.
  public let runtime: QEMURuntime
  private let configuration: QEMUConfiguration

  /// The node's name, unique in this run.
  public var node: String { podman.node }

  private init(_ podman: PodmanFixture, configure: (inout QEMUConfiguration) -> Void) {
    self.podman = podman
    var configuration = QEMUConfiguration(node: podman.node, stateDirectory: podman.directory.file("vm"))
    configuration.acceleration = .tcg
    configure(&configuration)
    self.configuration = configuration
    runtime = Self.makeRuntime(configuration, podman)
  }

  /// Runs `body` with a fixture and ends everything afterwards, also when `body` throws.
  public static func with<Result: Sendable>(
    configure: @Sendable (inout QEMUConfiguration) -> Void = { _ in },
    _ body: @Sendable (QEMUFixture) async throws -> Result
  ) async throws -> Result {
    try await QEMUEnvironment.makeImage()
    return try await PodmanFixture.with { podman in
      let node = podman.node
      podman.onTearDown { await QEMUEnvironment.killAll(of: node) }
      return try await body(QEMUFixture(podman, configure: configure))
    }
  }

  /// A further driver over the same VMs, which knows nothing of what the first one did.
  public func anotherRuntime(configure: (inout QEMUConfiguration) -> Void = { _ in }) -> QEMURuntime {
    var configuration = configuration
    configure(&configuration)
    return Self.makeRuntime(configuration, podman)
  }

  /// What a VM of this test is made from: the guest, and what it does.
  public func spec(
    _ component: String = "api", _ work: String, configure: (inout Component) -> Void = { _ in }
  ) -> InstanceSpec {
    var value = Component(name: component, image: QEMUEnvironment.image)
    value.runtime = .unikernel
    value.restart = .no
    value.memory = 32 << 20
    value.unikernel = UnikernelSpec(commandLine: work)
    configure(&value)
    return InstanceSpec(
      name: "\(node)-\(component)", aliases: [],
      labels: InstanceLabels(
        service: node, component: component, revision: 1, specHash: "0123456789abcdef", node: node),
      component: value)
  }

  private static func makeRuntime(_ configuration: QEMUConfiguration, _ podman: PodmanFixture) -> QEMURuntime
  {
    var logger = Logger(label: "test")
    logger.logLevel = .error
    return QEMURuntime(configuration: configuration, images: podman.runtime, logger: logger)
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips tests where no VM can be run.
  public static var requiresQEMU: Self {
    .enabled("VMs can be run here: qemu-system-x86_64, and the guest in MCP_TEST_GUEST") {
      await QEMUEnvironment.isUsable()
    }
  }
}
