import ArgumentParser
import Engine
import Foundation

/// The command line of the control plane.
@main
struct Mcp: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp",
    abstract: "Deploy and look after services on a few Linux machines.",
    discussion: """
      A service is described in one TOML file; its node's agent makes that true and keeps it so.

      Examples:
        mcp deploy web       make the node run ~/.config/mcp/services/web.toml
        mcp ps               what runs, where, since when
        mcp logs web -f      follow its output
      """,
    version: "mcp \(Version.current)",
    groupedSubcommands: [
      CommandGroup(
        name: "Deployment",
        subcommands: [
          DeployCommand.self, UndeployCommand.self, StartCommand.self, StopCommand.self,
          RestartCommand.self, RollbackCommand.self, SyncCommand.self, RecoverCommand.self, BootCommand.self,
          AdoptCommand.self,
          BuildCommand.self,
        ]),
      CommandGroup(
        name: "Inspection",
        subcommands: [
          ListCommand.self, PsCommand.self, StatusCommand.self, LogsCommand.self, HistoryCommand.self,
          EventsCommand.self, AlertsCommand.self, DoctorCommand.self,
        ]),
      CommandGroup(
        name: "Scripting", subcommands: [RunCommand.self, ShellCommand.self, ScriptCommand.self]),
      CommandGroup(
        name: "Further",
        subcommands: [
          ServiceCommand.self, ServiceExportCommand.self, SecretCommand.self, ExecCommand.self,
          PushCommand.self, PullCommand.self, NodeCommand.self, LoginCommand.self, LogoutCommand.self,
          CompletionCommand.self,
          VersionCommand.self,
        ]),
    ])

  @OptionGroup(title: "Global options") var global: GlobalOptions

  static func main() async {
    StandardStream.ensureOpen()
    RemoteConnector.useOneLoop()
    // While the command line is parsed; most commands connect next.
    Task { await RemoteConnector.prepare() }
    Foundation.exit(await Entry.run(Array(CommandLine.arguments.dropFirst())))
  }
}
