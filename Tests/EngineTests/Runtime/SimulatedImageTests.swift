import Engine
import Foundation
import Synchronization
import Testing

/// Images, networks, and what else is around a simulated runtime's objects.
@Suite struct SimulatedImageTests {
  let bench = SimulatedBench()

  @Test func `an image is missing until it is pulled`() async throws {
    let runtime = bench.runtime
    let reference = "registry.example/other:2"
    #expect(try await runtime.imageID(reference) == nil)
    #expect(try await runtime.hasImage(reference) == false)
    try await SimulatedBench.error(.notFound) { _ = try await runtime.create(bench.spec(image: reference)) }
    let lines = PullLines()
    let id = try await runtime.pull(reference) { lines.add($0.message) }
    #expect(lines.all == ["pulling registry.example/other:2"])
    #expect(try await runtime.imageID(reference) == id)
    #expect(try await runtime.hasImage(reference))
    #expect(try await runtime.pull(reference) { _ in } == id)
    #expect(try await runtime.imageID(SimulatedBench.image) != id)
    _ = try await runtime.create(bench.spec(image: reference))
  }

  @Test func `an image that no registry has cannot be pulled`() async throws {
    bench.runtime.unknownImages = ["registry.example/typo:1"]
    let error = try await SimulatedBench.error(.notFound) {
      _ = try await bench.runtime.pull("registry.example/typo:1") { _ in }
    }
    #expect(error.message.contains("registry.example/typo:1"))
    #expect(try await bench.runtime.hasImage("registry.example/typo:1") == false)
  }

  @Test func `a network is made once and removed when nothing uses it`() async throws {
    let runtime = bench.runtime
    try await SimulatedBench.error(.notFound) { _ = try await runtime.create(bench.spec(network: "back")) }
    #expect(try await runtime.ensureNetwork("back"))
    #expect(try await runtime.ensureNetwork("back") == false)
    #expect(runtime.networks == ["back"])
    let id = try await runtime.create(bench.spec(network: "back")).id
    #expect(try await runtime.removeNetwork("back") == false)
    try await runtime.remove(id)
    #expect(try await runtime.removeNetwork("back"))
    #expect(try await runtime.removeNetwork("back") == false)
    #expect(runtime.networks.isEmpty)
  }

  @Test func `a way of networking is no network`() async throws {
    #expect(try await bench.runtime.ensureNetwork("host") == false)
    #expect(try await bench.runtime.removeNetwork("host") == false)
    _ = try await bench.runtime.create(bench.spec(network: "host"))
  }

  @Test func `what is unmanaged is what was said`() async throws {
    #expect(try await bench.runtime.listUnmanaged().isEmpty)
    let other = UnmanagedInstance(id: "1", name: "database", image: "postgres:17")
    bench.runtime.unmanaged = [other]
    #expect(try await bench.runtime.listUnmanaged() == [other])
    #expect(try await bench.runtime.list().isEmpty)
  }

  @Test func `it can do everything, of the kind that it was made for`() async throws {
    let runtime = SimulatedRuntime(kind: .unikernel)
    #expect(runtime.kind == .unikernel)
    let capabilities = try await runtime.capabilities()
    #expect(capabilities.exec)
    #expect(capabilities.limits)
    _ = try await runtime.create(bench.spec(image: nil))
    #expect(runtime.instances.map(\.runtime) == [.unikernel])
  }
}

private final class PullLines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  func add(_ line: String) { lines.withLock { $0.append(line) } }
}
