import Foundation
import TestSupport
import Testing

/// A way for a new version to be bad, and what the error must say of it.
///
/// `@SRV@` is the directory of services, `@TAKEN@` a port that is taken.
struct BadVersion: CustomTestStringConvertible, Sendable {
  let testDescription: String
  var image = TestImage.one
  var cmd = serving
  var extra = ""
  var check: String?
  /// Keys before the components.
  var head = ""
  /// Further components.
  var more = ""
  /// Shell commands that are run in the directory of services before.
  var before = ""
  let says: String

  init(
    _ description: String, image: String = TestImage.one, cmd: String = serving, extra: String = "",
    check: String? = nil, head: String = "", more: String = "", before: String = "", says: String
  ) {
    testDescription = description
    (self.image, self.cmd, self.extra, self.check) = (image, cmd, extra, check)
    (self.head, self.more, self.before, self.says) = (head, more, before, says)
  }

  /// What a version that works runs.
  static let serving = shell(
    "mkdir -p /www && echo two > /www/index.html && httpd -f -p 8080 -h /www & trap 'kill $!; exit 0' TERM; wait"
  )

  static func shell(_ script: String) -> String { "[\"sh\", \"-c\", \"\(script)\"]" }

  /// Makes what the version needs on the node.
  func prepare(_ agent: AgentFixture) throws {
    guard !before.isEmpty else { return }
    let shell = try ChildProcess(
      "/bin/sh", ["-c", "cd \(agent.directory.file("srv")) && \(before)"])
    while shell.isRunning { usleep(1000) }
  }

  /// The body of its definition.
  func definition(_ port: Int, taken: Int, _ agent: AgentFixture) -> String {
    (head + "\n" + Self.component(port, cmd: cmd, image: image, extra: extra, check: check) + more)
      .replacing("@SRV@", with: agent.directory.file("srv")).replacing("@TAKEN@", with: "\(taken)")
  }

  /// The component of a version.
  static func component(
    _ port: Int, cmd: String, image: String = TestImage.one, extra: String = "", check: String? = nil
  ) -> String {
    let ports =
      "ports = [\"127.0.0.1:\(port):8080\""
      + (check?.contains("8081") == true ? ", \"127.0.0.1:\(port + 1):8081\"]" : "]")
    return """
      [[components]]
      name = "api"
      image = "\(image)"
      cmd = \(cmd)
      \(ports)
      \(extra)
      """
        + (check.map {
          "\n[components.health]\n\($0)\ninterval = \"300ms\"\ntimeout = \"500ms\"\nretries = 3\n"
        } ?? "")
  }

  private static func second(_ keys: String, cmd: String = TestCommand.idle) -> String {
    "\n[[components]]\nname = \"second\"\nimage = \"\(TestImage.one)\"\ncmd = \(cmd)\n\(keys)\n"
  }

  private static let http = "type = \"http\"\nport = 8080"
  private static let tcp = "type = \"tcp\"\nport = 8080"

