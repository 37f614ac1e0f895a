internal import Engine
internal import Foundation
internal import Logging
internal import NIOSSL
internal import Synchronization

/// The certificate that the agent shows, read again when its files change.
///
/// Connections keep the one that they were made with; a change that cannot be used is told and leaves everything as it
/// was, so that a renewal that is half written harms nobody.
final class ServerCertificate: Sendable {
  /// A file as it was last seen.
  private struct Sight: Equatable {
    let identity: FileFacts.Identity
    let size: Int64
    let modified: Int64
  }

  private struct State {
    var context: NIOSSLContext
    var seen: [Sight?]
    var failed: [Sight?]?
  }

  private let certificatePath: String
  private let keyPath: String
  private let logger: Logger
  private let state: Mutex<State>

  /// Reads certificate and key.
  ///
  /// Throws `notFound`, `permissionDenied`, and `invalidArgument` where they are none, do not belong together, or where
  /// everybody on the machine may read the key.
  init(certificatePath: String, keyPath: String, logger: Logger) throws(EngineError) {
    self.certificatePath = certificatePath
    self.keyPath = keyPath
    self.logger = logger
    let seen = Self.look(certificatePath, keyPath)
    state = Mutex(State(context: try Self.read(certificatePath, keyPath), seen: seen))
  }

  /// What a new connection is secured with.
  var context: NIOSSLContext {
    let now = Self.look(certificatePath, keyPath)
    return state.withLock { state in
      guard now != state.seen, now != state.failed else { return state.context }
      do throws(EngineError) {
        state.context = try Self.read(certificatePath, keyPath)
        state.seen = now
        state.failed = nil
        logger.notice("the certificate was read again", metadata: ["path": "\(certificatePath)"])
      } catch {
        state.failed = now
        logger.error(
          "the certificate changed and cannot be used: the one before stays", metadata: ["error": "\(error)"])
      }
      return state.context
    }
  }

  /// Reads and tries a certificate with its key, without using them.
  static func check(certificatePath: String, keyPath: String) throws(EngineError) {
    _ = try read(certificatePath, keyPath)
  }

  private static func look(_ paths: String...) -> [Sight?] {
    paths.map { path in
      FileFacts(path: path).map { Sight(identity: $0.identity, size: $0.size, modified: $0.modified) }
    }
  }

  private static func read(_ certificatePath: String, _ keyPath: String) throws(EngineError) -> NIOSSLContext
  {
    let chain = try text(certificatePath, "tls_cert")
    let key = try text(keyPath, "tls_key")
    _ = try CertificateText.read(chain, source: certificatePath)
    if let facts = FileFacts(path: keyPath), facts.permissions & 0o007 != 0 {
      throw EngineError(
        .invalidArgument, "everybody on this machine may use the key \(keyPath)", hint: "chmod 600 \(keyPath)"
      )
    }
    do {
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(chain.utf8)).map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)))
      configuration.minimumTLSVersion = .tlsv13
      configuration.applicationProtocols = ["h2"]
      return try NIOSSLContext(configuration: configuration)
    } catch {
      throw EngineError(
        .invalidArgument, "the certificate \(certificatePath) cannot be used with the key \(keyPath)",
        cause: String(describing: error),
        hint: "both are in PEM, and the key is that of the first certificate of the file")
    }
  }

  private static func text(_ path: String, _ key: String) throws(EngineError) -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      let missing = (error as? CocoaError)?.code == .fileReadNoSuchFile
      throw EngineError(
        missing ? .notFound : .permissionDenied, "the file \(path) of [server] \(key) cannot be read",
        cause: missing ? "it does not exist" : error.localizedDescription,
        hint: missing
          ? "`mcp-agent init --listen` makes a CA and a certificate"
          : "the agent's user must be able to read it")
    }
  }
}
