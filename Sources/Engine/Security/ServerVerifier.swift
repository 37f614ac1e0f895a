internal import Foundation
internal import NIOCore
internal import NIOSSL
internal import SwiftASN1
internal import Synchronization
internal import X509

/// Decides whether a server's certificate chain is to be trusted, and says plainly why not.
///
/// The rules are those of RFC 5280 (paths, dates, constraints) and RFC 9525 (names), against the certificates of one CA
/// file and nothing else. Beside them, a certificate that is for something else than servers is refused.
final class ServerVerifier: Sendable {
  /// Why a chain was not trusted.
  struct Refusal: Sendable, Hashable {
    let reason: String
    let hint: String
  }

  private let roots: [Certificate]
  private let host: String
  private let address: String
  private let refused = Mutex<Refusal?>(nil)

  /// Why the last chain was not trusted.
  var refusal: Refusal? { refused.withLock { $0 } }

  /// Creates a verifier for the server at `host`, a name or an IP address.
  ///
  /// Throws `invalidArgument` where `authorities` contains no certificate; `source` says where it comes from.
  init(
    authorities pem: String, source: String, host: String, address: String
  ) throws(EngineError) {
    _ = try CertificateText.read(pem, source: source)
    do {
      roots = try PEMDocument.parseMultiple(pemString: pem).filter {
        $0.discriminator == Certificate.defaultPEMDiscriminator
      }.map { try Certificate(pemDocument: $0) }
    } catch {
      throw EngineError(
        .invalidArgument, "\(source) is no certificate in PEM", cause: String(describing: error))
    }
    self.host = host
    self.address = address
  }

  /// Answers NIOSSL.
  func verify(
    _ chain: [NIOSSLCertificate], _ promise: EventLoopPromise<NIOSSLVerificationResult>
  ) {
    do {
      let certificates = try chain.map { try Certificate(derEncoded: $0.toDERBytes()) }
      promise.completeWithTask {
        guard let refusal = await self.problem(with: certificates) else { return .certificateVerified }
        self.refused.withLock { $0 = refusal }
        return .failed
      }
    } catch {
      refused.withLock {
        $0 = Refusal(
          reason: "its certificate cannot be read: \(error)", hint: "look at it with openssl s_client")
      }
      promise.succeed(.failed)
    }
  }

  /// Why a chain, in DER, is not trusted; `nil` where it is.
  func refusal(of chain: [[UInt8]]) async throws -> Refusal? {
    await problem(with: try chain.map { try Certificate(derEncoded: $0) })
  }

  private func problem(with chain: [Certificate]) async -> Refusal? {
    guard let leaf = chain.first else {
      return Refusal(reason: "it showed no certificate", hint: "something else listens there")
    }
    if let usage = try? leaf.extensions.extendedKeyUsage, !usage.contains(.serverAuth),
      !usage.contains(.any)
    {
      return Refusal(
        reason: "its certificate is not for servers", hint: "make one with the extended key usage serverAuth")
    }
    let isAddress = NetworkText.addressBytes(host) != nil
    var verifier = Verifier(rootCertificates: CertificateStore(roots)) {
      RFC5280Policy()
      ServerIdentityPolicy(
        serverHostname: isAddress ? nil : host, serverIP: isAddress ? host : nil)
    }
    switch await verifier.validate(leaf: leaf, intermediates: CertificateStore(chain.dropFirst())) {
    case .validCertificate: return nil
    case .couldNotValidate(let failures): return explain(leaf, chain, failures.map { "\($0)" })
    }
  }

  private func explain(_ leaf: Certificate, _ chain: [Certificate], _ failures: [String]) -> Refusal {
    let time = Date()
    let dates = Date.ISO8601FormatStyle()
    for certificate in [leaf] + roots {
      let whose =
        certificate == leaf ? "its certificate" : "the certificate of the CA \(certificate.subject)"
      if certificate.notValidAfter < time {
        return Refusal(
          reason: "\(whose) expired on \(certificate.notValidAfter.formatted(dates))",
          hint: certificate == leaf
            ? "renew it on the node: `mcp-agent certificate`; is this machine's clock right?"
            : "the node needs a new CA, and this machine its certificate")
      }
      if certificate.notValidBefore > time {
        return Refusal(
          reason: "\(whose) is not valid before \(certificate.notValidBefore.formatted(dates))",
          hint: "is this machine's clock right?")
      }
    }
    if !roots.contains(where: { $0.publicKey.isValidSignature(leaf.signature, for: leaf) || $0 == leaf }),
      !chain.dropFirst().contains(where: { link in
        roots.contains { $0.publicKey.isValidSignature(link.signature, for: link) }
      })
    {
      return Refusal(
        reason:
          "its certificate is signed by \(leaf.issuer), which is not the CA that this machine knows for it",
        hint: "if the node has a new CA, compare its fingerprint and store it: mcp node remove, mcp node add")
    }
    let names = CertificateText.names(of: leaf)
    if !names.contains(host) {
      let list = names.isEmpty ? "no name at all" : names.joined(separator: ", ")
      return Refusal(
        reason: "its certificate is not for \(host) but for \(list)",
        hint: "use one of these in the node's address, or make a certificate for \(host)")
    }
    return Refusal(
      reason: "its certificate is not trusted: " + failures.joined(separator: "; "),
      hint: "look at it: openssl s_client -connect \(address) -showcerts")
  }
}
