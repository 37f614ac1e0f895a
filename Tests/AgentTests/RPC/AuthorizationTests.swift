import Engine
import Foundation
import GRPCCore
import TestSupport
import Testing

@testable import Agent

/// Gives every peer a role.
private struct FixedPolicy: PeerPolicy {
  var role: Role
  func caller(for peer: Peer, token: String?) -> Caller {
    Caller(actor: Actor(kind: .user, name: "alice"), role: role, peer: peer.description)
  }
}

/// Refuses every peer.
private struct NobodyPolicy: PeerPolicy {
  func caller(for peer: Peer, token: String?) throws -> Caller {
    throw EngineError(.permissionDenied, "nobody may")
  }
}

@Suite struct AuthorizationTests {
  private static let push = PushRequest(
    service: "web", path: "",
    source: TransferSource(
      name: "x", header: FileHeader(path: "", isDirectory: true, mode: 0o755, modified: 0, size: 0),
      totalBytes: 0, totalFiles: 0))

  /// Calls a primitive and returns the error it ends with.
  private static func call(_ primitive: Primitive, on client: RemoteControlPlane) async -> EngineError? {
    let target = TargetRequest(target: Target(service: "web", component: "api"))
    do {
      switch primitive {
      case .deploy: _ = try await client.deploy(.init(definition: .init(name: "web"))) { _ in }
      case .undeploy: _ = try await client.undeploy(target) { _ in }
      case .start: _ = try await client.start(target) { _ in }
      case .stop: _ = try await client.stop(target) { _ in }
      case .restart: _ = try await client.restart(target) { _ in }
      case .rollback: _ = try await client.rollback(.init(service: "web")) { _ in }
      case .sync: _ = try await client.sync(.init(definitions: [])) { _ in }
      case .recover: _ = try await client.recover(.init()) { _ in }
      case .adopt: _ = try await client.adopt(.init(service: "web")) { _ in }
      case .boot: _ = try await client.boot(.init()) { _ in }
      case .list: _ = try await client.list()
      case .ps: _ = try await client.ps(service: nil, live: false)
      case .status: _ = try await client.status(service: nil)
      case .service: _ = try await client.service("web")
      case .history: _ = try await client.history("web")
      case .logs: for try await _ in client.logs(target.target, options: .init()) {}
      case .exec: _ = try await client.exec(target.target, request: .init(command: ["x"]))
      case .events: for try await _ in client.events(.init()) {}
      case .node: _ = try await client.node()
      case .doctor: _ = try await client.doctor()
      case .scripts: _ = try await client.scripts()
      case .checkScripts: _ = try await client.checkScripts()
      case .reloadScripts: _ = try await client.reloadScripts([])
      case .alerts: _ = try await client.alerts(.init())
      case .silence: _ = try await client.silence(.init(match: "web", duration: .seconds(1)))
      case .unsilence: try await client.unsilence(1)
      case .testAlerts: _ = try await client.testAlerts()
      case .secrets: _ = try await client.secrets(of: nil)
      case .setSecret: _ = try await client.setSecret("key", of: "web", to: try SecretValue([1]))
      case .removeSecret: try await client.removeSecret("key", of: "web")
      case .tokens: _ = try await client.tokens()
      case .createToken:
        _ = try await client.createToken(.init(name: "a", role: .viewer, lifetime: .seconds(60)))
      case .revokeToken: _ = try await client.revokeToken("a")
      case .push: _ = try await client.push(Self.push) { _ in AsyncThrowingStream { nil } }
      case .pull: for try await _ in try await client.pull(.init(service: "web", path: "")).parts {}
      default: Issue.record("no call for \(primitive.name)")
      }
      return nil
    } catch {
      return error as? EngineError
    }
  }

