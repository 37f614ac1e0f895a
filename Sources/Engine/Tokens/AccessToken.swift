internal import Crypto
internal import Foundation

/// A JSON Web Token (RFC 7519) signed with Ed25519 (RFC 8037).
///
/// Only this one kind is written and read: a header that says anything else than `EdDSA` is refused before the signature
/// is looked at, and no key is ever taken from a token.
struct AccessToken: Hashable, Sendable, Codable {
  /// Who issued it: `mcp-agent:` and the node's name.
  var issuer: String
  /// Whom it is for.
  var subject: String
  /// What it allows.
  var role: Role
  /// Its number.
  var id: String
  /// When it was issued, in seconds since 1970.
  var issuedAt: Int64
  /// When it ends, in seconds since 1970.
  var expiresAt: Int64

  enum CodingKeys: String, CodingKey {
    case issuer = "iss"
    case subject = "sub"
    case role
    case id = "jti"
    case issuedAt = "iat"
    case expiresAt = "exp"
  }

  private struct Header: Codable {
    var alg: String
    var typ: String?
    var crit: [String]?
  }

  private struct Issuer: Decodable {
    var iss: String?
  }

  private struct Expiry: Decodable {
    var exp: Double?
    var iat: Double?
  }

  /// Why a text is no valid token.
  struct Refusal: Error, Hashable {
    let reason: String
  }

  /// The text of the token.
  func signed(with key: Curve25519.Signing.PrivateKey) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let head = Base64URL.encode(try encoder.encode(Header(alg: "EdDSA", typ: "JWT")))
    let body = Base64URL.encode(try encoder.encode(self))
    let signature = try key.signature(for: Data("\(head).\(body)".utf8))
    return "\(head).\(body).\(Base64URL.encode(signature))"
  }

  /// Reads and verifies a token; the time and the issuer are the caller's to check.
  init(_ text: String, verifying key: Curve25519.Signing.PublicKey) throws(Refusal) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard text.utf8.count <= BearerToken.maximumBytes, parts.count == 3,
      let head = Base64URL.decode(parts[0]), let body = Base64URL.decode(parts[1]),
      let signature = Base64URL.decode(parts[2])
    else { throw Refusal(reason: "it is not a JSON web token") }
    guard let header = try? JSONDecoder().decode(Header.self, from: head), header.alg == "EdDSA",
      header.crit == nil, header.typ == nil || header.typ == "JWT"
    else { throw Refusal(reason: "it is not signed in the way that this node signs") }
    guard key.isValidSignature(signature, for: Data("\(parts[0]).\(parts[1])".utf8)) else {
      throw Refusal(reason: "its signature is not this node's")
    }
    guard let token = try? JSONDecoder().decode(AccessToken.self, from: body) else {
      throw Refusal(reason: "it does not say what is needed")
    }
    self = token
  }

  /// Who issued a token, as it says itself; `nil` where it cannot be read.
  static func claimedIssuer(_ text: String) -> String? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let body = Base64URL.decode(parts[1]) else { return nil }
    return (try? JSONDecoder().decode(Issuer.self, from: body))?.iss
  }

  /// When a token was issued and ends, as it says itself; `nil` where it cannot be read.
  static func claimedTimes(_ text: String) -> (issued: Date?, expires: Date)? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let body = Base64URL.decode(parts[1]),
      let times = try? JSONDecoder().decode(Expiry.self, from: body), let expires = times.exp
    else { return nil }
    return (times.iat.map(Date.init(timeIntervalSince1970:)), Date(timeIntervalSince1970: expires))
  }
}

/// Base64 as tokens use it, RFC 4648, 5, without padding.
enum Base64URL {
  static func encode(_ data: some DataProtocol) -> String {
    Data(data).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// `nil` for a text that is not exactly what ``encode(_:)`` makes of its bytes.
  static func decode(_ text: some StringProtocol) -> Data? {
    var padded = String(text).replacing("-", with: "+").replacing("_", with: "/")
    padded += String(repeating: "=", count: (4 - padded.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: padded), encode(data) == text else { return nil }
    return data
  }
}
