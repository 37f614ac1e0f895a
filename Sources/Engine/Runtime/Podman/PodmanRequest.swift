internal import Foundation

/// One call of podman's API.
struct PodmanRequest: Sendable {
  enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case delete = "DELETE"
  }

  /// Which of podman's two interfaces is meant.
  enum Interface: String, Sendable {
    /// Podman's own.
    case libpod = "/v4.0.0/libpod"
    /// Docker's, which alone tells the bytes of a pull.
    case docker = "/v1.40"
  }

  var method: Method
  var interface = Interface.libpod
  /// Headers beside those that every request has.
  var headers: [(name: String, value: String)] = []
  /// The path below the API's version, with its variable parts encoded by ``segment(_:)``.
  var path: String
  var query: [(name: String, value: String)]
  var body: Data?
  /// The deadline for the whole answer; of a stream, for its beginning.
  var limit: Duration
  /// What is being done and to what, as it stands in an error after "cannot".
  var purpose: String
  /// Whether sending it twice does the same as sending it once.
  var isRepeatable: Bool

  init(
    _ method: Method, _ path: String, query: [(name: String, value: String)] = [], body: Data? = nil,
    limit: Duration, purpose: String, isRepeatable: Bool? = nil
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.body = body
    self.limit = limit
    self.purpose = purpose
    self.isRepeatable = isRepeatable ?? (method != .post)
  }

  /// Path and query as they go into the request line.
  var target: String {
    var text = interface.rawValue + path
    for (index, item) in query.enumerated() {
      text += (index == 0 ? "?" : "&") + item.name + "=" + Self.segment(item.value)
    }
    return text
  }

  /// Encodes a text so that it stands for itself inside a path or query.
  static func segment(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }

  /// Encodes an image reference, whose slashes the API wants as they are.
  static func imagePath(_ reference: String) -> String {
    reference.split(separator: "/", omittingEmptySubsequences: false).map { segment(String($0)) }
      .joined(separator: "/")
  }

  /// Encodes a `filters` parameter.
  static func filters(_ filters: [String: [String]]) -> (name: String, value: String) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = (try? encoder.encode(filters)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    return ("filters", json)
  }

  private static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

/// An answer that has arrived completely.
struct PodmanResponse: Sendable {
  var status: Int
  var body: Data
  /// The version that the answering service says it has.
  var version: String?

  var isSuccess: Bool { (200..<300).contains(status) }
  var failure: PodmanFailure { PodmanFailure(status: status, body: body) }

  /// Decodes the body as JSON.
  func decode<Value: Decodable>(_ type: Value.Type, for request: PodmanRequest) throws -> Value {
    do {
      return try JSONDecoder().decode(type, from: body)
    } catch {
      throw EngineError(
        .operationFailed, "cannot \(request.purpose): podman's answer is not understood",
        cause: String(describing: error))
    }
  }
}
