internal import AsyncHTTPClient
public import Foundation
internal import NIOCore
internal import NIOHTTP1

/// MCIAS, the identity service: logs operators in and says what their tokens are worth.
///
/// Spoken to over TLS alone, verified against the CA that is configured, or the system's.
public struct IdentityService: Sendable {
  /// Where it is and how it is asked.
  public struct Settings: Hashable, Sendable {
    /// Its URL, without a path.
    public var serverURL: String
    /// The name by which it knows who asks.
    public var serviceName: String
    /// The CA that signed its certificate, in PEM; `nil` for the system's.
    public var caCertificate: String?
    /// Where operators log in.
    public var loginPath = "/v1/auth/login"
    /// Where tokens are renewed.
    public var renewPath = "/v1/auth/renew"
    /// Where tokens are given back.
    public var logoutPath = "/v1/auth/logout"
    /// Where tokens are validated.
    public var validatePath = "/v1/token/validate"

    /// Creates settings with the usual paths.
    public init(serverURL: String, serviceName: String, caCertificate: String? = nil) {
      self.serverURL = serverURL
      self.serviceName = serviceName
      self.caCertificate = caCertificate
    }
  }

  /// What an operator logs in with.
  public struct Credentials: Sendable {
    /// The user's name.
    public var username: String
    /// The password.
    public var password: String
    /// The code of the second factor; empty where there is none.
    public var code: String

    /// Creates credentials.
    public init(username: String, password: String, code: String = "") {
      self.username = username
      self.password = password
      self.code = code
    }
  }

  /// A token and its end.
  public struct Grant: Sendable, Hashable {
    /// The token.
    public var token: String
    /// When it ends.
    public var expiresAt: Date
  }

  /// What a token is worth.
  public struct Validation: Sendable, Hashable {
    /// Whether it is worth anything.
    public var isValid: Bool
    /// Whose it is.
    public var subject: String
    /// What its holder may do, in the words of the service.
    public var roles: [String]
    /// When it ends, where the service says so.
    public var expiresAt: Date?

    /// Creates what a service says.
    public init(isValid: Bool, subject: String, roles: [String], expiresAt: Date? = nil) {
      self.isValid = isValid
      self.subject = subject
      self.roles = roles
      self.expiresAt = expiresAt
    }
  }

  private let settings: Settings

  /// Creates a client.
  public init(_ settings: Settings) { self.settings = settings }

  /// Logs an operator in.
  ///
  /// Throws `unauthenticated` for wrong credentials, `permissionDenied` where the service does not let this user use this
  /// program, `unavailable` where it cannot be reached.
  public func login(_ credentials: Credentials) async throws -> Grant {
    struct Request: Encodable {
      var username: String
      var password: String
      var code: String?
      var serviceName: String
      var tags: [String]

      enum CodingKeys: String, CodingKey {
        case username
        case password
        case code = "totp_code"
        case serviceName = "service_name"
        case tags
      }
    }
    let answer = try await post(
      settings.loginPath,
      Request(
        username: credentials.username, password: credentials.password,
        code: credentials.code.isEmpty ? nil : credentials.code, serviceName: settings.serviceName,
        tags: ["env:cli"]))
    switch answer.status {
    case 200..<300: return try grant(answer)
    case 401:
      throw EngineError(
        .unauthenticated, "user name, password or code is wrong", cause: answer.reason,
        hint: "try again; a code is valid for half a minute and only once")
    case 403:
      throw EngineError(
        .permissionDenied, "\(credentials.username) may not log in to \(settings.serviceName)",
        cause: answer.reason, hint: "the login policy of the identity service refuses it: ask who runs it")
    case 429:
      throw EngineError(
        .resourceExhausted, "there were too many attempts to log in", cause: answer.reason,
        hint: "wait a while")
    default: throw unexpected(answer, "logging in")
    }
  }

  /// Exchanges a token for one that is valid for longer.
  ///
  /// Throws `unauthenticated` where it is not valid any more.
  public func renew(_ token: String) async throws -> Grant {
    let answer = try await post(settings.renewPath, [String: String](), token: token)
    switch answer.status {
    case 200..<300: return try grant(answer)
    case 401, 403:
      throw EngineError(
        .unauthenticated, "the token cannot be renewed", cause: answer.reason, hint: "log in again: mcp login"
      )
    default: throw unexpected(answer, "renewing the token")
    }
  }

