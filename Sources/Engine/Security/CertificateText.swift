internal import Crypto
public import Foundation
internal import SwiftASN1
internal import X509

/// Certificates as people see them.
public enum CertificateText {
  /// What there is to know of a certificate.
  public struct Facts: Hashable, Sendable {
    /// Whose it is.
    public let subject: String
    /// Who signed it.
    public let issuer: String
    /// The first moment in which it is valid.
    public let notBefore: Date
    /// The last one.
    public let notAfter: Date
    /// The SHA-256 of its DER form, as `openssl x509 -fingerprint -sha256` shows it.
    public let fingerprint: String
    /// Whether it signed itself.
    public let isSelfSigned: Bool
    /// The host names and addresses that it is for.
    public let names: [String]
  }

  /// Reads every certificate of a text in PEM, in its order.
  ///
  /// Throws `invalidArgument` where there is none, or one that is damaged; `source` says where the text comes from.
  public static func read(_ pem: String, source: String) throws(EngineError) -> [Facts] {
    do {
      let documents = try PEMDocument.parseMultiple(pemString: pem).filter {
        $0.discriminator == Certificate.defaultPEMDiscriminator
      }
      guard !documents.isEmpty else {
        throw EngineError(.invalidArgument, "\(source) contains no certificate in PEM")
      }
      return try documents.map { try facts(of: Array($0.derBytes)) }
    } catch {
      if let error = error as? EngineError { throw error }
      throw EngineError(
        .invalidArgument, "\(source) is no certificate in PEM", cause: String(describing: error))
    }
  }

  static func facts(of der: [UInt8]) throws -> Facts {
    let certificate = try Certificate(derEncoded: der)
    return Facts(
      subject: "\(certificate.subject)", issuer: "\(certificate.issuer)",
      notBefore: certificate.notValidBefore, notAfter: certificate.notValidAfter,
      fingerprint: fingerprint(of: der), isSelfSigned: certificate.issuer == certificate.subject,
      names: names(of: certificate))
  }

  /// The host names and IP addresses that a certificate is for.
  static func names(of certificate: Certificate) -> [String] {
    (try? certificate.extensions.subjectAlternativeNames)?.compactMap { name in
      switch name {
      case .dnsName(let name): name
      case .ipAddress(let bytes): NetworkText.address(Array(bytes.bytes))
      default: nil
      }
    } ?? []
  }

  /// The SHA-256 of a certificate's DER form in pairs of digits with colons.
  static func fingerprint(of der: [UInt8]) -> String {
    SHA256.hash(data: der).map { [$0].hexadecimal.uppercased() }.joined(separator: ":")
  }

  /// The PEM form of a certificate.
  static func pem(_ der: [UInt8]) -> String {
    PEMDocument(type: Certificate.defaultPEMDiscriminator, derBytes: der).pemString + "\n"
  }
}
