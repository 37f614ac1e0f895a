internal import Foundation

/// A CA of one's own and a certificate of it for `127.0.0.1` and `localhost`, made by `openssl`.
public enum TestCertificates {
  /// Writes `ca.crt`, `ca.key`, `server.crt` and `server.key` into a directory.
  public static func make(in directory: TemporaryDirectory) async throws {
    try "subjectAltName=IP:127.0.0.1,DNS:localhost\n".write(
      toFile: directory.file("names"), atomically: true, encoding: .utf8)
    func openssl(_ arguments: String...) async throws {
      let result = try await Command.run("/usr/bin/openssl", arguments)
      guard result.code == 0 else { throw CertificateFailure(description: "openssl: \(result.errors)") }
    }
    let key = ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    try await openssl(
      "req", "-x509", "-newkey", key[0], key[1], key[2], key[3], "-subj", "/CN=test CA", "-days", "2",
      "-keyout", directory.file("ca.key"), "-out", directory.file("ca.crt"))
    try await openssl(
      "req", "-newkey", key[0], key[1], key[2], key[3], "-subj", "/CN=server",
      "-keyout", directory.file("server.key"), "-out", directory.file("server.csr"))
    try await openssl(
      "x509", "-req", "-in", directory.file("server.csr"), "-CA", directory.file("ca.crt"),
      "-CAkey", directory.file("ca.key"), "-CAcreateserial", "-days", "2",
      "-extfile", directory.file("names"), "-out", directory.file("server.crt"))
  }
}

private struct CertificateFailure: Error, CustomStringConvertible {
  let description: String
}