  /// Makes a token worthless; one that is so already is no error.
  public func logout(_ token: String) async throws {
    let answer = try await post(settings.logoutPath, [String: String](), token: token)
    guard (200..<300).contains(answer.status) || answer.status == 401 else {
      throw unexpected(answer, "logging out")
    }
  }

  /// Asks what a token is worth.
  ///
  /// Throws `unavailable` where the service cannot be reached or does not say.
  public func validate(_ token: String) async throws -> Validation {
    struct Answer: Decodable {
      var valid: Bool
      var subject: String?
      var username: String?
      var roles: [String]?
      var expiresAt: Instant?

      enum CodingKeys: String, CodingKey {
        case valid
        case subject
        case username
        case roles
        case expiresAt = "expires_at"
      }
    }
    let answer = try await post(settings.validatePath, ["token": token])
    guard (200..<300).contains(answer.status), let words = try? answer.decode(Answer.self) else {
      throw unexpected(answer, "validating a token")
    }
    return Validation(
      isValid: words.valid, subject: words.username ?? words.subject ?? "", roles: words.roles ?? [],
      expiresAt: words.expiresAt?.date)
  }

  // MARK: - HTTP

  /// A time, as RFC 3339 or in seconds since 1970.
  private struct Instant: Decodable {
    let date: Date

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let seconds = try? container.decode(Double.self) {
        date = Date(timeIntervalSince1970: seconds)
        return
      }
      let text = try container.decode(String.self)
      let styles = [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)]
      guard let date = styles.lazy.compactMap({ try? $0.parse(text) }).first else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "no time")
      }
      self.date = date
    }
  }

  private struct Answer {
    var status: Int
    var body: Data

    /// The service's own words, where it has some.
    var reason: String? {
      struct Words: Decodable {
        var error: String?
        var message: String?
      }
      let words = try? JSONDecoder().decode(Words.self, from: body)
      return (words?.error ?? words?.message).map { String($0.prefix(200)) }
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      try JSONDecoder().decode(type, from: body)
    }
  }

  private func grant(_ answer: Answer) throws -> Grant {
    struct Words: Decodable {
      var token: String
      var expiresAt: Instant

      enum CodingKeys: String, CodingKey {
        case token
        case expiresAt = "expires_at"
      }
    }
    guard let words = try? answer.decode(Words.self) else { throw unexpected(answer, "reading the token") }
    return Grant(
      token: try BearerToken.clean(words.token, source: "the answer of the identity service"),
      expiresAt: words.expiresAt.date)
  }

  private func unexpected(_ answer: Answer, _ doing: String) -> EngineError {
    EngineError(
      .unavailable,
      "\(doing): the identity service at \(settings.serverURL) answers with status \(answer.status)",
      cause: answer.reason, hint: "is [mcias] server_url right? are the paths?")
  }

  private func post(_ path: String, _ body: some Encodable, token: String? = nil) async throws -> Answer {
    let client = try makeClient()
    do {
      let answer = try await send(client, path, try JSONEncoder().encode(body), token)
      try? await client.shutdown()
      return answer
    } catch {
      try? await client.shutdown()
      throw error
    }
  }

  private func makeClient() throws(EngineError) -> HTTPClient {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.timeout.connect = .seconds(5)
    if let path = settings.caCertificate {
      configuration.tlsConfiguration = try TLSTrust.configuration(ca: path, key: "`ca_cert` of [mcias]")
    }
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  private func send(
    _ client: HTTPClient, _ path: String, _ body: Data, _ token: String?
  ) async throws -> Answer {
    let base = settings.serverURL.hasSuffix("/") ? String(settings.serverURL.dropLast()) : settings.serverURL
    var request = HTTPClientRequest(url: base + path)
    request.method = .POST
    request.headers.add(name: "content-type", value: "application/json")
    if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
    request.body = .bytes(ByteBuffer(bytes: body))
    do {
      let response = try await client.execute(request, timeout: .seconds(10))
      let body = try await response.body.collect(upTo: 1 << 20)
      return Answer(status: Int(response.status.code), body: Data(body.readableBytesView))
    } catch is CancellationError {
      throw EngineError(.cancelled, "asking the identity service was cancelled")
    } catch {
      // What was sent is in no error: neither passwords nor tokens.
      throw EngineError(
        .unavailable, "the identity service at \(settings.serverURL) cannot be reached", cause: "\(error)",
        hint: "is [mcias] server_url right, and ca_cert that of its CA?")
    }
  }
}
