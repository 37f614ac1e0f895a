import Engine
import Foundation

/// The certificates of a node: its own CA, and what the agent shows to operators.
struct NodeCertificates {
  /// The directory they are in, which only the agent's user may read.
  let directory: String
  /// The node's name.
  let node: String

  var authority: String { "\(directory)/ca.pem" }
  var authorityKey: String { "\(directory)/ca.key" }
  var certificate: String { "\(directory)/server.pem" }
  var key: String { "\(directory)/server.key" }

  /// Makes what is missing, and a new server's certificate in any case; an agent that runs takes it over.
  ///
  /// Returns the CA's fingerprint. Throws `invalidArgument` for names that are none.
  func make(names: [String]) throws -> String {
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let ca = try loadOrMakeAuthority()
    let server = try ca.server(names: names)
    // The key first: an agent that looks in between finds a pair that does not fit, and keeps the one before.
    try replace(key, with: server.key, mode: 0o600)
    try replace(certificate, with: server.certificate, mode: 0o644)
    return try CertificateText.read(ca.pair.certificate, source: authority)[0].fingerprint
  }

  /// The names of the certificate that is there.
  func names() throws -> [String] {
    guard let text = try? String(contentsOfFile: certificate, encoding: .utf8) else { return [] }
    return try CertificateText.read(text, source: certificate).first?.names ?? []
  }

  private func loadOrMakeAuthority() throws -> CertificateAuthority {
    guard FileManager.default.fileExists(atPath: authority) else {
      let ca = try CertificateAuthority(node: node)
      try replace(authorityKey, with: ca.pair.key, mode: 0o600)
      try replace(authority, with: ca.pair.certificate, mode: 0o644)
      return ca
    }
    do {
      return try CertificateAuthority(
        CertificateAuthority.Pair(
          certificate: String(contentsOfFile: authority, encoding: .utf8),
          key: String(contentsOfFile: authorityKey, encoding: .utf8)))
    } catch {
      throw EngineError(
        .failedPrecondition, "the node's CA in \(directory) cannot be used", cause: "\(error)",
        hint:
          "run this as the agent's user; or move \(directory) away for a new CA, which operators have to store again"
      )
    }
  }

  private func replace(_ path: String, with text: String, mode: Int) throws {
    let temporary = "\(path).new"
    unlink(temporary)
    guard
      FileManager.default.createFile(
        atPath: temporary, contents: Data(text.utf8), attributes: [.posixPermissions: mode]),
      rename(temporary, path) == 0
    else {
      throw EngineError(
        .permissionDenied, "\(path) cannot be written", cause: String(cString: strerror(errno)),
        hint: "run this as the agent's user")
    }
  }

  /// The names under which a node is reached that listens on `listen`, where nobody gave any.
  static func usualNames(listen: AgentAddress?) -> [String] {
    var buffer = [CChar](repeating: 0, count: 256)
    var names: [String] = []
    if gethostname(&buffer, buffer.count - 1) == 0 {
      let name = String(
        decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      if !name.isEmpty { names.append(name) }
    }
    if case .tcp(let host, _) = listen, host != "0.0.0.0", host != "::", !names.contains(host) {
      names.append(host)
    }
    return names
  }

  /// Asks for names on a terminal; elsewhere the usual ones count.
  static func ask(listen: AgentAddress?) -> [String] {
    let usual = usualNames(listen: listen)
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return usual }
    print(
      "names and addresses under which operators reach this node [\(usual.joined(separator: " "))]: ",
      terminator: "")
    fflush(nil)
    let words = (readLine() ?? "").split { $0 == " " || $0 == "," }.map(String.init)
    return words.isEmpty ? usual : words
  }
}
