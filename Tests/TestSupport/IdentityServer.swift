internal import Crypto
internal import Engine
public import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// A stand-in for MCIAS: its contract, over TLS under a CA of its own, with tokens that it signs with Ed25519.
public final class IdentityServer: Sendable {
  /// Somebody who may log in.
  public struct User: Sendable {
    /// The password.
    public var password: String
    /// The code of the second factor that is valid, once; `nil` for users without one.
    public var code: String?
    /// What the user may do.
    public var roles: [String]
    /// Services that the login policy refuses.
    public var refusedServices: Set<String>

    /// Creates a user.
    public init(
      password: String, code: String? = nil, roles: [String], refusedServices: Set<String> = []
    ) {
      self.password = password
      self.code = code
      self.roles = roles
      self.refusedServices = refusedServices
    }
  }

  private struct State {
    var users: [String: User]
    var tokens: [String: (user: String, expires: Date)] = [:]
    var requests: [String: Int] = [:]
    var bodies: [String] = []
  }

  /// How long its tokens are valid.
  public let lifetime: TimeInterval
  /// Where it is.
  public let url: String
  /// Its CA's certificate.
  public let authorityPath: String
  private let key = Curve25519.Signing.PrivateKey()
  private let state: Mutex<State>
  private let channel: Mutex<(any Channel)?>

