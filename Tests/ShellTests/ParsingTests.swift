import ArgumentParser
import Engine
import Testing

@testable import Shell

@Suite struct ParsingTests {
  private func parse<Command>(_ line: String, as type: Command.Type) async throws -> Command {
    let parsed = try await Mcp.asyncParseAsRoot(line.split(separator: " ").map(String.init))
    return try #require(parsed as? Command)
  }

  @Test func `deploy takes a service, a component or a file`() async throws {
    let whole = try await parse("deploy web", as: DeployCommand.self)
    #expect(whole.target == Target(service: "web"))
    #expect(!whole.plan)
    let part = try await parse("deploy web/api --plan --timeout 90s", as: DeployCommand.self)
    #expect(part.target == Target(service: "web", component: "api"))
    #expect(part.plan)
    #expect(part.timeout?.duration == .seconds(90))
    let file = try await parse("deploy --file ./web.toml", as: DeployCommand.self)
    #expect(file.target == nil)
    #expect(file.file == "./web.toml")
  }

  @Test func `start, stop and restart take a target`() async throws {
    #expect(try await parse("start web", as: StartCommand.self).arguments.target == Target(service: "web"))
    #expect(try await parse("stop web/api", as: StopCommand.self).arguments.target.component == "api")
    #expect(try await parse("restart web --plan", as: RestartCommand.self).arguments.plan)
  }

  @Test func `undeploy and sync take a confirmation`() async throws {
    let undeploy = try await parse("undeploy web -y", as: UndeployCommand.self)
    #expect(undeploy.service == "web")
    #expect(undeploy.yes)
    let sync = try await parse("sync --plan --prune --yes", as: SyncCommand.self)
    #expect(sync.plan && sync.prune && sync.yes)
  }

  @Test func `list, ps and status take a filter`() async throws {
    _ = try await parse("list", as: ListCommand.self)
    let ps = try await parse("ps web --live", as: PsCommand.self)
    #expect(ps.service == "web")
    #expect(ps.live)
    let status = try await parse("status --check", as: StatusCommand.self)
    #expect(status.service == nil)
    #expect(status.check)
  }

  @Test func `logs and events take a number, a time and follow`() async throws {
    let logs = try await parse("logs web/api -f -n 5 --since 10m", as: LogsCommand.self)
    #expect(logs.follow)
    #expect(logs.lines?.count == 5)
    #expect(logs.since == SinceArgument(argument: "10m"))
    let events = try await parse(
      "events --service web --since 2026-01-02T03:04:05Z -n 3 -f", as: EventsCommand.self)
    #expect(events.service == "web")
    #expect(events.lines?.count == 3)
    #expect(events.follow)
  }

  @Test func `exec takes everything after the dashes as the command`() async throws {
    let exec = try await parse("exec -i -u app web/api -- ls -la --json --node x -- y", as: ExecCommand.self)
    #expect(exec.target.description == "web/api")
    #expect(exec.command == ["ls", "-la", "--json", "--node", "x", "--", "y"])
    #expect(exec.interactive)
    #expect(exec.user == "app")
    #expect(exec.global.node == nil)
    #expect(!exec.global.json)
  }

  @Test func `service, node, doctor, version and completion have their words`() async throws {
    #expect(try await parse("service show web", as: ServiceShowCommand.self).service == "web")
    #expect(try await parse("service edit web", as: ServiceEditCommand.self).service == "web")
    let export = try await parse("service export web -o x.toml --force", as: ServiceExportCommand.self)
    #expect(export.output == "x.toml")
    #expect(export.force)
    _ = try await parse("node list", as: NodeListCommand.self)
    _ = try await parse("doctor", as: DoctorCommand.self)
    _ = try await parse("version", as: VersionCommand.self)
    #expect(try await parse("completion fish", as: CompletionCommand.self).shell == .fish)
  }

  @Test(arguments: [
    "--node rift --config c.toml --json --no-color ps", "ps --node rift --config c.toml --json --no-color",
    "--node rift --json ps --config c.toml --no-color", "--node=rift --config=c.toml ps --json --no-color",
  ])
  func `global options may stand before and after the command`(line: String) async throws {
    let global = try await parse(line, as: PsCommand.self).global
    #expect(global.node == "rift")
    #expect(global.config == "c.toml")
    #expect(global.json)
    #expect(global.noColor)
  }

  @Test(arguments: [
    "nonsense", "deploy", "deploy Web", "deploy web/api/x", "deploy web --timeout soon", "undeploy web/api",
    "undeploy", "stop", "ps --lives", "logs web -n -1", "logs web -n many", "logs web --since later",
    "exec web", "exec web ls", "exec web --json -- ls", "exec web -t -T -- ls", "exec web -e X -- ls",
    "events -n -1", "service nonsense web", "service show", "service edit web --json", "node nonsense",
    "completion tcsh", "completion bash --json", "--nonsense", "list extra",
    "service export web -o - --json",
  ])
  func `a wrong command line exits with 2 and says so on standard error`(line: String) async throws {
    try await withHarness { harness in
      let words = line.split(separator: " ").map(String.init)
      let status = await Context.$current.withValue(harness.context) { await Entry.run(words) }
      #expect(status == 2)
      #expect(harness.output == "")
      #expect(harness.errors.hasPrefix(words.contains("--json") ? #"{"error":{"code":"usage""# : "error: "))
    }
  }

  @Test func `an unknown command is named`() async throws {
    try await withHarness { harness in
      let outcome = await harness.run("depoly", "web")
      #expect(outcome.errors == "error: there is no command 'depoly'\nhint: mcp help lists the commands\n")
      let json = await harness.run("ps", "--json", "--lives")
      #expect(json.errors.hasPrefix(#"{"error":{"code":"usage""#))
    }
  }
}
