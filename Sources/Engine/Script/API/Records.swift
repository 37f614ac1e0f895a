extension ScriptAPI {
  static let node = APIRecord(
    "mcp.Node", "The node and its agent.",
    [
      APIField("name", .string, "the node's name"), APIField("agent_version", .string, "the agent's version"),
      APIField("runtimes", .list(.string), "the runtimes with their versions"),
      APIField("healthy", .boolean, "whether every runtime answers"),
      APIField("started_at", .number, "when the agent started"),
      APIField("services", .integer, "services in the registry"),
      APIField("components", .integer, "components in the registry"),
      APIField("running", .integer, "components that run"),
    ])

  static let serviceSummary = APIRecord(
    "mcp.ServiceSummary", "A service of the registry in one line.",
    [
      APIField("name", .string, "the service"), APIField("node", .string, "its node"),
      APIField("active", .boolean, "whether any component of it should run"),
      APIField("components", .list(.string), "the names of its components"),
      APIField("revision", .integer, "counted from 1"),
      APIField("updated_at", .number, "when that revision was deployed"),
    ])

  static let service = APIRecord(
    "mcp.Service", "A deployed service.",
    [
      APIField("name", .string, "the service"), APIField("revision", .integer, "counted from 1"),
      APIField("updated_at", .number, "when that revision was deployed"),
      APIField("updated_by", .record("mcp.Actor"), "who deployed it"),
      APIField("components", .list(.record("mcp.ComponentRecord")), "what the registry knows of each"),
      APIField("definition", .definition, "the definition, as `mcp.deploy` takes it"),
    ])

  static let componentRecord = APIRecord(
    "mcp.ComponentRecord", "What the registry knows of a component beside its definition.",
    [
      APIField("name", .string, "the component"), APIField("desired", .string, "`running` or `stopped`"),
      APIField("spec_hash", .string, "the hash of what its container is created from"),
      APIField("revision", .integer, "the revision in which that hash last changed"),
    ])

  static let actor = APIRecord(
    "mcp.Actor", "Who makes something happen.",
    [
      APIField("kind", .word(["user", "token", "script", "agent"]), "what kind of actor"),
      APIField("name", .string, "the user's name, the script's path; empty for the agent"),
    ])

  static let component = APIRecord(
    "mcp.Component", "A component as it should be and as it is.",
    [
      APIField("service", .string, "the service"), APIField("component", .string, "the component"),
      APIField("node", .string, "the node"), APIField("runtime", .string, "`container` or `unikernel`"),
      APIField("desired", .string, "`running` or `stopped`"),
      APIField(
        "observed", .string,
        "`running`, `starting`, `unhealthy`, `exited(N)`, `stopped`, `missing` or `unknown`"),
      APIField("version", .string, "the image's tag or shortened digest"),
      APIField("image", .string, "the image as it was asked for"),
      APIField("since", .number, optional: true, "since when it is in that state"),
      APIField("restarts", .integer, "how often the runtime started it again by itself"),
      APIField("revision", .integer, "the revision in which it last changed"),
      APIField("runtime_id", .string, optional: true, "the runtime's id"),
      APIField("pid", .integer, optional: true, "its process on the node"),
      APIField("ports", .list(.string), "published ports as in definitions"),
      APIField(
        "health", .string, optional: true,
        "`passing`, or why it does not pass; absent without a health check, and where it does not run"),
    ])

  static let drift = APIRecord(
    "mcp.Drift", "A difference between desired and observed state.",
    [
      APIField("kind", .string, "such as `missing`, `exited` or `spec-mismatch`"),
      APIField("service", .string, "the service; empty for `unmanaged`"),
      APIField("component", .string, "the component"), APIField("message", .string, "what was found"),
    ])

  static let event = APIRecord(
    "mcp.Event", "Something that happened.",
    [
      APIField("id", .integer, "the position in the node's history"), APIField("time", .number, "when"),
      APIField("actor", .record("mcp.Actor"), "who made it happen"),
      APIField("kind", .string, "what kind of event"),
      APIField("service", .string, optional: true, "the service concerned"),
      APIField("component", .string, optional: true, "the component concerned"),
      APIField("message", .string, "one line for people"),
      APIField("details", .map(.string), "further facts by name, such as `result`"),
    ])

  static let status = APIRecord(
    "mcp.Status", "Desired against observed state.",
    [
      APIField("node", .record("mcp.Node"), "the node"),
      APIField("components", .list(.record("mcp.Component")), "the components asked for"),
      APIField("drift", .list(.record("mcp.Drift")), "where desired and observed differ"),
      APIField("operations", .list(.string), "what is under way, one line each"),
      APIField("boot", .record("mcp.BootProgress"), optional: true, "the boot sequence, where there is one"),
      APIField("events", .list(.record("mcp.Event")), "recent events, oldest first"),
    ])

  static let plannedStep = APIRecord(
    "mcp.Step", "A step that was done, or would be.",
    [
      APIField("component", .string, "the component; empty for the service as a whole"),
      APIField("action", .string, "one word, such as `create` or `start`"),
      APIField("message", .string, "the step for people"),
    ])

  static let fieldChange = APIRecord(
    "mcp.FieldChange", "A field of a definition that differs.",
    [
      APIField("path", .string, "where it is, such as `components.api.image`"),
      APIField("before", .string, optional: true, "the value before, as a definition file spells it"),
      APIField("after", .string, optional: true, "the value after"),
    ])

  static let revision = APIRecord(
    "mcp.Revision", "A definition that a service had.",
    [
      APIField("revision", .integer, "counted from 1"),
      APIField("created_at", .number, "when its operation began"),
      APIField("actor", .record("mcp.Actor"), "who deployed it"),
      APIField("outcome", .word(["pending", "deployed", "failed", "incomplete"]), "how it went"),
      APIField("current", .boolean, "whether it is the one that is deployed"),
      APIField(
        "changes", .list(.record("mcp.FieldChange")), "what it changed against the last one that was deployed"
      ),
    ])

  static let result = APIRecord(
    "mcp.Result", "How an operation ended.",
    [
      APIField("service", .string, "the service"), APIField("primitive", .string, "the primitive"),
      APIField("revision", .integer, "the service's revision afterwards; 0 once it is undeployed"),
      APIField("changed", .boolean, "whether something was changed, or would be"),
      APIField("planned", .boolean, "whether this is only a plan"),
      APIField("changes", .list(.record("mcp.FieldChange")), "for a plan, what the definition would change"),
      APIField("steps", .list(.record("mcp.Step")), "what was done, or would be"),
      APIField("warnings", .list(.string), "what the runtime warned about"),
      APIField("message", .string, "one line for people"),
    ])

  static let syncResult = APIRecord(
    "mcp.SyncResult", "How a sync ended.",
    [
      APIField("results", .list(.record("mcp.Result")), "the services that were handled"),
      APIField("failures", .list(.record("mcp.Error")), "the services that failed"),
      APIField("planned", .boolean, "whether this is only a plan"),
    ])

  static let logLine = APIRecord(
    "mcp.LogLine", "One line of output.",
    [
      APIField("component", .string, "the component that wrote it"),
      APIField("time", .number, optional: true, "when"),
      APIField("stream", .word(["stdout", "stderr"]), "where it was written to"),
      APIField("text", .string, "the line without its end"),
    ])

  static let execResult = APIRecord(
    "mcp.ExecResult", "How a command ended.",
    [
      APIField("code", .integer, "its exit code"), APIField("stdout", .string, "its output"),
      APIField("stderr", .string, "its diagnostics"),
      APIField("planned", .boolean, "whether it was only planned"),
    ])

  static let finding = APIRecord(
    "mcp.Finding", "One thing that the doctor looked at.",
    [
      APIField("level", .word(["ok", "warning", "failure"]), "how it is"),
      APIField("check", .string, "what was looked at"), APIField("message", .string, "what was found"),
      APIField("remedy", .string, optional: true, "what to do about it"),
    ])

  static let operation = APIRecord(
    "mcp.Operation", "What is about to be done.",
    [
      APIField("primitive", .string, "the primitive"),
      APIField("service", .string, optional: true, "the service concerned"),
      APIField("component", .string, optional: true, "the component, where only one is concerned"),
      APIField("actor", .record("mcp.Actor"), "who wants it"),
      APIField("planned", .boolean, "whether it would only be planned"),
      APIField("definition", .definition, optional: true, "what would be deployed"),
      APIField("command", .list(.string), optional: true, "what would be run"),
    ])

  static let scriptInfo = APIRecord(
    "mcp.Script", "One of the agent's scripts.",
    [
      APIField("name", .string, "the path below the scripts' directory"),
      APIField("state", .word(["loaded", "loading", "failed", "disabled"]), "how it is"),
      APIField("loaded_at", .number, optional: true, "when the version in use was loaded"),
      APIField("hooks", .list(.record("mcp.Hook")), "what it is called for"),
      APIField("memory", .integer, "bytes that it holds"),
      APIField("error", .record("mcp.Error"), optional: true, "what is wrong with it"),
    ])

  static let hookInfo = APIRecord(
    "mcp.Hook", "What a script is called for.",
    [
      APIField("occasion", .string, "such as `on deploy` or `cron 0 3 * * *`"),
      APIField("runs", .integer, "how often it was called"),
      APIField("failures", .integer, "how often it failed"),
      APIField("last_run", .number, optional: true, "when it was last called"),
      APIField("next_run", .number, optional: true, "when it will be called next"),
      APIField("last_error", .string, optional: true, "why it last failed"),
    ])

  static let scriptReport = APIRecord(
    "mcp.ScriptReport", "What became of a script that was checked or loaded again.",
    [
      APIField("name", .string, "the script"), APIField("ok", .boolean, "whether nothing is wrong with it"),
      APIField("message", .string, "what became of it"),
      APIField("error", .record("mcp.Error"), optional: true, "what is wrong with it"),
      APIField("hooks", .list(.string), "what it is called for"),
    ])

  static let secretInfo = APIRecord(
    "mcp.Secret", "A secret, without its value.",
    [
      APIField("service", .string, "the service that may use it"), APIField("name", .string, "its name"),
      APIField("set_at", .number, "when its value was set"),
      APIField("actor", .record("mcp.Actor"), "who did"),
      APIField("used_by", .list(.string), "components of the deployed definition that use it"),
      APIField("outdated", .list(.string), "those of them that run with an earlier value"),
    ])

  static let bootReport = APIRecord(
    "mcp.BootReport", "How a boot sequence went, or would go.",
    [
      APIField("progress", .record("mcp.BootProgress"), "its stages"),
      APIField("results", .list(.record("mcp.Result")), "for a plan, what would be done to each service"),
    ])

  static let bootProgress = APIRecord(
    "mcp.BootProgress", "How far a boot sequence is.",
    [
      APIField("script", .string, "the boot script"),
      APIField("state", .word(BootProgress.State.allCases.map(\.rawValue)), "how it is"),
      APIField("stages", .list(.record("mcp.BootProgressStage")), "in order"),
      APIField("started_at", .number, "when it began"),
      APIField("ended_at", .number, optional: true, "when it ended"),
      APIField("message", .string, optional: true, "why it failed"),
    ])

  static let bootProgressStage = APIRecord(
    "mcp.BootProgressStage", "How a stage of a boot sequence is.",
    [
      APIField("name", .string, "its name"),
      APIField("services", .list(.string), "the services that it brings up"),
      APIField("required", .boolean, "whether later stages wait until it has succeeded"),
      APIField("state", .word(BootProgress.StageState.allCases.map(\.rawValue)), "how it is"),
      APIField("attempts", .integer, "attempts so far"),
      APIField("message", .string, optional: true, "why it is not done"),
      APIField("since", .number, "since when it is in that state"),
    ])

  static let bootStage = APIRecord(
    "mcp.BootStage", "A stage of the agent's configuration, `[[boot.sequence]]`.",
    [
      APIField("name", .string, "its name"),
      APIField("services", .list(.string), "the services that it brings up"),
      APIField("timeout", .string, "how long one attempt may take"),
      APIField(
        "health", .string, optional: true, "the probe for components that have no health check of their own"),
      APIField("required", .boolean, "whether later stages wait until it has succeeded"),
    ])

  static let bootDeclaration = APIRecord(
    "mcp.BootDeclaration", "A stage that is about to be brought up.",
    [
      APIField("name", .string, "its name"),
      APIField("services", .list(.string), optional: true, "the services that it brings up"),
      APIField("required", .boolean, optional: true, "whether later stages wait until it has succeeded"),
    ])

  static let bootState = APIRecord(
    "mcp.BootState", "How a boot sequence is when it begins.",
    [
      APIField("planned", .boolean, "whether nothing is to be done"),
      APIField(
        "ended", .map(.string),
        "the stages that have ended before in this boot of the machine: `done` or `failed`"),
    ])

  static let adoptReport = APIRecord(
    "mcp.AdoptReport", "What was adopted, or would be.",
    [
      APIField("services", .list(.record("mcp.AdoptedService")), "the services"),
      APIField("failures", .list(.record("mcp.Error")), "those that could not be"),
    ])

  static let adoptedService = APIRecord(
    "mcp.AdoptedService", "A service that was adopted.",
    [
      APIField("definition", .definition, "the definition as it is deployed then"),
      APIField("members", .list(.record("mcp.AdoptedMember")), "the containers"),
      APIField("result", .record("mcp.Result"), optional: true, "how it went; absent for a plan"),
    ])

  static let adoptedMember = APIRecord(
    "mcp.AdoptedMember", "A container that was adopted.",
    [
      APIField("component", .string, "the component that it becomes"),
      APIField("container", .string, "its name until then"),
      APIField("problems", .list(.string), "what its definition cannot say"),
    ])

  static let alertList = APIRecord(
    "mcp.AlertList", "The alerts of a node.",
    [
      APIField(
        "alerts", .list(.record("mcp.Alert")), "the active ones, oldest first, then those that are over"),
      APIField("silences", .list(.record("mcp.Silence")), "the silences that have not ended"),
    ])

  static let alert = APIRecord(
    "mcp.Alert", "Something that an operator should know of, until it is over.",
    [
      APIField("id", .integer, "its number, never given twice"),
      APIField("key", .string, "what it is about, such as `drift:missing:web/api`"),
      APIField("severity", .word(Alert.Severity.allCases.map(\.rawValue)), "how urgent it is"),
      APIField("summary", .string, "one line"),
      APIField("service", .string, optional: true, "the service concerned"),
      APIField("component", .string, optional: true, "the component concerned"),
      APIField("since", .number, "when it was raised"),
      APIField("last_seen", .number, "when it was last raised again"),
      APIField("count", .integer, "how often it was raised"),
      APIField("resolved_at", .number, optional: true, "when it was over"),
      APIField("silenced_until", .number, optional: true, "until when nobody is told of it"),
    ])

  static let silence = APIRecord(
    "mcp.Silence", "A time in which nobody is told of some alerts.",
    [
      APIField("id", .integer, "its number"), APIField("match", .string, "what it is about"),
      APIField("until", .number, "when it ends"), APIField("reason", .string, "why"),
      APIField("actor", .record("mcp.Actor"), "who made it"),
      APIField("created_at", .number, "when it was made"),
    ])

  static let alertTest = APIRecord(
    "mcp.AlertTest", "Whether a sink took a test message.",
    [
      APIField("sink", .string, "the sink's name"),
      APIField("error", .record("mcp.Error"), optional: true, "why it did not"),
    ])

  static let httpResponse = APIRecord(
    "mcp.Response", "What a web server answered.",
    [
      APIField("status", .integer, "the status"), APIField("headers", .map(.string), "names in lower case"),
      APIField("body", .string, "the body"),
    ])

  static let outcome = APIRecord(
    "mcp.Outcome", "How one of several functions ended.",
    [
      APIField("ok", .boolean, "whether it neither raised nor returned nil and an error"),
      APIField("value", .any, optional: true, "the first value that it returned"),
      APIField("error", .record("mcp.Error"), optional: true, "why it failed"),
    ])

  static let failure = APIRecord(
    "mcp.Error", "Why something failed; `tostring` gives the message.",
    [
      APIField("code", .string, "the kind of failure, such as `not_found` or `timeout`"),
      APIField("message", .string, "what was being done, to what, and why it failed"),
      APIField("cause", .string, optional: true, "the words of whoever reported it"),
      APIField("hint", .string, optional: true, "what to do next"),
      APIField("service", .string, optional: true, "the service concerned"),
      APIField("component", .string, optional: true, "the component concerned"),
      APIField("details", .list(.string), optional: true, "further lines"),
    ])
}
