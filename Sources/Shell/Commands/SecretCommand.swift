import ArgumentParser

/// `mcp secret`.
struct SecretCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secret",
    abstract: "Keep passwords and keys of services on their node.",
    discussion: """
      A definition names a secret and never holds its value: `env = { DB_PASSWORD = { secret = "db-password" } }` puts \
      it into a variable, `secrets = ["db-password"]` into the file /run/secrets/db-password. A new value reaches a \
      component with its next deploy.

      Examples:
        mcp secret set web db-password                 asks for the value
        mcp secret set web tls-key < key.pem
        mcp secret list web
        mcp secret remove web db-password
      """,
    subcommands: [SecretSetCommand.self, SecretListCommand.self, SecretRemoveCommand.self])
}
