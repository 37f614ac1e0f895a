internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// Posts to one URL.
final class AlertPoster: Sendable {
  private let url: String
  private let settings: AlertSinkSettings
  private let client: HTTPClient

  /// Creates a poster; throws `failedPrecondition` where the CA cannot be read.
  init(_ settings: AlertSinkSettings) throws(EngineError) {
    url = settings.url ?? ""
    self.settings = settings
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.connectionPool.retryConnectionEstablishment = false
    if let path = settings.caCertificate {
      configuration.tlsConfiguration = try TLSTrust.configuration(
        ca: path, key: "`ca_cert` of [[alerts]] in the agent's configuration")
    }
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  deinit { client.shutdown { _ in } }

  /// Posts a body within 25 seconds; throws `unavailable` unless the answer is a success.
  func post(_ body: [UInt8], headers: [(String, String)]) async throws {
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    if let password = try settings.password() {
      let credentials = settings.username.map {
        "Basic " + Data("\($0):\(password)".utf8).base64EncodedString()
      }
      request.headers.add(name: "Authorization", value: credentials ?? "Bearer \(password)")
    }
    request.body = .bytes(ByteBuffer(bytes: body))
    let status: Int
    do {
      let response = try await client.execute(request, timeout: .seconds(25))
      status = Int(response.status.code)
      _ = try? await response.body.collect(upTo: 1 << 20)
    } catch {
      throw EngineError(.unavailable, "\(Self.plain(url)) cannot be reached", cause: "\(error)")
    }
    guard (200..<300).contains(status) else {
      throw EngineError(.unavailable, "\(Self.plain(url)) answers with the status \(status)")
    }
  }

  /// A URL without the secrets that it may carry.
  private static func plain(_ url: String) -> String {
    guard var parts = URLComponents(string: url) else { return "the URL" }
    (parts.user, parts.password, parts.query, parts.fragment) = (nil, nil, nil, nil)
    parts.path = ""
    return parts.string ?? "the URL"
  }
}
