---@meta mcp
-- Made by `mcp script stubs` from the declarations of mcp 0.1.0.

---A span of time: `"30s"`, `"1m30s"`, `"500ms"`, or a number of seconds.
---@alias mcp.Duration string|number

---A point in time: seconds since 1970, or a duration, which means that long ago.
---@alias mcp.Time number|string

---`"service"` or `"service/component"`.
---@alias mcp.Target string

---A service's definition, with the keys of a definition file.
---@class mcp.Definition
---@field name string
---@field node? string
---@field active? boolean
---@field components table[]

---@class mcp
---@field env table<string, string> environment variables
---@field version string the version
---@field place "agent"|"commandLine"|"test" where the script runs
mcp = {}

---The node and its agent.
---@class mcp.Node
---@field name string the node's name
---@field agent_version string the agent's version
---@field runtimes string[] the runtimes with their versions
---@field healthy boolean whether every runtime answers
---@field started_at number when the agent started
---@field services integer services in the registry
---@field components integer components in the registry
---@field running integer components that run

---A service of the registry in one line.
---@class mcp.ServiceSummary
---@field name string the service
---@field node string its node
---@field active boolean whether any component of it should run
---@field components string[] the names of its components
---@field revision integer counted from 1
---@field updated_at number when that revision was deployed

---A deployed service.
---@class mcp.Service
---@field name string the service
---@field revision integer counted from 1
---@field updated_at number when that revision was deployed
---@field updated_by mcp.Actor who deployed it
---@field components mcp.ComponentRecord[] what the registry knows of each
---@field definition mcp.Definition the definition, as `mcp.deploy` takes it

---What the registry knows of a component beside its definition.
---@class mcp.ComponentRecord
---@field name string the component
---@field desired string `running` or `stopped`
---@field spec_hash string the hash of what its container is created from
---@field revision integer the revision in which that hash last changed

---Who makes something happen.
---@class mcp.Actor
---@field kind "user"|"token"|"script"|"agent" what kind of actor
---@field name string the user's name, the script's path; empty for the agent

---A component as it should be and as it is.
---@class mcp.Component
---@field service string the service
---@field component string the component
---@field node string the node
---@field runtime string `container` or `unikernel`
---@field desired string `running` or `stopped`
---@field observed string `running`, `starting`, `unhealthy`, `exited(N)`, `stopped`, `missing` or `unknown`
---@field version string the image's tag or shortened digest
---@field image string the image as it was asked for
---@field since? number since when it is in that state
---@field restarts integer how often the runtime started it again by itself
---@field revision integer the revision in which it last changed
---@field runtime_id? string the runtime's id
---@field pid? integer its process on the node
---@field ports string[] published ports as in definitions
---@field health? string `passing`, or why it does not pass; absent without a health check, and where it does not run

---A difference between desired and observed state.
---@class mcp.Drift
---@field kind string such as `missing`, `exited` or `spec-mismatch`
---@field service string the service; empty for `unmanaged`
---@field component string the component
---@field message string what was found

---Something that happened.
---@class mcp.Event
---@field id integer the position in the node's history
---@field time number when
---@field actor mcp.Actor who made it happen
---@field kind string what kind of event
---@field service? string the service concerned
---@field component? string the component concerned
---@field message string one line for people
---@field details table<string, string> further facts by name, such as `result`

---Desired against observed state.
---@class mcp.Status
---@field node mcp.Node the node
---@field components mcp.Component[] the components asked for
---@field drift mcp.Drift[] where desired and observed differ
---@field operations string[] what is under way, one line each
---@field boot? mcp.BootProgress the boot sequence, where there is one
---@field events mcp.Event[] recent events, oldest first

---How an operation ended.
---@class mcp.Result
---@field service string the service
---@field primitive string the primitive
---@field revision integer the service's revision afterwards; 0 once it is undeployed
---@field changed boolean whether something was changed, or would be
---@field planned boolean whether this is only a plan
---@field changes mcp.FieldChange[] for a plan, what the definition would change
---@field steps mcp.Step[] what was done, or would be
---@field warnings string[] what the runtime warned about
---@field message string one line for people

---A step that was done, or would be.
---@class mcp.Step
---@field component string the component; empty for the service as a whole
---@field action string one word, such as `create` or `start`
---@field message string the step for people

