import Engine
import Foundation
import Synchronization
import TestSupport
import Testing

/// Images come from real registries, with TLS and a password and without.
@Suite(.requiresPodman, .serialized) struct RegistryTests {
  private static func using(_ image: String, pull: String = "missing") -> String {
    """
    [[components]]
    name = "api"
    image = "\(image)"
    pull = "\(pull)"
    cmd = \(TestCommand.idle)
    """
  }

  /// Runs `body` with an agent that is told of `server`, and removes what was pulled.
  private func withAgent(
    _ server: RegistryServer, _ settings: String, _ body: (AgentFixture) async throws -> Void
  ) async throws {
    defer { Task { await Self.forget(server) } }
    try await AgentFixture.with(settings: "[registries.\"\(server.address)\"]\n\(settings)", body)
    await Self.forget(server)
  }

  private static func forget(_ server: RegistryServer) async {
    let all = try? await PodmanEnvironment.podman(["images", "--format", "{{.Repository}}:{{.Tag}} {{.Id}}"])
    for line in all?.output.split(separator: "\n") ?? [] where line.hasPrefix(server.address) {
      let name = line.split(separator: " ").map(String.init)
      let reference = name[0].hasSuffix(":<none>") ? name[1] : name[0]
      _ = try? await PodmanEnvironment.podman(["rmi", "-f", reference])
    }
  }

  private func runningImage(_ agent: AgentFixture, _ service: String) async throws -> String {
    try await PodmanEnvironment.podman(["inspect", "--format", "{{.Image}}", "\(service)-api"]).output
  }

