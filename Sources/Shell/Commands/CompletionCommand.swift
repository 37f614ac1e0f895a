import ArgumentParser

/// `mcp completion`.
struct CompletionCommand: AsyncParsableCommand {
  /// The shells that scripts are written for.
  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash
    case zsh
    case fish

    /// The argument parser's name for it.
    var completionShell: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "completion",
    abstract: "Write a completion script for a shell.",
    discussion: """
      The script also completes services, components and nodes.

      Examples:
        mcp completion bash > ~/.local/share/bash-completion/completions/mcp
        mcp completion zsh > "${fpath[1]}/_mcp"
        mcp completion fish > ~/.config/fish/completions/mcp.fish
      """)

  @Argument(help: "The shell: bash, zsh or fish.")
  var shell: Shell

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func validate() throws { try global.refuseJSON("completion") }

  func run() async throws {
    try Context.current.console.output(Mcp.completionScript(for: shell.completionShell) + "\n")
  }
}