---A field of a definition that differs.
---@class mcp.FieldChange
---@field path string where it is, such as `components.api.image`
---@field before? string the value before, as a definition file spells it
---@field after? string the value after

---A definition that a service had.
---@class mcp.Revision
---@field revision integer counted from 1
---@field created_at number when its operation began
---@field actor mcp.Actor who deployed it
---@field outcome "pending"|"deployed"|"failed"|"incomplete" how it went
---@field current boolean whether it is the one that is deployed
---@field changes mcp.FieldChange[] what it changed against the last one that was deployed

---How a sync ended.
---@class mcp.SyncResult
---@field results mcp.Result[] the services that were handled
---@field failures mcp.Error[] the services that failed
---@field planned boolean whether this is only a plan

---One line of output.
---@class mcp.LogLine
---@field component string the component that wrote it
---@field time? number when
---@field stream "stdout"|"stderr" where it was written to
---@field text string the line without its end

---How a command ended.
---@class mcp.ExecResult
---@field code integer its exit code
---@field stdout string its output
---@field stderr string its diagnostics
---@field planned boolean whether it was only planned

---One thing that the doctor looked at.
---@class mcp.Finding
---@field level "ok"|"warning"|"failure" how it is
---@field check string what was looked at
---@field message string what was found
---@field remedy? string what to do about it

---What is about to be done.
---@class mcp.Operation
---@field primitive string the primitive
---@field service? string the service concerned
---@field component? string the component, where only one is concerned
---@field actor mcp.Actor who wants it
---@field planned boolean whether it would only be planned
---@field definition? mcp.Definition what would be deployed
---@field command? string[] what would be run

---One of the agent's scripts.
---@class mcp.Script
---@field name string the path below the scripts' directory
---@field state "loaded"|"loading"|"failed"|"disabled" how it is
---@field loaded_at? number when the version in use was loaded
---@field hooks mcp.Hook[] what it is called for
---@field memory integer bytes that it holds
---@field error? mcp.Error what is wrong with it

---What a script is called for.
---@class mcp.Hook
---@field occasion string such as `on deploy` or `cron 0 3 * * *`
---@field runs integer how often it was called
---@field failures integer how often it failed
---@field last_run? number when it was last called
---@field next_run? number when it will be called next
---@field last_error? string why it last failed

---What became of a script that was checked or loaded again.
---@class mcp.ScriptReport
---@field name string the script
---@field ok boolean whether nothing is wrong with it
---@field message string what became of it
---@field error? mcp.Error what is wrong with it
---@field hooks string[] what it is called for

---A secret, without its value.
---@class mcp.Secret
---@field service string the service that may use it
---@field name string its name
---@field set_at number when its value was set
---@field actor mcp.Actor who did
---@field used_by string[] components of the deployed definition that use it
---@field outdated string[] those of them that run with an earlier value

---A token that the node has issued, without its text.
---@class mcp.Token
---@field id string its number
---@field name string what it is called
---@field role "viewer"|"operator"|"admin" what it allows
---@field created_at number when it was made
---@field created_by mcp.Actor who made it
---@field expires_at number when it ends
---@field revoked_at? number when it was revoked

---A token that was just issued.
---@class mcp.IssuedToken
---@field info mcp.Token what it is
---@field token string its text, which is kept nowhere

---Files that were sent or fetched.
---@class mcp.Transfer
---@field path string where they are
---@field files integer how many
---@field bytes integer their bytes
---@field resumed_bytes integer how many of them were there already

---How a boot sequence went, or would go.
---@class mcp.BootReport
---@field progress mcp.BootProgress its stages
---@field results mcp.Result[] for a plan, what would be done to each service

---How far a boot sequence is.
---@class mcp.BootProgress
---@field script string the boot script
---@field state "running"|"done"|"failed" how it is
---@field stages mcp.BootProgressStage[] in order
---@field started_at number when it began
---@field ended_at? number when it ended
---@field message? string why it failed

---How a stage of a boot sequence is.
---@class mcp.BootProgressStage
---@field name string its name
---@field services string[] the services that it brings up
---@field required boolean whether later stages wait until it has succeeded
---@field state "pending"|"running"|"retrying"|"done"|"failed" how it is
---@field attempts integer attempts so far
---@field message? string why it is not done
---@field since number since when it is in that state

