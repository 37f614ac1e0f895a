import Engine
import Foundation
import Testing

@Suite struct DriftTests {
  func drift(
    _ states: [(String, ObservedState)], desired: DesiredState = .running, busy: Set<String> = []
  ) -> [Drift.Kind] {
    var world = World()
    for (hash, state) in states { world.add("api", hash: hash, state: state) }
    let record = world.record(["api": "h1"], desired: desired)
    return DriftDetector.drift(services: [record], instances: world.instances, busy: busy).map(\.kind)
  }

  @Test func `what runs as it should is no drift`() { #expect(drift([("h1", .running)]).isEmpty) }
  @Test func `nothing where something should run is missing`() { #expect(drift([]) == [.missing]) }
  @Test func `something that ended has exited`() { #expect(drift([("h1", .exited(code: 0))]) == [.exited]) }
  @Test func `another hash is a mismatch`() { #expect(drift([("h2", .running)]) == [.specMismatch]) }
  @Test func `what does not work is unhealthy`() { #expect(drift([("h1", .unhealthy)]) == [.unhealthy]) }
  @Test func `what should rest and runs is unexpected`() {
    #expect(drift([("h1", .running)], desired: .stopped) == [.unexpectedRunning])
  }
  @Test func `what should rest and is gone is no drift`() { #expect(drift([], desired: .stopped).isEmpty) }
  @Test func `nothing is said of a service that is being changed`() {
    #expect(drift([], busy: ["web"]).isEmpty)
  }

  @Test(arguments: [
    (["web-api", "web-api.r1"], true), (["web-api.r1.2"], true), (["web-api"], false),
    (["web-api", "web-api-clone"], false), (["my-name"], false), (["web-api", "web-api.rx"], false),
  ])
  func `what a replacement left is reported, what others copied is not`(names: [String], isLeft: Bool) {
    var world = World()
    for name in names { world.add("api", hash: "h1", state: .running, name: name) }
    let found = DriftDetector.drift(services: [world.record(["api": "h1"])], instances: world.instances)
    #expect(found.map(\.kind) == (isLeft ? [.leftover] : []))
  }

  @Test func `an image that stands for another one by now is reported`() {
    var world = World()
    world.add("api", hash: "h1", state: .running)
    let record = world.record(["api": "h1"])
    let image = record.definition.components[0].image ?? ""
    func found(_ images: [String: String]) -> [Drift.Kind] {
      DriftDetector.drift(services: [record], instances: world.instances, images: images).map(\.kind)
    }
    #expect(found([image: "another"]) == [.imageMismatch])
    #expect(found([image: "i"]).isEmpty)
    #expect(found([:]).isEmpty, "it is not known")
  }

  @Test(arguments: [
    (RestartPolicy.no, 0, 10.0, false), (.onFailure(maxRetries: nil), 0, 10, false), (.no, 1, 10, true),
    (.always, 0, 10, true), (.no, 0, -10, true),
  ])
  func `a job that ended well is no drift, unless the machine ended it`(
    policy: RestartPolicy, code: Int, end: Double, isDrift: Bool
  ) {
    var world = World()
    world.add("api", hash: "h1", state: .exited(code: code))
    let boot = Date(timeIntervalSince1970: 1000)
    world.instances[0].finishedAt = boot.addingTimeInterval(end)
    var record = world.record(["api": "h1"])
    record.definition.components[0].restart = policy
    let found = DriftDetector.drift(services: [record], instances: world.instances, bootedAt: boot)
    #expect(found.map(\.kind) == (isDrift ? [.exited] : []))
  }

  @Test func `objects of ours that no record knows are reported`() {
    var world = World()
    world.add("ghost", hash: "h", state: .running)
    #expect(DriftDetector.drift(services: [], instances: world.instances).map(\.kind) == [.unmanaged])
  }

  @Test(arguments: [
    ("example.org:5000/a/b:v1", "v1"), ("a", "-"), ("localhost:5000/a", "-"),
    ("a@sha256:0123456789abcdef", "0123456789ab"),
  ])
  func `the version of an image is its tag or the start of its digest`(reference: String, version: String) {
    #expect(ImageVersion.of(reference) == version)
  }
}
