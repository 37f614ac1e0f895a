import Engine
import Foundation
import TestSupport
import Testing

/// Pulls that fail half-way leave the old version serving, and nothing else.
@Suite(.requiresPodman, .serialized) struct BadPullTests {
  private static let plain = "plain_http = true\n"
  private static let large = 24 << 20

  private static func using(_ image: String) -> String {
    "[[components]]\nname = \"api\"\nimage = \"\(image)\"\ncmd = \(TestCommand.idle)\n"
  }

  /// Deploys `image` over what runs, and expects to fail with `words`.
  private func fails(_ agent: AgentFixture, _ image: String, _ words: String) async throws {
    let service = try agent.define("web", Self.using(TestImage.one))
    #expect(try await agent.mcp("deploy", service).code == 0)
    let old = try await agent.containers()
    try agent.define("web", Self.using(image))
    let result = try await agent.mcp("deploy", service)
    #expect(result.code != 0 && result.errors.contains(words), "\(result.errors)")
    #expect(try await agent.containers().map(\.pid) == old.map(\.pid))
    #expect(try await agent.mcp("status", service, "--check").code == 0)
  }

  @Test func `a registry that goes down in the middle of a pull`() async throws {
    try await RegistryServer.with { server in
      let pushed = try await server.pushNew("app:v1", bytes: Self.large)
      let proxy = try BreakingProxy(to: server.port, after: Self.large / 3)
      defer { proxy.close() }
      let address = "127.0.0.1:\(proxy.port)"
      try await AgentFixture.with(settings: "[registries.\"\(address)\"]\n\(Self.plain)") { agent in
        let image = pushed.replacing(server.address, with: address)
        try await fails(agent, image, "the registry cannot be reached")
        #expect(proxy.isBroken)
      }
    }
  }

  @Test func `a layer that is damaged in the registry`() async throws {
    try await RegistryServer.with { server in
      let image = try await server.pushNew("app:v1", bytes: Self.large)
      let layer = try #require(server.blobs().first)
      let file = try FileHandle(forWritingTo: URL(filePath: layer))
      try file.seek(toOffset: UInt64(Self.large / 2))
      try file.write(contentsOf: Data("damaged".utf8))
      try file.close()
      try await AgentFixture.with(settings: "[registries.\"\(server.address)\"]\n\(Self.plain)") { agent in
        try await fails(agent, image, "is damaged")
      }
    }
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["MCP_TEST_SMALL_FS"] != nil))
  func `a disk that becomes full while an image comes`() async throws {
    let small = try #require(ProcessInfo.processInfo.environment["MCP_TEST_SMALL_FS"])
    try await RegistryServer.with { server in
      let image = try await server.pushNew("app:v1", bytes: Self.large)
      try await AgentFixture.with(settings: "[registries.\"\(server.address)\"]\n\(Self.plain)") { agent in
        await agent.stopPodman()
        try await agent.startPodman(extra: ["TMPDIR": small])
        try await fails(agent, image, "the disk is full")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: small).isEmpty)
    }
  }
}
