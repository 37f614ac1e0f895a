internal import Foundation

/// How an image registry is spoken to.
///
/// Its CA lies where podman looks for it: `~/.config/containers/certs.d/<registry>/ca.crt` of the agent's user. Without a
/// user here, podman's own file of credentials counts, as `podman login` writes it.
public struct RegistryAccess: Hashable, Sendable {
  /// The name to log in with; `nil` leaves that to podman.
  public var username: String?
  /// The file with the password, of which one newline at the end is left out; it is read at every pull.
  public var passwordFile: String?
  /// Whether it speaks HTTP without TLS.
  public var plainHTTP: Bool

  /// Creates an access.
  public init(username: String? = nil, passwordFile: String? = nil, plainHTTP: Bool = false) {
    self.username = username
    self.passwordFile = passwordFile
    self.plainHTTP = plainHTTP
  }

  /// The header `X-Registry-Auth`: base64url of JSON with name and password; `nil` without a name.
  ///
  /// Throws `failedPrecondition` where the password cannot be read.
  func authorization(for reference: String) throws(EngineError) -> String? {
    guard let username, let passwordFile else { return nil }
    guard var password = FileManager.default.contents(atPath: passwordFile) else {
      throw EngineError(
        .failedPrecondition, "cannot pull \(reference): the password file \(passwordFile) cannot be read",
        hint: "it is `password_file` of [registries] in the agent's configuration")
    }
    if password.last == UInt8(ascii: "\n") { password.removeLast() }
    let credentials = ["username": username, "password": String(decoding: password, as: UTF8.self)]
    let json = (try? JSONEncoder().encode(credentials)) ?? Data()
    return json.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
  }
}