---A stage of the agent's configuration, `[[boot.sequence]]`.
---@class mcp.BootStage
---@field name string its name
---@field services string[] the services that it brings up
---@field timeout string how long one attempt may take
---@field health? string the probe for components that have no health check of their own
---@field required boolean whether later stages wait until it has succeeded

---A stage that is about to be brought up.
---@class mcp.BootDeclaration
---@field name string its name
---@field services? string[] the services that it brings up
---@field required? boolean whether later stages wait until it has succeeded

---How a boot sequence is when it begins.
---@class mcp.BootState
---@field planned boolean whether nothing is to be done
---@field ended table<string, string> the stages that have ended before in this boot of the machine: `done` or `failed`

---What was adopted, or would be.
---@class mcp.AdoptReport
---@field services mcp.AdoptedService[] the services
---@field failures mcp.Error[] those that could not be

---A service that was adopted.
---@class mcp.AdoptedService
---@field definition mcp.Definition the definition as it is deployed then
---@field members mcp.AdoptedMember[] the containers
---@field result? mcp.Result how it went; absent for a plan

---A container that was adopted.
---@class mcp.AdoptedMember
---@field component string the component that it becomes
---@field container string its name until then
---@field problems string[] what its definition cannot say

---The alerts of a node.
---@class mcp.AlertList
---@field alerts mcp.Alert[] the active ones, oldest first, then those that are over
---@field silences mcp.Silence[] the silences that have not ended

---Something that an operator should know of, until it is over.
---@class mcp.Alert
---@field id integer its number, never given twice
---@field key string what it is about, such as `drift:missing:web/api`
---@field severity "info"|"warning"|"critical" how urgent it is
---@field summary string one line
---@field service? string the service concerned
---@field component? string the component concerned
---@field since number when it was raised
---@field last_seen number when it was last raised again
---@field count integer how often it was raised
---@field resolved_at? number when it was over
---@field silenced_until? number until when nobody is told of it

---A time in which nobody is told of some alerts.
---@class mcp.Silence
---@field id integer its number
---@field match string what it is about
---@field until number when it ends
---@field reason string why
---@field actor mcp.Actor who made it
---@field created_at number when it was made

---Whether a sink took a test message.
---@class mcp.AlertTest
---@field sink string the sink's name
---@field error? mcp.Error why it did not

---What a web server answered.
---@class mcp.Response
---@field status integer the status
---@field headers table<string, string> names in lower case
---@field body string the body

---How one of several functions ended.
---@class mcp.Outcome
---@field ok boolean whether it neither raised nor returned nil and an error
---@field value? any the first value that it returned
---@field error? mcp.Error why it failed

---Why something failed; `tostring` gives the message.
---@class mcp.Error
---@field code string the kind of failure, such as `not_found` or `timeout`
---@field message string what was being done, to what, and why it failed
---@field cause? string the words of whoever reported it
---@field hint? string what to do next
---@field service? string the service concerned
---@field component? string the component concerned
---@field details? string[] further lines

---Describes the node and its agent.
---@return mcp.Node? node the node
---@return mcp.Error? error
function mcp.node() end

---Returns the configured nodes, by name.
---
---A node that cannot be reached has `reachable = false` and an `error`. Every function is a method of a node as well: `mcp.nodes().rift:ps()`.
---@return table<string, table>? nodes name, address, reachable, info or error of each node
---@return mcp.Error? error
function mcp.nodes() end

---Calls a function on the node of that name.
---
---What `mcp.nodes().rift:ps()` does: `mcp.call_on("rift", "ps")`.
---@param node string the node's name
---@param name string the function's name, without `mcp.`
---@param argument1? any what it is called with
---@param argument2? any what it is called with
---@param argument3? any what it is called with
---@param argument4? any what it is called with
---@return any results what it returns
---@return mcp.Error? error
function mcp.call_on(node, name, argument1, argument2, argument3, argument4) end

---Returns the services of the registry.
---@return mcp.ServiceSummary[]? services ordered by name
---@return mcp.Error? error
function mcp.services() end

---Returns a deployed service with its definition.
---
---The definition has the keys of a definition file, so that it can be changed and deployed.
---@param service mcp.Target the service's name
---@return mcp.Service? service the service
---@return mcp.Error? error
function mcp.service(service) end