  /// A server that sends this whatever is asked; `~` ends a line.
  private static func sending(_ answer: String) -> String {
    let text = answer.replacing("~", with: #"\\r\\n"#)
    return shell("printf '\(text)' > /x; nc -ll -p 8080 -e cat /x & trap 'exit 0' TERM; wait")
  }

  /// Those that are started, or nearly.
  static let thatRun = programs + answers + surroundings

  /// Programs that do not go on.
  private static let programs = [
    BadVersion("exits at once", cmd: shell("echo no; exit 3"), says: "exited(3)"),
    BadVersion("exits at once without an error", cmd: "[\"true\"]", says: "exited(0)"),
    BadVersion(
      "exits after a while", cmd: shell("sleep 0.7; echo gone; exit 4"),
      says: "exited(4)"),
    BadVersion("is killed", cmd: shell("kill -9 $$"), says: "ended"),
    BadVersion("has no such command", cmd: "[\"/no/such\"]", says: "/no/such"),
    BadVersion("never listens, looked at by TCP", cmd: TestCommand.idle, check: tcp, says: "tcp:"),
    BadVersion("never listens, looked at by HTTP", cmd: TestCommand.idle, check: http, says: "http:"),
    BadVersion(
      "never listens, looked at by gRPC", cmd: TestCommand.idle,
      check: "type = \"grpc\"\nport = 8080", says: "grpc:"),
    BadVersion(
      "speaks HTTP/1 only, looked at by gRPC", check: "type = \"grpc\"\nport = 8080",
      says: "grpc:"),
    BadVersion(
      "listens on another port", check: "type = \"http\"\nport = 8081",
      says: "http:"),
    BadVersion("answers 404", check: http + "\npath = \"/none\"", says: "404"),
    BadVersion("answers 200 where 204 is wanted", check: http + "\nstatus = \"204\"", says: "200"),
    BadVersion("answers something else", check: http + "\nbody = \"three\"", says: "three"),
    BadVersion(
      "accepts and never answers",
      cmd: shell("nc -l -p 8080 -e sleep 60 & trap 'exit 0' TERM; wait"),
      check: http, says: "does not pass its health check"),
    BadVersion(
      "fails its command",
      check: "type = \"exec\"\ncommand = [\"sh\", \"-c\", \"echo broken; exit 7\"]",
      says: "broken"),
    BadVersion(
      "has no command to check with", check: "type = \"exec\"\ncommand = [\"/no/check\"]",
      says: "/no/check"),
    BadVersion(
      "hangs in its command", check: "type = \"exec\"\ncommand = [\"sleep\", \"60\"]",
      says: "exec: no answer"),
    BadVersion(
      "is healthy and then dies",
      cmd: shell("mkdir -p /www; echo x > /www/index.html; httpd -p 8080 -h /www; sleep 0.8; exit 5"),
      check: http,
      says: "exited(5)"),
    BadVersion(
      "is healthy and then is not",
      cmd: shell(
        "mkdir -p /www; echo x > /www/index.html; httpd -p 8080 -h /www; sleep 0.3; rm /www/index.html; trap 'exit 0' TERM; sleep 60 & wait"
      ),
      check: http, says: "404"),
    BadVersion(
      "has an image that is nowhere", image: "localhost/no-such-image:1",
      says: "no-such-image"),
    BadVersion(
      "has a volume that is not there", extra: "volumes = [\"@SRV@/nowhere:/data\"]",
      says: "nowhere"),
    BadVersion("wants a user that the image has not", extra: "user = \"nosuch\"", says: "nosuch"),
    BadVersion(
      "cannot write what it needs", cmd: shell("echo x > /proc/version"), says: "exited("
    ),
    BadVersion(
      "is started again and again by its runtime", cmd: shell("sleep 0.2; exit 1"),
      extra: "restart = \"always\"", says: "ended"),
    BadVersion("exits at once, the shell finds nothing", cmd: shell("no-such-program"), says: "exited(127)"),
    BadVersion("exits at once, it may not run that", cmd: shell("/proc/version"), says: "exited(126)"),
    BadVersion("is a directory", cmd: "[\"/proc\"]", says: "/proc"),
    BadVersion("is not in the path", cmd: "[\"no-such-program\"]", says: "no-such-program"),
    BadVersion(
      "lacks a variable", cmd: shell("echo ${NEEDED:?was not given}"), says: "NEEDED: was not given"),
    BadVersion("ends with its input", cmd: "[\"cat\"]", says: "exited(0)"),
    BadVersion("goes into the background", cmd: "[\"httpd\", \"-p\", \"8080\"]", says: "exited(0)"),
    BadVersion("has no memory left", cmd: shell("ulimit -v 64; ls"), says: "exited("),
    BadVersion("opens too many files", cmd: shell("ulimit -n 3; exec 5>/x; sleep 9"), says: "exited("),
    BadVersion(
      "is given up by its runtime", cmd: shell("sleep 0.2; exit 1"), extra: "restart = \"on-failure:2\"",
      says: "ended"),
  ]

  /// Servers that do not answer as they should.
  private static let answers = [
    BadVersion(
      "listens on its own loopback only",
      cmd: shell("httpd -f -p 127.0.0.1:8080 -h / & trap 'exit 0' TERM; wait"), check: http, says: "http:"),
    BadVersion(
      "answers 500", cmd: sending("HTTP/1.1 500 No~Content-Length: 0~~"), check: http, says: "http:"),
    BadVersion(
      "answers elsewhere", cmd: sending("HTTP/1.1 302 Found~Location: /~Content-Length: 0~~"),
      check: http + "\nstatus = \"200\"", says: "http:"),
    BadVersion(
      "asks for a password", cmd: sending("HTTP/1.1 401 No~Content-Length: 0~~"), check: http, says: "http:"),
    BadVersion(
      "answers slowly", cmd: shell("nc -ll -p 8080 -e sleep 3 & trap 'exit 0' TERM; wait"), check: http,
      says: "http:"),
    BadVersion("answers nonsense", cmd: sending("nonsense~"), check: http, says: "http:"),
    BadVersion(
      "answers half", cmd: sending("HTTP/1.1 200 OK~Content-Length: 99~~half"),
      check: http + "\nbody = \"whole\"", says: "http:"),
    BadVersion(
      "closes at once", cmd: shell("nc -ll -p 8080 -e true & trap 'exit 0' TERM; wait"), check: tcp,
      says: "tcp:"),
    BadVersion(
      "has stopped", cmd: shell("httpd -f -p 8080 & sleep 0.2; kill -STOP $!; trap 'exit 0' TERM; wait"),
      check: http, says: "http:"),
    BadVersion(
      "takes too long to begin", cmd: shell("sleep 30 & trap 'exit 0' TERM; wait; httpd -f -p 8080"),
      check: tcp, says: "tcp:"),
    BadVersion(
      "fails its command without a word", check: "type = \"exec\"\ncommand = [\"false\"]", says: "exec:"),
  ]

  /// What is not there, or is somebody else's.
  private static let surroundings = [
    BadVersion("wants a group that the image has not", extra: "user = \"0:nosuch\"", says: "nosuch"),
    BadVersion(
      "writes where it may only read", cmd: shell("touch /data/x"), extra: "volumes = [\"@SRV@/d:/data:ro\"]",
      before: "mkdir -p d", says: "exited(1)"),
    BadVersion(
      "mounts a file over a directory", extra: "volumes = [\"@SRV@/f:/bin\"]", before: "touch f", says: "/bin"
    ),
    BadVersion(
      "publishes a port that another program has", more: second("ports = [\"127.0.0.1:@TAKEN@:80\"]"),
      says: "@TAKEN@"),
    BadVersion(
      "publishes a port that is root's", more: second("ports = [\"127.0.0.1:81:80\"]"), says: "81"),
    BadVersion(
      "has a second component that fails", more: second("", cmd: shell("echo sorry; exit 9")), says: "sorry"),
    BadVersion(
      "depends on what fails", extra: "depends_on = [\"second\"]", more: second("", cmd: shell("exit 9")),
      says: "exited(9)"),
    BadVersion(
      "is in a registry that refuses connections", image: "127.0.0.1:1/web:1", says: "cannot be reached"),
    BadVersion(
      "is in a registry that has no address", image: "registry.invalid/web:1", says: "cannot pull"),
    BadVersion(
      "must not be pulled and is not there", image: "localhost/not-here:1", extra: "pull = \"never\"",
      says: "is not on this node"),
  ]

  /// Those that are refused before anything is touched; `@TAKEN@` is a port of another service.
  static let refused = [
    BadVersion("mounts what is not a service's", extra: "volumes = [\"/etc:/data\"]", says: "lies outside"),
    BadVersion(
      "mounts it through a link", extra: "volumes = [\"@SRV@/link:/data\"]", before: "ln -sfn /etc link",
      says: "(which is /etc)"),
    BadVersion("names a secret that is not set", extra: "secrets = [\"none\"]", says: "not set: none"),
    BadVersion(
      "publishes a port of another service", more: second("ports = [\"@TAKEN@:80\"]"), says: "held by"),
    BadVersion(
      "publishes a port twice", more: second("ports = [\"127.0.0.1:@TAKEN@:80\", \"@TAKEN@:81\"]"),
      says: "claimed twice"),
    BadVersion(
      "publishes ports of no network", extra: "network = \"none\"", says: "cannot be published"),
    BadVersion("waits for itself", extra: "depends_on = [\"api\"]", says: "cannot depend on itself"),
    BadVersion("waits for nobody", extra: "depends_on = [\"nobody\"]", says: "no component is named"),
    BadVersion(
      "waits in a circle", extra: "depends_on = [\"second\"]", more: second("depends_on = [\"api\"]"),
      says: "wait for each other"),
    BadVersion("has no image's name", image: "Not An Image", says: "is not an image"),
    BadVersion("has an image without a version", image: "localhost/mcp-test:latest", says: "allow_latest"),
    BadVersion("has a key that nobody knows", extra: "imagee = \"x\"", says: "imagee"),
    BadVersion("is looked at where it is not", check: "type = \"tcp\"\nport = 9", says: "is not published"),
    BadVersion("belongs elsewhere", head: "node = \"elsewhere\"", says: "elsewhere"),
    BadVersion(
      "takes a label of the agent's", extra: "labels = { \"io.metacircular.service\" = \"x\" }",
      says: "the agent's own"),
    BadVersion("runs what cannot be read", cmd: "\"a string\"", says: "must be an array"),
  ]
}