  @Test func `an image comes over TLS with the credentials of the configuration`() async throws {
    try await RegistryServer.with(tls: true, credentials: true) { server in
      let image = try await server.push(TestImage.one, as: "team/app:v1")
      let credentials = try #require(server.credentials)
      try await TemporaryDirectory.with { directory in
        let file = directory.file("password")
        try "wrong\n".write(toFile: file, atomically: true, encoding: .utf8)
        let settings = "username = \"\(credentials.user)\"\npassword_file = \"\(file)\""
        try await withAgent(server, settings) { agent in
          let service = try agent.define("web", Self.using(image))
          let untrusted = try await agent.mcp("deploy", service)
          #expect(untrusted.code != 0)
          #expect(
            untrusted.errors.contains("TLS is not trusted") && untrusted.errors.contains("certs.d"),
            "\(untrusted.errors)")
          let distrust = try server.trust()
          defer { distrust() }
          let refused = try await agent.mcp("deploy", service)
          #expect(refused.errors.contains("refuses access"), "\(refused.errors)")
          #expect(try await agent.containers().isEmpty)
          try "\(credentials.password)\n".write(toFile: file, atomically: true, encoding: .utf8)
          let missing = try agent.define("none", Self.using("\(server.address)/team/app:v9"))
          #expect(try await agent.mcp("deploy", missing).errors.contains("there is no such image"))
          let result = try await agent.mcp("deploy", service)
          #expect(result.code == 0, "\(result.errors)")
          for shown in [agent.log, result.errors, refused.errors] {
            #expect(!shown.contains(credentials.password))
          }
        }
      }
    }
  }

  @Test func `the layers of an image are counted while they come`() async throws {
    try await RegistryServer.with(tls: true) { server in
      let image = try await server.push(TestImage.one, as: "app:v1")
      let distrust = try server.trust()
      defer { distrust() }
      try await PodmanFixture.with { podman in
        let said = Mutex<[String]>([])
        _ = try await podman.runtime.pull(image) { progress in said.withLock { $0.append(progress.message) } }
        let last = try #require(said.withLock { $0.last })
        #expect(try /(\d+) of \1 layers.*/.wholeMatch(in: last) != nil, "\(said.withLock { $0 })")
      }
      await Self.forget(server)
    }
  }

  @Test func `podman's own file of credentials counts, too`() async throws {
    try await RegistryServer.with(tls: true, credentials: true) { server in
      let image = try await server.push(TestImage.one, as: "team/app:v1")
      let credentials = try #require(server.credentials)
      let distrust = try server.trust()
      defer { distrust() }
      try await withAgent(server, "") { agent in
        let service = try agent.define("web", Self.using(image))
        #expect(try await agent.mcp("deploy", service).errors.contains("podman login"))
        let login = try await PodmanEnvironment.podman([
          "login", "-u", credentials.user, "-p", credentials.password, server.address,
        ])
        #expect(login.code == 0, "\(login.errors)")
        let result = try await agent.mcp("deploy", service)
        _ = try await PodmanEnvironment.podman(["logout", server.address])
        #expect(result.code == 0, "\(result.errors)")
      }
    }
  }

  @Test func `plain HTTP is spoken where the configuration allows it`() async throws {
    try await RegistryServer.with { server in
      let image = try await server.push(TestImage.one, as: "app:v1")
      try await withAgent(server, "") { agent in
        let service = try agent.define("web", Self.using(image))
        let refused = try await agent.mcp("deploy", service)
        #expect(refused.errors.contains("plain_http = true"), "\(refused.errors)")
      }
      try await withAgent(server, "plain_http = true") { agent in
        let service = try agent.define("web", Self.using(image))
        let result = try await agent.mcp("deploy", service)
        #expect(result.code == 0, "\(result.errors)")
      }
    }
  }

  @Test func `a digest names one image, whatever the tag says by then`() async throws {
    try await RegistryServer.with { server in
      try await TemporaryDirectory.with { directory in
        _ = try await PodmanEnvironment.podman([
          "push", "--quiet", "--tls-verify=false", "--digestfile=\(directory.file("digest"))", TestImage.one,
          "\(server.address)/app:v1",
        ])
        let digest = try String(contentsOfFile: directory.file("digest"), encoding: .utf8)
        try await server.push(TestImage.two, as: "app:v1")
        try await withAgent(server, "plain_http = true") { agent in
          let service = try agent.define("web", Self.using("\(server.address)/app@\(digest)"))
          let result = try await agent.mcp("deploy", service)
          #expect(result.code == 0, "\(result.errors)")
          let one = try await PodmanEnvironment.podman([
            "image", "inspect", "--format", "{{.Id}}", TestImage.one,
          ])
          #expect(try await runningImage(agent, service) == one.output)
          let none = "sha256:" + String(repeating: "0", count: 64)
          try agent.define("web", Self.using("\(server.address)/app@\(none)"))
          #expect(try await agent.mcp("deploy", service).errors.contains("there is no such image"))
          #expect(try await runningImage(agent, service) == one.output)
        }
      }
    }
  }

  @Test func `build pushes to the registry, and sync builds what it lacks`() async throws {
    try await RegistryServer.with(tls: true) { server in
      let distrust = try server.trust()
      defer { distrust() }
      try await withAgent(server, "") { agent in
        let workspace = agent.directory.file("work")
        func write(_ text: String, _ file: String) throws {
          try text.write(toFile: agent.directory.file(file), atomically: true, encoding: .utf8)
        }
        let configuration = try String(contentsOfFile: agent.directory.file("mcp.toml"), encoding: .utf8)
        try write("[build]\nworkspace = \"\(workspace)\"\n" + configuration, "mcp.toml")
        func define(_ version: String) throws -> String {
          try agent.define(
            "web",
            "path = \"src\"\n[build.images]\napp = \"Dockerfile\"\n"
              + Self.using("\(server.address)/team/app:\(version)"))
        }
        let service = try define("v1")
        #expect(try await agent.mcp("build", service).errors.contains("the source tree"))
        try FileManager.default.createDirectory(
          atPath: workspace + "/src", withIntermediateDirectories: true)
        try write("FROM \(TestImage.one)\nENV BUILT=here\n", "work/src/Dockerfile")
        let built = try await agent.mcp("build", service)
        #expect(built.code == 0 && built.output.contains("built and pushed"), "\(built.errors)")
        await Self.forget(server)
        #expect(try await agent.mcp("deploy", service).code == 0)
        let variable = try await agent.mcp("exec", service, "--", "sh", "-c", "echo $BUILT")
        #expect(variable.output == "here\n")

        #expect(try await !agent.mcp("sync").errors.contains("is built"))
        _ = try define("v2")
        let planned = try await agent.mcp("sync", "--plan")
        #expect(planned.errors.contains("v2 is not in its registry and would be built"), "\(planned.errors)")
        let synced = try await agent.mcp("sync")
        #expect(synced.code == 0 && synced.errors.contains("v2 is not in its registry and is built"))
        try write("FROM \(TestImage.one)\nRUN false\n", "work/src/Dockerfile")
        _ = try define("v3")
        let failed = try await agent.mcp("sync")
        #expect(failed.code == 1 && failed.errors.contains("app could not be built"), "\(failed.errors)")
        #expect(try await agent.mcp("ps", service).output.contains("v2"))
      }
    }
  }

  @Test func `a tag that moves replaces a component that always pulls, and no other`() async throws {
    try await RegistryServer.with { server in
      let image = try await server.push(TestImage.one, as: "app:v1")
      try await withAgent(server, "plain_http = true") { agent in
        let missing = try agent.define("missing", Self.using(image))
        let always = try agent.define("always", Self.using(image, pull: "always"))
        let never = try agent.define("never", Self.using("\(server.address)/other:v1", pull: "never"))
        for service in [missing, always] { #expect(try await agent.mcp("deploy", service).code == 0) }
        let refused = try await agent.mcp("deploy", never)
        #expect(refused.code != 0 && refused.errors.contains("is not on this node"), "\(refused.errors)")
        #expect(try await agent.mcp("deploy", always).output.contains("nothing to do"))
        try await server.push(TestImage.two, as: "app:v1")
        #expect(try await agent.mcp("deploy", missing).output.contains("nothing to do"))
        let result = try await agent.mcp("deploy", always)
        #expect(result.code == 0 && result.output.contains("1 changed"), "\(result.errors)")
        let two = try await PodmanEnvironment.podman([
          "image", "inspect", "--format", "{{.Id}}", TestImage.two,
        ])
        #expect(try await runningImage(agent, always) == two.output)
        #expect(try await runningImage(agent, missing) != two.output)
        await server.stop()
        let down = try await agent.mcp("deploy", always)
        #expect(down.code != 0 && down.errors.contains("cannot be reached"), "\(down.errors)")
        #expect(try await runningImage(agent, always) == two.output)
        #expect(try await agent.mcp("ps", always).output.contains("running"))
      }
    }
  }
}
