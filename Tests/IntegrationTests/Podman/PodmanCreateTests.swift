import Engine
import Foundation
import TestSupport
import Testing

/// What of a definition arrives in the container.
@Suite(.requiresPodman) struct PodmanCreateTests {
  @Test func `environment, user, command and labels arrive`() async throws {
    try await PodmanFixture.with { fixture in
      let spec = fixture.spec(command: ["sh", "-c", "echo $GREETING; id -u; id -g"]) {
        $0.environment = [
          EnvironmentVariable(name: "GREETING", value: .literal("hello = \"world\" 'quoted' äöü"))
        ]
        $0.user = "33:33"
        $0.labels = ["team": "core", InstanceLabels.nodeKey: "somebody-else"]
      }
      let instance = try await fixture.run(spec)
      let lines = try await collect(fixture.runtime.logs(instance.id, options: LogOptions(follow: true)))
      #expect(lines.map(\.text) == ["hello = \"world\" 'quoted' äöü", "33", "33"])
      let labels = try await fixture.podman(
        "inspect", "--format",
        "{{index .Config.Labels \"team\"}} {{index .Config.Labels \"\(InstanceLabels.nodeKey)\"}}",
        instance.id)
      #expect(labels.output == "core \(fixture.node)\n")
    }
  }

  @Test func `a user by name arrives, and an unknown one is an error`() async throws {
    try await PodmanFixture.with { fixture in
      let known = try await fixture.run(fixture.spec("known", command: ["id", "-u"]) { $0.user = "www" })
      let lines = try await collect(fixture.runtime.logs(known.id, options: LogOptions(follow: true)))
      #expect(lines.map(\.text) == ["33"])
      let unknown = try await fixture.runtime.create(
        fixture.spec("unknown") { $0.user = "nobody-of-that-name" })
      let error = await expectError(.operationFailed) { try await fixture.runtime.start(unknown.id) }
      #expect(error?.cause?.contains("nobody-of-that-name") == true)
    }
  }

  @Test func `a volume can be written, and a read-only one cannot`() async throws {
    try await PodmanFixture.with { fixture in
      for name in ["rw", "ro"] {
        try FileManager.default.createDirectory(
          atPath: fixture.directory.file(name), withIntermediateDirectories: false)
      }
      let spec = fixture.spec(command: ["sh", "-c", "echo 1 > /rw/file; echo 2 > /ro/file; echo ended $?"]) {
        $0.volumes = [
          VolumeMount(source: fixture.directory.file("rw"), target: "/rw"),
          VolumeMount(source: fixture.directory.file("ro"), target: "/ro", readOnly: true),
        ]
      }
      let instance = try await fixture.run(spec)
      let lines = try await collect(fixture.runtime.logs(instance.id, options: LogOptions(follow: true)))
      #expect(lines.contains { $0.stream == .stderr && $0.text.contains("Read-only file system") })
      #expect(lines.filter { $0.stream == .stdout }.map(\.text) == ["ended 1"])
      #expect(try String(contentsOfFile: fixture.directory.file("rw/file"), encoding: .utf8) == "1\n")
      #expect(!FileManager.default.fileExists(atPath: fixture.directory.file("ro/file")))
    }
  }

  @Test func `a volume path that is missing is named`() async throws {
    try await PodmanFixture.with { fixture in
      let path = fixture.directory.file("missing")
      let spec = fixture.spec { $0.volumes = [VolumeMount(source: path, target: "/x")] }
      let error = await expectError(.notFound) { _ = try await fixture.runtime.create(spec) }
      #expect(error?.message.contains("volume path missing: \(path)") == true)
      let listed = try await fixture.runtime.list()
      #expect(listed.isEmpty)
    }
  }

  @Test func `a network that is missing is named`() async throws {
    try await PodmanFixture.with { fixture in
      let spec = fixture.spec { $0.network = "\(fixture.node)-nowhere" }
      let error = await expectError(.notFound) { _ = try await fixture.runtime.create(spec) }
      #expect(error?.message.contains("\(fixture.node)-nowhere") == true)
    }
  }

  @Test func `a command that is not in the image is named`() async throws {
    try await PodmanFixture.with { fixture in
      let id = try await fixture.runtime.create(fixture.spec(command: ["/no/such/program"])).id
      let error = await expectError(.operationFailed) { try await fixture.runtime.start(id) }
      #expect(error?.cause?.contains("/no/such/program") == true)
      #expect(error?.cause?.contains("OCI runtime attempted") == false)
    }
  }

  @Test func `a secret without a value is refused`() async throws {
    try await PodmanFixture.with { fixture in
      let spec = fixture.spec { $0.environment = [EnvironmentVariable(name: "TOKEN", value: .secret("t"))] }
      _ = await expectError(.failedPrecondition) { _ = try await fixture.runtime.create(spec) }
    }
  }

  @Test func `an image that is only elsewhere is not found, and pulling it says why it does not come`()
    async throws
  {
    try await PodmanFixture.with { fixture in
      let image = "127.0.0.1:\(try FreePort.next())/\(fixture.node):1"
      let error = await expectError(.notFound) {
        _ = try await fixture.runtime.create(fixture.spec(image: image))
      }
      #expect(error?.message.contains(image) == true)
      _ = await expectError(.unavailable) { _ = try await fixture.runtime.pull(image) { _ in } }
      _ = await expectError(.invalidArgument) { _ = try await fixture.runtime.pull("not an image") { _ in } }
    }
  }
}