---Returns components as they are.
---@param options? { service?: mcp.Target, live?: boolean } which components
---@return mcp.Component[]? components the components
---@return mcp.Error? error
function mcp.ps(options) end

---Returns desired against observed state, drift and recent events.
---@param service? mcp.Target only of this service
---@return mcp.Status? status the report
---@return mcp.Error? error
function mcp.status(service) end

---Returns what happened, oldest first.
---@param options? { service?: mcp.Target, since?: mcp.Time, limit?: integer, actor?: string } which events
---@return mcp.Event[]? events the events
---@return mcp.Error? error
function mcp.events(options) end

---Returns the revisions of a service, newest first.
---
---Each has who deployed it, when, how that went, and what it changed.
---@param service mcp.Target the service's name
---@return mcp.Revision[]? revisions newest first
---@return mcp.Error? error
function mcp.history(service) end

---Returns the output of a service's components.
---@param target mcp.Target the service or component
---@param options? { tail?: integer, since?: mcp.Time, failed?: boolean } which lines
---@return mcp.LogLine[]? lines the lines
---@return mcp.Error? error
function mcp.logs(target, options) end

---Examines the node: is everything in place?
---@return mcp.Finding[]? findings what was found
---@return mcp.Error? error
function mcp.doctor() end

---Returns the agent's scripts and what they are called for.
---@return mcp.Script[]? scripts ordered by name
---@return mcp.Error? error
function mcp.scripts() end

---Make the node run a definition.
---
---A name means the operator's definition file in `mcp run` and `mcp shell`, and the deployed definition in the agent's scripts. A table is a definition with the keys of a definition file. What is deployed unchanged and runs is left alone; where the new version does not start, the old one runs again.
---@param what mcp.Target|mcp.Definition the service or component, or a definition
---@param options? { plan?: boolean, timeout?: mcp.Duration } how
---@return mcp.Result? result how it ended
---@return mcp.Error? error
function mcp.deploy(what, options) end

---Stop, remove and forget a service; its data stays.
---
---Data under the service's directory stays.
---@param target mcp.Target the service's name
---@param options? { plan?: boolean, timeout?: mcp.Duration } how
---@return mcp.Result? result how it ended
---@return mcp.Error? error
function mcp.undeploy(target, options) end

---Start a service or a component.
---
---What runs already is left alone.
---@param target mcp.Target the service or component
---@param options? { plan?: boolean, timeout?: mcp.Duration } how
---@return mcp.Result? result how it ended
---@return mcp.Error? error
function mcp.start(target, options) end

---Stop a service or a component.
---
---What is stopped already is left alone; it stays stopped until it is started or deployed.
---@param target mcp.Target the service or component
---@param options? { plan?: boolean, timeout?: mcp.Duration } how
---@return mcp.Result? result how it ended
---@return mcp.Error? error
function mcp.stop(target, options) end

---Stop and start a service or a component.
---
---What was stopped is started.
---@param target mcp.Target the service or component
---@param options? { plan?: boolean, timeout?: mcp.Duration } how
---@return mcp.Result? result how it ended
---@return mcp.Error? error
function mcp.restart(target, options) end

---Deploy an earlier revision of a service again.
---
---It becomes a new revision, and is a deploy in every other way.
---@param service mcp.Target the service's name
---@param options? { revision?: integer, plan?: boolean, timeout?: mcp.Duration } to which, and how
---@return mcp.Result? result how it ended
---@return mcp.Error? error
function mcp.rollback(service, options) end

---Make the node match a set of definitions.
---
---Without definitions, those of the operator's definition files (`mcp run`, `mcp shell`) or of the registry (the agent's scripts). Goes on past a service that fails.
---@param options? { definitions?: mcp.Definition[], prune?: boolean, plan?: boolean } what and how
---@return mcp.SyncResult? result results and failures
---@return mcp.Error? error
function mcp.sync(options) end

---Make everything run that should: start what does not run, create again what is gone.
---
---What runs is left alone. Goes on past a service that fails.
---@param options? { services?: string[], parallel?: integer, plan?: boolean } what and how
---@return mcp.SyncResult? result results and failures
---@return mcp.Error? error
function mcp.recover(options) end