  private init(
    _ users: [String: User], lifetime: TimeInterval, in directory: TemporaryDirectory
  ) async throws {
    self.lifetime = lifetime
    state = Mutex(State(users: users))
    let authority = try CertificateAuthority(node: "mcias")
    authorityPath = directory.file("mcias-ca.pem")
    try authority.pair.certificate.write(toFile: authorityPath, atomically: true, encoding: .utf8)
    let pair = try authority.server(names: ["127.0.0.1"])
    let configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(pair.certificate.utf8)).map {
        .certificate($0)
      }, privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(pair.key.utf8), format: .pem)))
    let context = try NIOSSLContext(configuration: configuration)
    let answer = Mutex<(@Sendable (String, [String: String], Data) -> (Int, [String: Any]))?>(nil)
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(
            IdentityHandler { path, headers, body in
              answer.withLock { $0 }?(path, headers, body) ?? (503, [:])
            })
        }
      }.bind(host: "127.0.0.1", port: 0).get()
    self.channel = Mutex(channel)
    url = "https://127.0.0.1:\(channel.localAddress?.port ?? 0)"
    answer.withLock { $0 = { [weak self] in self?.answer($0, $1, $2) ?? (503, [:]) } }
  }

  /// Serves while `body` runs.
  public static func with(
    _ users: [String: User], lifetime: TimeInterval = 3600,
    _ body: @Sendable (IdentityServer) async throws -> Void
  ) async throws {
    try await TemporaryDirectory.with { directory in
      let server = try await IdentityServer(users, lifetime: lifetime, in: directory)
      do {
        try await body(server)
        await server.stop()
      } catch {
        await server.stop()
        throw error
      }
    }
  }

  /// Ends it; it cannot be reached any more.
  public func stop() async {
    let channel = channel.withLock { channel in
      defer { channel = nil }
      return channel
    }
    try? await channel?.close().get()
  }

  /// How often a path was asked.
  public func count(_ path: String) -> Int { state.withLock { $0.requests[path, default: 0] } }

  /// Makes every token of a user worthless.
  public func revokeAll(of user: String) {
    state.withLock { state in state.tokens = state.tokens.filter { $0.value.user != user } }
  }

  // MARK: - The contract

  private func answer(_ path: String, _ headers: [String: String], _ body: Data) -> (Int, [String: Any]) {
    let words = (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
    state.withLock { $0.requests[path, default: 0] += 1 }
    let bearer = headers["authorization"].map { String($0.dropFirst("Bearer ".count)) }
    switch path {
    case "/v1/auth/login": return login(words)
    case "/v1/auth/renew":
      guard let bearer, let user = valid(bearer) else { return (401, ["error": "unauthorized"]) }
      state.withLock { $0.tokens[bearer] = nil }
      return (200, grant(user))
    case "/v1/auth/logout":
      guard let bearer, valid(bearer) != nil else { return (401, ["error": "unauthorized"]) }
      state.withLock { $0.tokens[bearer] = nil }
      return (204, [:])
    case "/v1/token/validate":
      guard let token = words["token"] as? String, let user = valid(token),
        let entry = state.withLock({ $0.tokens[token] })
      else { return (200, ["valid": false]) }
      let roles = state.withLock { $0.users[user]?.roles ?? [] }
      return (
        200,
        ["valid": true, "subject": user, "roles": roles, "expires_at": entry.expires.formatted(.iso8601)]
      )
    default: return (404, ["error": "not found"])
    }
  }

  private func login(_ words: [String: Any]) -> (Int, [String: Any]) {
    let name = words["username"] as? String ?? ""
    let outcome = state.withLock { state -> (Int, [String: Any])? in
      guard let user = state.users[name], words["password"] as? String == user.password else {
        return (401, ["error": "invalid credentials"])
      }
      if let code = user.code {
        guard words["totp_code"] as? String == code else { return (401, ["error": "invalid credentials"]) }
        state.users[name]?.code = "used"
      }
      if user.refusedServices.contains(words["service_name"] as? String ?? "") {
        return (403, ["error": "policy denies login"])
      }
      return nil
    }
    return outcome ?? (200, grant(name))
  }

  private func grant(_ user: String) -> [String: Any] {
    let now = Date()
    let expires = now.addingTimeInterval(lifetime)
    func part(_ object: [String: Any]) -> String {
      let data = (try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys)) ?? Data()
      return Self.encode(data)
    }
    let claims: [String: Any] = [
      "iss": "mcias", "sub": user, "iat": Int(now.timeIntervalSince1970),
      "exp": Int(expires.timeIntervalSince1970), "jti": UUID().uuidString,
    ]
    let signed = "\(part(["alg": "EdDSA", "typ": "JWT"])).\(part(claims))"
    let signature = (try? key.signature(for: Data(signed.utf8))) ?? Data()
    let token = "\(signed).\(Self.encode(signature))"
    state.withLock { $0.tokens[token] = (user, expires) }
    return ["token": token, "expires_at": expires.formatted(.iso8601)]
  }

  private func valid(_ token: String) -> String? {
    let parts = token.split(separator: ".")
    guard parts.count == 3, let signature = Self.decode(String(parts[2])),
      key.publicKey.isValidSignature(signature, for: Data("\(parts[0]).\(parts[1])".utf8))
    else { return nil }
    return state.withLock { state in
      guard let entry = state.tokens[token], entry.expires > Date() else { return nil }
      return entry.user
    }
  }

  private static func encode(_ data: Data) -> String {
    data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  private static func decode(_ text: String) -> Data? {
    let padded = text.replacing("-", with: "+").replacing("_", with: "/")
    return Data(base64Encoded: padded + String(repeating: "=", count: (4 - padded.count % 4) % 4))
  }
}

/// One HTTP connection.
private final class IdentityHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let answer: @Sendable (String, [String: String], Data) -> (Int, [String: Any])
  private var head: HTTPRequestHead?
  private var body = Data()

  init(_ answer: @escaping @Sendable (String, [String: String], Data) -> (Int, [String: Any])) {
    self.answer = answer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = Data()
    case .body(let buffer): body.append(contentsOf: buffer.readableBytesView)
    case .end:
      guard let head else { return }
      let headers = Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
      let (status, words) = answer(head.uri, headers, body)
      let text = (try? JSONSerialization.data(withJSONObject: words)) ?? Data()
      var fields = HTTPHeaders([("content-type", "application/json")])
      if status != 204 { fields.add(name: "content-length", value: "\(text.count)") }
      let response = HTTPResponseHead(
        version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: fields)
      context.write(wrapOutboundOut(.head(response)), promise: nil)
      if status != 204 {
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: text)))), promise: nil)
      }
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
  }
}
