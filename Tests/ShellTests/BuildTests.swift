import Engine
import Foundation
import TestSupport
import Testing

@testable import Shell

@Suite struct BuildTests {
  private static func definition(
    _ images: [String], builds: [String: String] = ["app": "Dockerfile"], path: String? = nil
  ) -> ServiceDefinition {
    var definition = ServiceDefinition(name: "web")
    definition.buildImages = builds
    definition.path = path
    definition.components = images.enumerated().map { Component(name: "c\($0)", image: $1) }
    return definition
  }

  @Test func `an image is built under the name by which components use it`() throws {
    let definition = Self.definition(
      ["r.example:5000/team/app:v1", "r.example:5000/team/app:v1", "localhost/tools:2", "redis:7"],
      builds: ["app": "Dockerfile", "tools": "docker/tools"], path: "src/web")
    let builds = try BuildPlan.make(definition, workspace: "/home/me")
    #expect(
      builds == [
        ImageBuild(
          name: "app", reference: "r.example:5000/team/app:v1", dockerfile: "/home/me/src/web/Dockerfile",
          context: "/home/me/src/web"),
        ImageBuild(
          name: "tools", reference: "localhost/tools:2", dockerfile: "/home/me/src/web/docker/tools",
          context: "/home/me/src/web"),
      ])
    #expect(builds.map(\.isPushed) == [true, false])
    #expect(try BuildPlan.make(definition, workspace: "/w", only: ["tools"]).map(\.name) == ["tools"])
    #expect(try BuildPlan.make(Self.definition(["a/app:1"]), workspace: "/w").first?.context == "/w/web")
  }

  @Test(arguments: [
    (["redis:7"], "no component has an image of that name"),
    (["r/app:1", "r/app:2"], "with different tags or registries: r/app:1, r/app:2"),
    (["r/app@sha256:" + String(repeating: "0", count: 64)], "has a digest"),
    (["r/other-app:1"], "no component has an image of that name"),
  ])
  func `what cannot be built is said before anything is`(images: [String], words: String) {
    let error = #expect(throws: EngineError.self) {
      try BuildPlan.make(Self.definition(images), workspace: "/w")
    }
    #expect(error?.details.first?.contains(words) == true, "\(String(describing: error))")
  }

  @Test func `nothing to build, an unknown image and no workspace are said`() {
    func code(_ definition: ServiceDefinition, _ workspace: String?, _ names: [String] = []) -> EngineError
      .Code?
    {
      #expect(throws: EngineError.self) {
        try BuildPlan.make(definition, workspace: workspace, only: names)
      }?.code
    }
    #expect(code(Self.definition(["r/app:1"], builds: [:]), "/w") == .invalidArgument)
    #expect(code(Self.definition(["r/app:1"]), "/w", ["other"]) == .notFound)
    #expect(code(Self.definition(["r/app:1"]), nil) == .failedPrecondition)
  }

  /// Runs `mcp` with a `podman` that writes down what it is told and does as `script` says.
  private func withPodman(
    _ script: String, plane: FakePlane = FakePlane(),
    _ body: (Harness, () -> [String]) async throws -> Void
  ) async throws {
    try await TemporaryDirectory.with { directory in
      let podman = directory.file("podman")
      try "#!/bin/sh\necho \"$@\" >> \(directory.file("calls"))\n\(script)\n".write(
        toFile: podman, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: podman)
      try FileManager.default.createDirectory(
        atPath: directory.file("work/web"), withIntermediateDirectories: true)
      try "FROM scratch\n".write(
        toFile: directory.file("work/web/Dockerfile"), atomically: true, encoding: .utf8)
      let harness = try Harness(
        plane, in: directory, environment: ["PATH": "\(directory.path):/usr/bin:/bin"])
      let configuration = try String(contentsOfFile: harness.configuration, encoding: .utf8)
      try (configuration + "\n[build]\nworkspace = \"\(directory.file("work"))\"\n").write(
        toFile: harness.configuration, atomically: true, encoding: .utf8)
      try harness.define(
        "web",
        "name = \"web\"\nnode = \"rift\"\n[build.images]\napp = \"Dockerfile\"\n[[components]]\nname = \"api\"\n"
          + "image = \"r.example/app:1\"\n")
      func calls() -> [String] {
        let text = (try? String(contentsOfFile: directory.file("calls"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { String($0).replacing(directory.path, with: "") }
      }
      try await body(harness, calls)
    }
  }

  @Test func `build builds and pushes, or does what it is told`() async throws {
    try await withPodman("exit 0") { harness, calls in
      let planned = await harness.run("build", "web", "--plan")
      #expect(planned.output.contains("build r.example/app:1 in ") && planned.output.contains("and push it"))
      #expect(calls().isEmpty)
      let built = await harness.run("build", "web", "--no-push")
      #expect(built.output == "r.example/app:1: built\n")
      let pushed = await harness.run("build", "web", "app", "--json")
      #expect(pushed.output.filter { !$0.isWhitespace }.contains(#""pushed":true"#))
      let build = "build --tag r.example/app:1 --file /work/web/Dockerfile /work/web"
      #expect(calls() == [build, build, "push r.example/app:1"])
    }
  }

  @Test func `a build or push that fails ends it`() async throws {
    try await withPodman("exit 3") { harness, _ in
      let outcome = await harness.run("build", "web")
      #expect(outcome.status == 1 && outcome.errors.contains("app could not be built: podman ended with 3"))
    }
    try await withPodman("[ $1 = build ]") { harness, _ in
      let outcome = await harness.run("build", "web")
      #expect(outcome.status == 1 && outcome.errors.contains("podman login r.example"))
    }
    try await withPodman("exit 0") { harness, _ in
      try FileManager.default.removeItem(atPath: harness.directory.file("work/web/Dockerfile"))
      #expect(await harness.run("build", "web").errors.contains("the Dockerfile "))
    }
  }

  @Test func `sync builds what its registry lacks`() async throws {
    let plane = FakePlane()
    try await withPodman(
      "[ $1 = manifest ] && { echo reading manifest: manifest unknown >&2; exit 125; }; exit 0", plane: plane
    ) { harness, calls in
      let planned = await harness.run("sync", "--plan")
      #expect(planned.errors.contains("r.example/app:1 is not in its registry and would be built"))
      #expect(calls() == ["manifest inspect r.example/app:1"])
      #expect(await harness.run("sync", "--no-build").status == 0)
      #expect(calls().count == 1)
      #expect(await harness.run("sync").status == 0)
      #expect(calls().suffix(2).map { $0.prefix(5) } == ["build", "push "])
      #expect(plane.calls.syncs.last?.definitions.map(\.name) == ["web"])
    }
  }

  @Test func `sync builds nothing that is there, and nothing where the registry does not say`() async throws {
    try await withPodman("echo 'Error: parsing manifest blob' >&2; exit 125") { harness, calls in
      #expect(await harness.run("sync").status == 0)
      #expect(calls().count == 1)
    }
    let plane = FakePlane()
    try await withPodman("echo dial tcp: connection refused >&2; exit 125", plane: plane) { harness, calls in
      try harness.define("other")
      let outcome = await harness.run("sync")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("whether r.example/app:1 is in its registry cannot be found out"))
      #expect(calls().count == 1)
      #expect(plane.calls.syncs.last?.definitions.map(\.name) == ["other"])
      let pruned = await harness.run("sync", "--prune", "--yes")
      #expect(pruned.status != 0 && pruned.errors.contains("nothing was synced"))
      #expect(plane.calls.syncs.count == 1)
    }
  }
}