---Run a command in a container.
---
---A command that ends with another code than 0 is a result, not an error. Output is kept up to 1 MiB.
---@param target mcp.Target the component, or a service with one component
---@param command string[] the program and its arguments
---@param options? { stdin?: string, timeout?: mcp.Duration } how
---@return mcp.ExecResult? result code, stdout and stderr
---@return mcp.Error? error
function mcp.exec(target, command, options) end

---Read the agent's scripts again and swap them for what runs.
---
---A script that does not load keeps its last good version.
---@param name? string only this script, such as `hooks/notify.lua`
---@return mcp.ScriptReport[]? reports what became of each
---@return mcp.Error? error
function mcp.reload_scripts(name) end

---Load the agent's scripts without effects and say what is wrong.
---
---Each script is loaded beside what runs, and every change it would make is only planned.
---@return mcp.ScriptReport[]? reports what is wrong, if anything
---@return mcp.Error? error
function mcp.check_scripts() end

---Take running containers under management without restarting them.
---
---Definitions are derived from the containers. Without `containers` or `project` those are taken whose name is `<service>-<component>`. What a definition cannot say is refused unless `force` is set.
---@param service? string the service that they become; nil takes all that is no service's
---@param options? { containers?: table<string, string>, project?: string, force?: boolean, plan?: boolean } which and how
---@return mcp.AdoptReport? report what was taken
---@return mcp.Error? error
function mcp.adopt(service, options) end

---List the secrets of services: names, never values.
---@param service? string only this service
---@return mcp.Secret[]? secrets the secrets
---@return mcp.Error? error
function mcp.secrets(service) end

---Give a secret of a service a value.
---
---Components get it with their next deploy. The value that it has already changes nothing.
---@param service string the service's name
---@param name string the secret's name
---@param value string its value
---@return mcp.Secret? secret the secret, without its value
---@return mcp.Error? error
function mcp.set_secret(service, name, value) end

---Forget a secret of a service.
---
---One that the deployed definition uses is refused.
---@param service string the service's name
---@param name string the secret's name
---@return boolean? removed true
---@return mcp.Error? error
function mcp.remove_secret(service, name) end

---List the tokens that the node has issued: what they allow, never what they are.
---@return mcp.Token[]? tokens the tokens, the newest first
---@return mcp.Error? error
function mcp.tokens() end

---Issue a token for an operator elsewhere.
---
---Its text is in the result and is kept nowhere.
---@param options { name: string, role: "viewer"|"operator"|"admin", ttl: mcp.Duration } what it is
---@return mcp.IssuedToken? issued the token
---@return mcp.Error? error
function mcp.create_token(options) end

---Make a token worthless from the next call on.
---@param token string its number, or a name that one valid token has
---@return mcp.Token? token the token as it is then
---@return mcp.Error? error
function mcp.revoke_token(token) end

---Send a file or a directory to a service's directory on the node.
---
---As `mcp push`: the file is one of the machine on which the script was started. Scripts of the agent see no files.
---@param file string the file or directory here
---@param service string the service's name
---@param path? string where it goes, below the service's directory; with a slash at its end, a directory that takes it
---@return mcp.Transfer? result what was sent
---@return mcp.Error? error
function mcp.push(file, service, path) end

---Fetch a file or a directory from a service's directory on the node.
---
---As `mcp pull`: it comes to the machine on which the script was started.
---@param service string the service's name
---@param path string what, below the service's directory
---@param file? string where it goes here; the current directory otherwise
---@return mcp.Transfer? result what was fetched
---@return mcp.Error? error
function mcp.pull(service, path, file) end

---List what an operator should know of, and what is silenced.
---@param options? { resolved?: integer } which
---@return mcp.AlertList? list alerts and silences
---@return mcp.Error? error
function mcp.alerts(options) end

---Tell nobody of some alerts for a while.
---
---What is still wrong afterwards is told then.
---@param options { match: string, duration: mcp.Duration, reason?: string } what, and for how long
---@return mcp.Silence? silence the silence
---@return mcp.Error? error
function mcp.silence(options) end

---End a silence.
---@param id integer its number
---@return boolean? ended true
---@return mcp.Error? error
function mcp.unsilence(id) end

---Send a test message to everywhere alerts are sent to.
---@return mcp.AlertTest[]? results each sink, and why it did not take the message
---@return mcp.Error? error
function mcp.test_alerts() end