  @Test(arguments: Role.allCases, TestAgent.Door.allCases)
  func `a role may call what its primitives allow and nothing else, through every door`(
    role: Role, door: TestAgent.Door
  ) async throws {
    let fake = FakeControlPlane()
    try await TestAgent.with(fake, policy: FixedPolicy(role: role), remote: true) { agent in
      try await agent.connect(door) { client in
        for primitive in Primitive.all {
          let before = (fake.calls.count, agent.log.records.count)
          let error = await Self.call(primitive, on: client)
          let allowed = role >= primitive.role
          #expect((error?.code == .permissionDenied) == !allowed, "\(primitive.name)")
          #expect(fake.calls.count == before.0 + (allowed ? 1 : 0), "\(primitive.name)")
          // The end of what changes something, and every refusal, is on record.
          let told = !allowed || primitive.mutating
          #expect(agent.log.records.count == before.1 + (told ? 1 : 0), "\(primitive.name)")
          guard told, let record = agent.log.records.last else { continue }
          #expect(record.primitive == primitive)
          #expect(record.caller?.role == role)
          #expect(
            record.peer?.description.hasPrefix(door == .tls ? "tls:127.0.0.1:" : "unix:uid=\(geteuid())")
              == true)
          let isRefused = if case .refused = record.outcome { true } else { false }
          #expect(isRefused == !allowed, "\(primitive.name)")
        }
      }
    }
  }

  @Test func `the record of a call has its arguments, its end and no secret`() async throws {
    let fake = FakeControlPlane {
      $0.stop = { _, _ in throw EngineError(.notFound, "web is not deployed") }
    }
    try await TestAgent.withClient(fake) { client, agent in
      _ = try await client.setSecret("key", of: "web", to: try SecretValue(Array("hunter2".utf8)))
      _ = try? await client.stop(TargetRequest(target: Target(service: "web", component: "api"))) { _ in }
      let events = agent.log.records.map { $0.event(at: Date(timeIntervalSince1970: 0)) }
      #expect(events.map(\.kind) == ["call", "call"])
      #expect(events.map { $0.details["result"] } == ["done", "not_found"])
      #expect(events.map { $0.details["primitive"] } == ["set_secret", "stop"])
      #expect(events[0].details["secret"] == "key")
      #expect(events[1].service == "web" && events[1].component == "api")
      #expect(events.allSatisfy { $0.details["duration_ms"] != nil && $0.details["peer"]?.isEmpty == false })
      #expect(!"\(events)".contains("hunter2"))
    }
  }

  @Test func `a peer that may do nothing is refused everywhere, and it is told`() async throws {
    let fake = FakeControlPlane()
    try await TestAgent.withClient(fake, policy: NobodyPolicy()) { client, agent in
      for primitive in Primitive.all {
        #expect(await Self.call(primitive, on: client)?.code == .permissionDenied)
      }
      #expect(agent.log.denials.count == Primitive.all.count)
      #expect(agent.log.denials.allSatisfy { $0.caller == nil && $0.peer?.origin == .user(geteuid()) })
    }
    #expect(fake.calls.isEmpty)
  }

  @Test func `the caller is who the kernel says, with the name of the user database`() async throws {
    try await TestAgent.withClient(FakeControlPlane()) { client, agent in
      _ = try await client.list()
      let caller = try #require(agent.log.callers.first)
      #expect(caller.role == .admin)
      #expect(caller.actor == Actor(kind: .user, name: UserDatabase.user(geteuid())?.name ?? "\(geteuid())"))
      #expect(caller.peer == "unix:uid=\(geteuid()),pid=\(getpid())")
    }
  }

  @Test func `the caller is known for the whole of a streamed answer`() async throws {
    let seen = Flag()
    let fake = FakeControlPlane {
      $0.deploy = { request, _ in
        if CallContext.current != nil { seen.set() }
        return OperationResult(service: "web", primitive: "deploy", revision: 1, changed: false, message: "")
      }
    }
    try await TestAgent.withClient(fake) { client, _ in
      _ = try await client.deploy(.init(definition: .init(name: "web"))) { _ in }
    }
    #expect(seen.isSet)
  }

  @Test func `credentials are read from headers only if each is there once`() {
    let good: Metadata = ["mcp-peer-uid": "7", "mcp-peer-gid": "8", "mcp-peer-pid": "9"]
    #expect(Peer(good) == .local(PeerCredentials(uid: 7, gid: 8, pid: 9)))
    #expect(
      Peer(["mcp-peer-address": "::1", "mcp-peer-port": "7"]) == .remote(address: "::1", port: 7))
    var twice = good
    twice.addString("0", forKey: "mcp-peer-uid")
    #expect(Peer(twice) == nil)
    #expect(Peer([:]) == nil)
    #expect(Peer(["mcp-peer-uid": "7", "mcp-peer-gid": "8"]) == nil)
    #expect(Peer(["mcp-peer-uid": "-1", "mcp-peer-gid": "8", "mcp-peer-pid": "9"]) == nil)
  }

  @Test func `an agent with a method that no primitive declares does not start`() throws {
    var methods = Mcp_V1_ControlPlane.Method.descriptors
    #expect(throws: Never.self) {
      try AuthorizationInterceptor(methods: methods, policy: NobodyPolicy()) { _ in }
    }
    methods.append(MethodDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane", method: "Reboot"))
    #expect(throws: EngineError.self) {
      try AuthorizationInterceptor(methods: methods, policy: NobodyPolicy()) { _ in }
    }
    #expect(throws: EngineError.self) {
      try AuthorizationInterceptor(methods: methods.dropLast(2), policy: NobodyPolicy()) { _ in }
    }
    methods = Mcp_V1_ControlPlane.Method.descriptors
    methods.append(MethodDescriptor(fullyQualifiedService: "example.Other", method: "List"))
    #expect(throws: EngineError.self) {
      try AuthorizationInterceptor(methods: methods, policy: NobodyPolicy()) { _ in }
    }
  }
}

@Suite struct PeerPolicyTests {
  private func peer(_ uid: UInt32) -> PeerCredentials { PeerCredentials(uid: uid, gid: uid, pid: 1) }

  @Test func `root and the agent's own user are admins`() throws {
    let policy = LocalPeerPolicy(ownUID: 4_321)
    #expect(try policy.caller(for: peer(0)).role == .admin)
    #expect(try policy.caller(for: peer(0)).actor.name == "root")
    let own = try policy.caller(for: peer(4_321))
    #expect(own.role == .admin)
    #expect(own.actor.name == "4321")
  }

  @Test func `a member of the group has the group's role, by the user database`() throws {
    let daemon = try #require(UserDatabase.group("daemon"))
    let user = try #require((1...100).map(UInt32.init).first { UserDatabase.user($0)?.group == daemon })
    let policy = LocalPeerPolicy(ownUID: 4_321, grant: .init(group: daemon, role: .viewer))
    #expect(try policy.caller(for: peer(user)).role == .viewer)
    // The gid that the peer comes with proves nothing about a user whom the database does not know.
    let stranger = PeerCredentials(uid: 4_000_000, gid: daemon, pid: 1)
    #expect(throws: EngineError.self) { try policy.caller(for: stranger) }
  }

  @Test func `anybody else is refused`() throws {
    let error = #expect(throws: EngineError.self) {
      try LocalPeerPolicy(ownUID: 4_321).caller(for: peer(65_534))
    }
    #expect(error?.code == .permissionDenied)
  }

  @Test func `groups are those of the user database`() throws {
    let root = try #require(UserDatabase.user(0))
    #expect(UserDatabase.groups(of: root).contains(0))
    #expect(UserDatabase.group("no-such-group-here") == nil)
    #expect(UserDatabase.user(3_999_999_999) == nil)
  }
}
