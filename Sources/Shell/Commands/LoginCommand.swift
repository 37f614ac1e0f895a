import ArgumentParser
import Engine
import Foundation

/// `mcp login`.
struct LoginCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "login",
    abstract: "Log in at the identity service and keep the token.",
    discussion: """
      Password and code are asked for and not shown; without a terminal they are the first and the second line of \
      standard input. They are never arguments. The token is kept in the file that [auth] token_path names, with mode \
      600, and renewed before it ends.

      Without an identity service, a node issues tokens itself: `mcp-agent token create` there.

      Examples:
        mcp login
        pass show mcias | mcp login --user alice
      """)

  @Option(name: .long, help: ArgumentHelp("The user's name; default: this user's.", valueName: "name"))
  var user: String?

  @OptionGroup(title: "Global options") var global: GlobalOptions

  /// The documented shape of the answer.
  private struct Document: Encodable {
    var user: String
    var expiresAt: Date
    var tokenPath: String
  }

  func run() async throws {
    let session = try Session.open(global)
    guard let settings = session.configuration.mcias else {
      throw EngineError(
        .failedPrecondition, "no identity service is configured",
        hint: "set [mcias] server_url in \(session.configuration.path); or make a token on the node with "
          + "`mcp-agent token create` and put it into \(session.configuration.tokenPath) with mode 600")
    }
    let user = user ?? NSUserName()
    let words = try await words(user, session)
    let grant = try await IdentityService(settings).login(
      IdentityService.Credentials(username: user, password: words.password, code: words.code))
    let path = session.configuration.tokenPath
    try OperatorToken.write(grant.token, to: path)
    if global.json {
      let document = Document(user: user, expiresAt: grant.expiresAt, tokenPath: path)
      return try session.console.output(try JSON.document(document))
    }
    let left = RelativeTime.text(seconds: grant.expiresAt.timeIntervalSince(session.context.now()))
    try session.console.output("\(user) is logged in for \(left)\n")
  }

  private func words(_ user: String, _ session: Session) async throws -> (password: String, code: String) {
    let console = session.console
    if console.inputIsTerminal {
      let password = try await SecretInput.ask("password of \(user): ", context: session.context)
      let code = try await SecretInput.ask(
        "code of the second factor (empty for none): ", context: session.context)
      return (password, code)
    }
    let lines = String(decoding: try await SecretInput.all(console), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let password = lines.first, !password.isEmpty else {
      throw EngineError(
        .invalidArgument, "standard input contains no password",
        hint: "the password is its first line, the code of the second factor its second")
    }
    return (password, lines.count > 1 ? lines[1].trimmingCharacters(in: .whitespaces) : "")
  }
}