---Waits until a service or component is in a state.
---
---`healthy` is running, and passing its health check where it has one. `up` is that for every component that should run; a job that has ended well is up, too.
---@param target mcp.Target the service or component
---@param options? { state?: "running"|"healthy"|"stopped"|"up", timeout?: mcp.Duration } for what, how long
---@return boolean? reached true
---@return mcp.Error? error
function mcp.wait(target, options) end

---Looks whether something answers: a TCP port, an HTTP URL with a status from 200 to 399, or a gRPC server that serves.
---@param options { tcp?: string, http?: string, grpc?: string, timeout?: mcp.Duration } what to look at: `tcp`, `http` or `grpc`
---@return boolean? answers true
---@return mcp.Error? error
function mcp.check(options) end

---Runs the node's boot sequence from its first stage.
---
---What runs is left alone. Fails while a sequence is under way.
---@param options? { plan?: boolean } how
---@return mcp.BootReport? report how it went
---@return mcp.Error? error
function mcp.boot(options) end

---Returns the stages of the agent's configuration, `[[boot.sequence]]`.
---@return mcp.BootStage[] stages in order
function mcp.boot_sequence() end

---Says which stages are about to be brought up.
---@param stages mcp.BootDeclaration[] in order
---@return mcp.BootState? state `ended`, the stages by name that have ended before in this boot of the machine; `planned`, whether nothing is to be done
---@return mcp.Error? error
function mcp.boot_declare(stages) end

---Says how a stage is now.
---
---`done` and `failed` end the stage for as long as the machine runs.
---@param stage string its name
---@param state "running"|"retrying"|"done"|"failed" how it is
---@param message? string why
---@return boolean? noted true
---@return mcp.Error? error
function mcp.boot_note(stage, state, message) end

---Calls a function after each event of a kind.
---
---Kinds: `deploy`, `undeploy`, `start`, `stop`, `restart`, `recovered`, `exit`, `running`, `removed`, `healthy`, `unhealthy`, `drift`, `drift-ended`, `flapping`, `crash-loop`, `healing-ended`, `boot-stage`, `boot-done`, `boot-failed`, `alert-unsent`, `alert-sent`, `silence`, `exec`, `denied`, `agent-start`, `agent-stop`, `resumed`, `alert`, and whatever scripts emit. An operation that failed is an event too: see `details.result`. A hook that fails changes nothing of what it watches; the failure is an event.
---@param kind string the kind of event
---@param handler fun(event: mcp.Event) what is called
---@param options? { service?: mcp.Target, component?: string } which events
function mcp.on(kind, handler, options) end

---Asks a function before a primitive is carried out.
---
---It refuses by returning `false` and a reason, which the operator sees. One that fails, or takes longer than 30 seconds, refuses as well. It can read and wait, and change nothing. Primitives: `deploy`, `undeploy`, `start`, `stop`, `restart`, `rollback`, `sync`, `recover`, `boot`, `adopt`, `exec`, `reload_scripts`, `set_secret`, `remove_secret`, `silence`, `unsilence`, `test_alerts`, `create_token`, `revoke_token`, `push`, `pull`.
---@param primitive "deploy"|"undeploy"|"start"|"stop"|"restart"|"rollback"|"sync"|"recover"|"boot"|"adopt"|"exec"|"reload_scripts"|"set_secret"|"remove_secret"|"silence"|"unsilence"|"test_alerts"|"create_token"|"revoke_token"|"push"|"pull" what is about to be done
---@param handler fun(op: mcp.Operation): boolean?, string? what is asked
---@param options? { service?: mcp.Target } which operations
function mcp.before(primitive, handler, options) end

---Calls a function again and again, the next time after the last one has ended.
---@param period mcp.Duration the time between, at least 1s
---@param handler fun() what is called
function mcp.every(period, handler) end

