internal import Crypto
public import Foundation
internal import SwiftASN1
internal import X509

/// A private certificate authority of one node: it signs the certificate of that node's agent, and nothing else.
///
/// Certificates are X.509 v3 (RFC 5280) with P-256 keys, which every TLS library of an operator reads.
public struct CertificateAuthority: Sendable {
  /// A certificate with its private key.
  public struct Pair: Sendable {
    /// The certificate in PEM; a server's is followed by its issuer's, so that a client can be shown it.
    public let certificate: String
    /// The private key in PEM.
    public let key: String

    /// Creates a pair of texts; whether they belong together is not looked at.
    public init(certificate: String, key: String) {
      self.certificate = certificate
      self.key = key
    }
  }

  /// The authority's own certificate and key.
  public let pair: Pair
  private let certificate: Certificate
  private let key: Certificate.PrivateKey

  /// How long an authority made here is valid.
  static let validity: TimeInterval = 10 * 365 * 86_400
  /// How long a server's certificate made here is valid.
  public static let serverValidity: TimeInterval = 825 * 86_400
  /// Clocks that are a little behind accept it as well.
  private static let leeway: TimeInterval = 3600

  /// Makes a new authority for the node `node`.
  public init(node: String, now: Date = Date()) throws(EngineError) {
    do {
      let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
      let name = try DistinguishedName {
        CommonName("mcp CA of \(node)")
        OrganizationName("mcp")
      }
      let identifier = Self.identifier(key.publicKey)
      let certificate = try Certificate(
        version: .v3, serialNumber: .init(), publicKey: key.publicKey, notValidBefore: now - Self.leeway,
        notValidAfter: now + Self.validity, issuer: name, subject: name,
        extensions: Certificate.Extensions {
          Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
          Critical(KeyUsage(keyCertSign: true, cRLSign: true))
          SubjectKeyIdentifier(keyIdentifier: identifier)
        }, issuerPrivateKey: key)
      self.key = key
      self.certificate = certificate
      pair = Pair(
        certificate: try certificate.serializeAsPEM().pemString + "\n",
        key: try key.serializeAsPEM().pemString + "\n")
    } catch {
      throw Self.failure("make a certificate authority", error)
    }
  }

  /// Takes over an authority that was made before.
  ///
  /// Throws `invalidArgument` where the texts are no certificate and key.
  public init(_ pair: Pair) throws(EngineError) {
    do {
      certificate = try Certificate(pemEncoded: pair.certificate)
      key = try Certificate.PrivateKey(pemEncoded: pair.key)
      self.pair = pair
    } catch {
      throw Self.failure("read the certificate authority", error)
    }
    guard key.publicKey == certificate.publicKey else {
      throw EngineError(.invalidArgument, "the authority's key does not belong to its certificate")
    }
  }

  /// Makes the certificate of a server that is reached under `names`, which are host names and IP addresses.
  ///
  /// Throws `invalidArgument` for what is neither.
  public func server(
    names: [String], now: Date = Date(), validity: TimeInterval = serverValidity
  ) throws(EngineError) -> Pair {
    guard let first = names.first else {
      throw EngineError(.invalidArgument, "a server's certificate needs at least one name or address")
    }
    var alternatives: [GeneralName] = []
    for name in names {
      if let bytes = NetworkText.addressBytes(name) {
        alternatives.append(.ipAddress(ASN1OctetString(contentBytes: bytes[...])))
      } else if NetworkText.problem(hostName: name) == nil {
        alternatives.append(.dnsName(name))
      } else {
        throw EngineError(
          .invalidArgument, "\(Text.quoted(name)) is no host name and no IP address",
          hint: "give the names and addresses under which operators reach this node")
      }
    }
    do {
      let serverKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
      let certificate = try Certificate(
        version: .v3, serialNumber: .init(), publicKey: serverKey.publicKey,
        notValidBefore: min(now, now + validity) - Self.leeway, notValidAfter: now + validity,
        issuer: certificate.subject,
        subject: try DistinguishedName { CommonName(String(first.prefix(64))) },
        extensions: Certificate.Extensions {
          Critical(BasicConstraints.notCertificateAuthority)
          Critical(KeyUsage(digitalSignature: true))
          try ExtendedKeyUsage([.serverAuth])
          SubjectAlternativeNames(alternatives)
          SubjectKeyIdentifier(keyIdentifier: Self.identifier(serverKey.publicKey))
          AuthorityKeyIdentifier(keyIdentifier: Self.identifier(key.publicKey))
        }, issuerPrivateKey: key)
      return Pair(
        certificate: try certificate.serializeAsPEM().pemString + "\n" + pair.certificate,
        key: try serverKey.serializeAsPEM().pemString + "\n")
    } catch {
      throw Self.failure("make a server's certificate", error)
    }
  }

  /// RFC 5280, 4.2.1.2, method 1 uses SHA-1; any unique value does, so this is the start of a SHA-256.
  private static func identifier(_ key: Certificate.PublicKey) -> ArraySlice<UInt8> {
    Array(SHA256.hash(data: key.subjectPublicKeyInfoBytes).prefix(20))[...]
  }

  private static func failure(_ doing: String, _ error: any Error) -> EngineError {
    EngineError(.invalidArgument, "cannot \(doing)", cause: String(describing: error))
  }
}
