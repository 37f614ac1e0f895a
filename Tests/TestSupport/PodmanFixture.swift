public import Engine
internal import Foundation
internal import Logging
internal import Synchronization

/// Real containers of one test: a node name of its own, a driver with a service of its own, and everything that the
/// test makes is removed afterwards, newest first.
public final class PodmanFixture: Sendable {
  /// The node's name, unique in this run; names of containers and networks begin with it.
  public let node: String
  /// Files of the test.
  public let directory: TemporaryDirectory
  /// A driver whose podman service is its own.
  public let runtime: PodmanRuntime
  /// What ``runtime`` was made from.
  public let configuration: PodmanConfiguration

  private let cleanups = Mutex<[@Sendable () async -> Void]>([])
  /// Each fixture runs a podman service of 45 MiB and starts containers: not more at a time than the machine bears.
  private static let places = AsyncPlaces(4)

  private init(configure: @Sendable (inout PodmanConfiguration) -> Void) throws {
    node = "t" + UUID().uuidString.prefix(8).lowercased()
    directory = try TemporaryDirectory()
    var configuration = PodmanConfiguration(node: node, ownSocketPath: directory.file("run/p.sock"))
    configuration.userSocketPath = nil
    configure(&configuration)
    self.configuration = configuration
    runtime = Self.makeRuntime(configuration)
  }

  /// Runs `body` with a fixture and removes everything afterwards, also when `body` throws.
  public static func with<Result: Sendable>(
    configure: @Sendable (inout PodmanConfiguration) -> Void = { _ in },
    _ body: @Sendable (PodmanFixture) async throws -> Result
  ) async throws -> Result {
    try await PodmanEnvironment.require()
    await places.take()
    do {
      let fixture = try PodmanFixture(configure: configure)
      do {
        let result = try await body(fixture)
        await fixture.tearDown()
        await places.give()
        return result
      } catch {
        await fixture.tearDown()
        throw error
      }
    } catch {
      await places.give()
      throw error
    }
  }

  /// A further driver; the caller shuts it down, or leaves that to the end of the test.
  public func anotherRuntime(
    configure: @Sendable (inout PodmanConfiguration) -> Void = { _ in }
  ) -> PodmanRuntime {
    var configuration = configuration
    configure(&configuration)
    let runtime = Self.makeRuntime(configuration)
    onTearDown { await runtime.shutdown() }
    return runtime
  }

  /// Does something at the end of the test, before what was asked for earlier.
  public func onTearDown(_ cleanup: @escaping @Sendable () async -> Void) {
    cleanups.withLock { $0.append(cleanup) }
  }

  /// What a container of this test is created from; `configure` fills in the component.
  public func spec(
    _ component: String = "api", command: [String] = PodmanFixture.idle,
    image: String = TestImage.one,
    configure: (inout Component) -> Void = { _ in }
  ) -> InstanceSpec {
    var value = Component(name: component, image: image)
    value.command = command
    value.restart = .no
    configure(&value)
    return InstanceSpec(
      name: "\(node)-\(component)", aliases: [component, "\(node)-\(component)"],
      labels: InstanceLabels(
        service: node, component: component, revision: 1, specHash: "0123456789abcdef", node: node),
      component: value)
  }

  /// Runs until its stop signal and ends at once then, with exit code 0.
  public static let idle = ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1000 & wait; done"]
  /// Runs and pays no attention to its stop signal.
  public static let stubborn = ["sh", "-c", "trap '' TERM; while :; do sleep 1000 & wait; done"]

  /// Creates and starts a container.
  @discardableResult
  public func run(_ spec: InstanceSpec) async throws -> Instance {
    try await runtime.start(try await runtime.create(spec).id)
  }

  /// Runs the `podman` command.
  @discardableResult
  public func podman(_ arguments: String...) async throws -> CommandResult {
    try await PodmanEnvironment.podman(arguments)
  }

  private func tearDown() async {
    let cleanups = cleanups.withLock { cleanups in
      defer { cleanups = [] }
      return cleanups
    }
    for cleanup in cleanups.reversed() { await cleanup() }
    // Through a driver first: `podman rm --force` forgets a container that is being stopped and leaves its process.
    let remover = Self.makeRuntime(configuration)
    for instance in (try? await remover.list()) ?? [] { try? await remover.remove(instance.id) }
    await remover.shutdown()
    let label = "label=\(InstanceLabels.nodeKey)=\(node)"
    if let listed = try? await PodmanEnvironment.podman(["ps", "-aq", "--filter", label]) {
      for id in listed.output.split(separator: "\n").map(String.init) {
        _ = try? await PodmanEnvironment.podman(["rm", "-f", "-t", "0", id])
      }
    }
    if let listed = try? await PodmanEnvironment.podman(["network", "ls", "--format", "{{.Name}}"]) {
      for name in listed.output.split(separator: "\n").map(String.init) where name.hasPrefix(node) {
        _ = try? await PodmanEnvironment.podman(["network", "rm", "-f", name])
      }
    }
    await runtime.shutdown()
    directory.remove()
  }

  private static func makeRuntime(_ configuration: PodmanConfiguration) -> PodmanRuntime {
    var logger = Logger(label: "test")
    logger.logLevel = .error
    return PodmanRuntime(configuration: configuration, logger: logger)
  }
}

/// A number of places that are taken and given back in turn.
private actor AsyncPlaces {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func give() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}

extension Instance {
  /// The instance without the time at which it was seen, to compare two looks.
  public var timeless: Instance {
    var copy = self
    copy.asOf = nil
    return copy
  }
}
