internal import Crypto
internal import Foundation

/// The key by which a node signs its tokens: a file that only the agent's user may read, and that never leaves the node.
struct TokenKey: Sendable {
  let privateKey: Curve25519.Signing.PrivateKey

  /// Reads the key at `path`, and makes it where there is none.
  ///
  /// Throws `permissionDenied` where others may read it, `dataLoss` where the file is no key.
  init(path: String) throws(EngineError) {
    if !FileManager.default.fileExists(atPath: path) {
      let key = Curve25519.Signing.PrivateKey()
      let text = Data(key.rawRepresentation).base64EncodedString() + "\n"
      let temporary = "\(path).\(UUID().uuidString)"
      try AtomicFile.create(Array(text.utf8), at: temporary, mode: 0o600)
      // The first one stays, whoever is quicker.
      let linked = link(temporary, path)
      let code = errno
      unlink(temporary)
      guard linked == 0 || code == EEXIST else {
        throw EngineError(
          .operationFailed, "the key for tokens \(path) cannot be written",
          cause: String(cString: strerror(code)))
      }
    }
    guard let facts = FileFacts(path: path, followingLinks: false), facts.kind == .regular,
      facts.permissions & 0o077 == 0
    else {
      throw EngineError(
        .permissionDenied, "the key for tokens \(path) is not the agent's alone", hint: "chmod 600 \(path)")
    }
    guard let text = try AtomicFile.read(path),
      let bytes = Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines)),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
    else {
      throw EngineError(
        .dataLoss, "the file \(path) is no key for tokens",
        hint: "move it away: a new key is made, and tokens have to be issued again")
    }
    privateKey = key
  }
}
