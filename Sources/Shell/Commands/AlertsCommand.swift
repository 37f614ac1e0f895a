import ArgumentParser

/// `mcp alerts`.
struct AlertsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts",
    abstract: "Show what somebody should know of, and silence it.",
    discussion: """
      The agent raises an alert for drift that lasts, for what comes and goes, for crash loops, for what it could not make \
      run, for boot sequences and scripts that fail, and where a script asks for it. It tells the sinks of its \
      configuration, [[alerts]], once, and again when it is over.

      Examples:
        mcp alerts                              what is wrong now
        mcp alerts list --all                   what was wrong, too
        mcp alerts silence web --for 2h         nobody is told of web for two hours
        mcp alerts unsilence 4
        mcp alerts test                         does it arrive?
      """,
    subcommands: [
      AlertsListCommand.self, AlertsSilenceCommand.self, AlertsUnsilenceCommand.self, AlertsTestCommand.self,
    ], defaultSubcommand: AlertsListCommand.self)
}
