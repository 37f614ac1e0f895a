internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// How scripts speak HTTP.
public protocol ScriptHTTP: Sendable {
  /// Sends a request and returns what came back, whatever its status.
  ///
  /// Throws `permissionDenied` for a host that scripts may not speak to, `unavailable`, `timeout`, and
  /// `invalidArgument` for what is no URL.
  func send(_ request: ScriptHTTPRequest) async throws -> ScriptHTTPResponse
}

/// A request of a script.
public struct ScriptHTTPRequest: Sendable {
  /// The method.
  public var method: String
  /// Where it goes: `http` or `https`.
  public var url: String
  /// Its headers.
  public var headers: [String: String] = [:]
  /// Its body.
  public var body: [UInt8] = []
  /// How long it may take.
  public var timeout: Duration
  /// Whether only the status is wanted, which is allowed for every host.
  public var isCheck = false
}

/// What came back.
public struct ScriptHTTPResponse: Sendable {
  /// The status.
  public var status: Int
  /// The headers, names in lower case; of those that come more than once the last.
  public var headers: [String: String]
  /// The body.
  public var body: [UInt8]

  /// Creates a response.
  public init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// HTTP over the network, to hosts that are allowed.
public struct NetworkHTTP: ScriptHTTP {
  /// The most bytes of a body.
  static let maximumBody = 4 << 20

  /// The hosts, each with a port or without; `nil` allows every one.
  private let allowed: Set<String>?

  /// It lives as long as the process.
  ///
  /// Redirects are not followed: they could lead to a host that is not allowed.
  private static let client: HTTPClient = {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.decompression = .disabled
    // A host that refuses is told at once; whoever wants to try again has mcp.retry.
    configuration.connectionPool.retryConnectionEstablishment = false
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }()

  /// Creates a client for these hosts; `nil` allows every one.
  public init(allowed: [String]?) { self.allowed = allowed.map { Set($0.map { $0.lowercased() }) } }

  /// Sends a request.
  public func send(_ request: ScriptHTTPRequest) async throws -> ScriptHTTPResponse {
    guard let url = URLComponents(string: request.url), let host = url.host?.lowercased(), !host.isEmpty,
      url.scheme == "http" || url.scheme == "https"
    else {
      throw EngineError(.invalidArgument, "\(Text.quoted(request.url)) is not an http or https URL")
    }
    let port = url.port ?? (url.scheme == "https" ? 443 : 80)
    if let allowed, !request.isCheck, !allowed.contains(host), !allowed.contains("\(host):\(port)") {
      throw EngineError(
        .permissionDenied, "scripts may not speak to \(host):\(port)",
        hint: "name it in `http_hosts` of [scripts] in the agent's configuration")
    }
    var message = HTTPClientRequest(url: request.url)
    message.method = HTTPMethod(rawValue: request.method)
    for (name, value) in request.headers { message.headers.add(name: name, value: value) }
    if !request.body.isEmpty { message.body = .bytes(ByteBuffer(bytes: request.body)) }
    let prepared = message
    do {
      return try await TimeLimit.run(request.timeout) {
        let response = try await Self.client.execute(prepared, deadline: .now() + TimeAmount(request.timeout))
        let body = request.isCheck ? ByteBuffer() : try await response.body.collect(upTo: Self.maximumBody)
        return ScriptHTTPResponse(
          status: Int(response.status.code),
          headers: Dictionary(
            response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 }),
          body: Array(body.readableBytesView))
      }
    } catch is TimeLimit.Exceeded {
      throw EngineError(
        .timeout, "\(host):\(port) did not answer within \(DurationText.format(request.timeout))")
    } catch is NIOTooManyBytesError {
      throw EngineError(
        .resourceExhausted, "\(request.url) answers with more than \(Self.maximumBody >> 20) MiB")
    } catch is CancellationError {
      throw EngineError(.cancelled, "the request to \(host):\(port) was cancelled")
    } catch let error as HTTPClientError where error == .deadlineExceeded || error == .connectTimeout {
      throw EngineError(
        .timeout, "\(host):\(port) did not answer within \(DurationText.format(request.timeout))")
    } catch {
      throw EngineError(.unavailable, "\(host):\(port) cannot be asked", cause: "\(error)")
    }
  }
}
