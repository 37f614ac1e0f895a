import ArgumentParser
import Engine
import Foundation

/// `mcp-agent token`.
struct TokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Issue, list and revoke tokens for operators elsewhere.",
    discussion: "Works while the agent runs, and also while it does not.",
    subcommands: [TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self])
}

/// `mcp-agent token create`.
struct TokenCreateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Issue a token; it is written to standard output, and kept nowhere.",
    discussion: """
      The operator puts it into the file that [auth] token_path names, or into MCP_TOKEN.

      Example:
        mcp-agent token create --name laptop --role admin --ttl 90d
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(name: .long, help: "What it is called; events name it as their actor.")
  var name: String

  @Option(name: .long, help: "What it allows: viewer, operator or admin.")
  var role: String = Role.operator.rawValue

  @Option(name: .long, help: "How long it is valid, such as 12h or 90d.")
  var ttl: String = "90d"

  func run() async throws {
    guard let role = Role(rawValue: role) else {
      throw ValidationError("a role is viewer, operator or admin, not '\(role)'")
    }
    let request = TokenRequest(name: name, role: role, lifetime: try TokenRequest.lifetime(parsing: ttl))
    let issued = try await TokenDoor.open(options).create(request)
    FileHandle.standardError.write(
      Data(
        "token \(issued.info.id): \(role.rawValue), until \(issued.info.expiresAt.formatted(.iso8601))\n".utf8
      ))
    print(issued.token)
  }
}

/// `mcp-agent token list`.
struct TokenListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the tokens that this node has issued; never what they are.")

  @OptionGroup var options: ConfigurationOptions

  @Flag(name: .long, help: "As JSON.")
  var json = false

  func run() async throws {
    let tokens = try await TokenDoor.open(options).list()
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      encoder.dateEncodingStrategy = .iso8601
      return print(String(decoding: try encoder.encode(tokens), as: UTF8.self))
    }
    guard !tokens.isEmpty else { return print("no token was issued") }
    let now = Date()
    for token in tokens {
      let state = token.revokedAt != nil ? "revoked" : token.expiresAt <= now ? "expired" : "valid"
      print(
        "\(token.id)  \(token.name)  \(token.role.rawValue)  \(state)  until \(token.expiresAt.formatted(.iso8601))  by \(token.createdBy)"
      )
    }
  }
}

/// `mcp-agent token revoke`.
struct TokenRevokeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Make a token worthless from the next call on.")

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "Its number, or its name where only one that is valid is called so.")
  var token: String

  func run() async throws {
    let info = try await TokenDoor.open(options).revoke(token)
    print("the token \(info.name) (\(info.id)) is revoked")
  }
}

/// The way to a node's tokens: through the agent where it runs, else straight to its registry.
struct TokenDoor {
  private let configuration: AgentConfiguration

  static func open(_ options: ConfigurationOptions) throws -> TokenDoor {
    TokenDoor(configuration: try options.load())
  }

  func create(_ request: TokenRequest) async throws -> IssuedToken {
    try await reach {
      try await $0.createToken(request)
    } alone: {
      try await $0.issue(request, by: Self.caller).token
    }
  }

  func list() async throws -> [TokenInfo] {
    try await reach {
      try await $0.tokens()
    } alone: {
      try await $0.all()
    }
  }

  func revoke(_ token: String) async throws -> TokenInfo {
    try await reach {
      try await $0.revokeToken(token)
    } alone: {
      try await $0.revoke(try await $0.find(token), by: Self.caller).token
    }
  }

  private static var caller: Caller {
    Caller(
      actor: Actor(kind: .user, name: NSUserName()), role: .admin,
      peer: "local:uid=\(geteuid()),pid=\(getpid())")
  }

  private func reach<Value: Sendable>(
    _ call: @escaping @Sendable (any ControlPlane) async throws -> Value,
    alone: (TokenAuthority) async throws -> Value
  ) async throws -> Value {
    do {
      return try await RemoteControlPlane.withConnection(to: .unix(path: configuration.server.socket)) {
        try await call($0)
      }
    } catch let error as EngineError where error.code == .unavailable {
      // Nobody answers on the socket. An agent that starts or stops just now holds the registry, which says so.
      let registry = try Registry.open(path: configuration.database.path)
      let authority = TokenAuthority(registry: registry, node: configuration.node.name)
      do {
        let value = try await alone(authority)
        try registry.close()
        return value
      } catch {
        try? registry.close()
        throw error
      }
    }
  }
}
