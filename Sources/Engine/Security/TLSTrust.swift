internal import NIOSSL

/// Which certificates are trusted.
enum TLSTrust {
  /// A client's configuration that trusts the CA in a file, and nobody else.
  ///
  /// `key` says where the file is named, for the error: `failedPrecondition`.
  static func configuration(ca path: String, key: String) throws(EngineError) -> TLSConfiguration {
    do {
      var configuration = TLSConfiguration.makeClientConfiguration()
      configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(path))
      return configuration
    } catch {
      throw EngineError(
        .failedPrecondition, "the CA certificate \(path) cannot be read", cause: "\(error)",
        hint: "it is \(key), in PEM")
    }
  }
}