---Calls a function when a cron schedule says so, in the node's time zone.
---
---Five fields: minute, hour, day of month, month, day of week; with lists, ranges, steps and names; or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`. A time that passes while the last call still runs, or while the agent is down, is left out.
---@param schedule string such as `0 3 * * *`
---@param handler fun() what is called
function mcp.cron(schedule, handler) end

---Tells the operator: raises an alert, and writes an event of the kind `alert`.
---
---It is active until it is resolved: raised again meanwhile, it is counted and not told again. See `mcp alerts`.
---@param alert { severity?: "info"|"warning"|"critical", summary: string, key?: string, resolved?: boolean, service?: mcp.Target, details?: table<string, string|number|boolean> } what to tell
---@return mcp.Error? error
function mcp.alert(alert) end

---Writes an event of a kind of one's own, for `mcp.on` and for the history.
---@param kind string lower-case letters, digits and dashes; not one of the agent's own kinds
---@param details? table<string, string|number|boolean> facts by name; `message` and `service` are taken as such
---@return mcp.Error? error
function mcp.emit(kind, details) end

---Calls functions side by side and waits for all of them.
---
---Each outcome has `ok`, and `value` (the first that was returned) or `error`.
---@param functions fun(): any[] what is called
---@param options? { limit?: integer } how
---@return mcp.Outcome[] outcomes in the order of the functions
function mcp.parallel(functions, options) end

---Waits.
---@param duration mcp.Duration how long
function mcp.sleep(duration) end

---Calls a function that has to end in time.
---
---Returns what the function returns. A mistake that it raises is raised again; an error of an operation is returned.
---@param duration mcp.Duration how long it may take
---@param body fun(): ... what is called
---@return any results what the function returned
---@return mcp.Error? error
function mcp.timeout(duration, body) end

---Calls a function again until it neither raises nor returns nil and an error.
---
---The pause doubles from one attempt to the next, up to `max`. Ends as the last attempt did.
---@param options { attempts?: integer, backoff?: mcp.Duration, max?: mcp.Duration } how often
---@param body fun(attempt: integer): ... what is called
---@return any results what the last attempt returned
---@return mcp.Error? error
function mcp.retry(options, body) end

---Calls a function and undoes what it deployed, newest first, where it fails.
---
---Failing is raising, returning nil and an error, and being stopped; an error of an operation is returned, a mistake is raised again. Each service that was deployed, undeployed, started or stopped inside gets its former definition and desired state back; one that was not there is undeployed.
---@param body fun(): ... what is called
---@return any results what the function returned
---@return mcp.Error? error
function mcp.tx(body) end

---Returns the time in seconds since 1970, with milliseconds.
---@return number time the time
function mcp.now() end

---Returns the name of the machine that the script runs on.
---@return string name the name
function mcp.hostname() end

mcp.log = {}

---Logs a line at the level `debug`.
---
---In the agent's log for its scripts, on standard error elsewhere.
---@param message string the line
---@param fields? table facts by name
function mcp.log.debug(message, fields) end

---Logs a line at the level `info`.
---
---In the agent's log for its scripts, on standard error elsewhere.
---@param message string the line
---@param fields? table facts by name
function mcp.log.info(message, fields) end

---Logs a line at the level `warn`.
---
---In the agent's log for its scripts, on standard error elsewhere.
---@param message string the line
---@param fields? table facts by name
function mcp.log.warn(message, fields) end

---Logs a line at the level `error`.
---
---In the agent's log for its scripts, on standard error elsewhere.
---@param message string the line
---@param fields? table facts by name
function mcp.log.error(message, fields) end

mcp.store = {}

---Returns a value that the script has kept.
---@param key string its name
---@return any value the value; nil where there is none
---@return mcp.Error? error
function mcp.store.get(key) end

---Keeps a small value, which survives restarts; each script has its own.
---
---A value is what JSON can say, at most 64 KiB of it; a script has at most 1,000 keys.
---@param key string its name, at most 200 bytes
---@param value any the value
---@return boolean? kept true
---@return mcp.Error? error
function mcp.store.set(key, value) end

---Forgets a value that the script has kept.
---@param key string its name
---@return boolean? forgotten true
---@return mcp.Error? error
function mcp.store.delete(key) end

mcp.http = {}

---Asks a web server.
---
---An answer with any status is a result. Redirects are not followed. The agent's scripts may speak to the hosts that `http_hosts` of `[scripts]` in its configuration names.
---@param url string http or https
---@param options? { headers?: table<string, string>, timeout?: mcp.Duration } how
---@return mcp.Response? response what came back
---@return mcp.Error? error
function mcp.http.get(url, options) end

---Sends something to a web server.
---
---An answer with any status is a result. Redirects are not followed. The agent's scripts may speak to the hosts that `http_hosts` of `[scripts]` in its configuration names.
---@param url string http or https
---@param options? { body?: string, json?: any, headers?: table<string, string>, timeout?: mcp.Duration } what and how
---@return mcp.Response? response what came back
---@return mcp.Error? error
function mcp.http.post(url, options) end

mcp.json = {}

---Writes a value as JSON, keys in order.
---
---An empty table becomes `{}`.
---@param value any the value
---@param options? { pretty?: boolean } how
---@return string? text the JSON text
---@return mcp.Error? error
function mcp.json.encode(value, options) end

---Reads JSON.
---
---`null` becomes nil.
---@param text string the JSON text
---@return any value the value
---@return mcp.Error? error
function mcp.json.decode(text) end

mcp.toml = {}

---Reads a TOML document.
---@param text string the document
---@return table? document the document
---@return mcp.Error? error
function mcp.toml.decode(text) end

---Returns the SHA-256 of a string, in hexadecimal.
---@param text string the string
---@return string digest 64 hexadecimal digits
function mcp.sha256(text) end

mcp.base64 = {}

---Writes a string in Base64 (RFC 4648).
---@param text string the string
---@return string encoded the Base64 text
function mcp.base64.encode(text) end

---Reads Base64 (RFC 4648).
---@param encoded string the Base64 text
---@return string? text the string
---@return mcp.Error? error
function mcp.base64.decode(encoded) end

mcp.test = {}

---Runs a test on a simulated node of its own.
---
---The node has the real orchestrator, an empty registry, a runtime in memory, and a clock that stands at 2026-01-01T00:00:00Z until it is moved. All other functions of `mcp` act on it.
---@param name string a sentence that says what is true
---@param body fun() the test, which fails by raising
function mcp.test.case(name, body) end

---Loads a script as the agent would.
---@param script string its path below the scripts' directory
---@return boolean? loaded true
---@return mcp.Error? error
function mcp.test.load(script) end

---Returns the text of a script, for `load`.
---@param script string its path below the scripts' directory
---@return string? text the text
---@return mcp.Error? error
function mcp.test.source(script) end

---Runs a boot script as the agent would, and moves the clock meanwhile.
---@param script string its path below the scripts' directory
---@param options? { sequence?: mcp.BootStage[], env?: table<string, string>, limit?: mcp.Duration } with what
---@return mcp.BootProgress? progress how far it came: `running` where it was stopped by the limit
---@return mcp.Error? error
function mcp.test.boot(script, options) end

---Makes something happen, and waits until the hooks are done with it.
---@param event { kind: string, service?: mcp.Target, component?: string, message?: string, details?: table<string, string> } what happens
function mcp.test.event(event) end

---Waits until the hooks are done with what has happened, or sleep.
function mcp.test.settle() end

---Moves the clock; what is due on the way happens, in order.
---@param duration mcp.Duration how far
function mcp.test.advance(duration) end

---Lets a component's process end by itself, and waits for the hooks.
---@param target mcp.Target the component
---@param code? integer its exit code; 1 by default
function mcp.test.exit(target, code) end

---Writes a line of output in the name of a component.
---@param target mcp.Target the component
---@param line string the line
function mcp.test.output(target, line) end

---Makes the next step of a kind fail.
---@param step "pull"|"create"|"start"|"stop"|"remove"|"rename"|"network"|"exec"|"list"|"inspect" what fails
---@param options? { target?: mcp.Target, image?: string, message?: string, times?: integer } for what
function mcp.test.fail(step, options) end

---Returns what the runtime was asked to do, such as `create web-api`.
---@return string[] calls oldest first
function mcp.test.calls() end

---Returns what the hooks logged and printed, as `level: line`.
---@return string[] lines oldest first
function mcp.test.logged() end

---Lets a function answer what hooks send over HTTP; without one it is 200.
---@param answer fun(request: { method: string, url: string, headers: table, body: string }): mcp.Response? returns a response, or nil and an error
function mcp.test.http(answer) end

---Returns what hooks have sent over HTTP.
---@return table[] requests method, url, headers and body of each
function mcp.test.requests() end

---Raises unless two values are equal, tables by their contents.
---@param actual any what is
---@param expected any what should be
---@param note? string what it is about
function mcp.test.equal(actual, expected, note) end

