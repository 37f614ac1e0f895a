import ArgumentParser
import Engine
import Foundation

/// `mcp logout`.
struct LogoutCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logout",
    abstract: "Give the token back and forget it.",
    discussion: """
      The identity service makes the token worthless; where it cannot be reached, the token is forgotten here and that is \
      said.

      Example:
        mcp logout
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let path = session.configuration.tokenPath
    guard FileManager.default.fileExists(atPath: path) else {
      return session.console.error("nobody is logged in: there is no \(path)\n")
    }
    let token = try? OperatorToken.read(path)
    var failure: EngineError?
    if let token, let settings = session.configuration.mcias, !TokenTimes.isOfNode(token) {
      do {
        try await IdentityService(settings).logout(token)
      } catch {
        failure = EngineError.wrap(error)
      }
    }
    guard unlink(path) == 0 || errno == ENOENT else {
      throw EngineError(
        .operationFailed, "the token in \(path) cannot be removed", cause: String(cString: strerror(errno)))
    }
    if let failure {
      throw EngineError(
        failure.code, "the token is forgotten here, and the identity service was not told",
        cause: "\(failure)",
        hint:
          "it is worth something until it ends; revoke it at the identity service if it may be in other hands"
      )
    }
    try session.console.output("logged out\n")
  }
}
