import Engine
import Testing

/// What is reported for a component that is wrong in one place.
@Suite struct ComponentProblemTests {
  private func problems(_ text: String) throws -> [String] {
    let error = #expect(throws: EngineError.self) { try ServiceFile.parse(text, source: "web.toml") }
    return try #require(error).details
  }

  @Test(arguments: [
    (
      "port = 80",
      "components[0].port: unknown key; did you mean `ports`?"
    ),
    ("zzzzzz = 1", "components[0].zzzzzz: unknown key"),
    ("\"a b\\n\" = 1", "components[0].\"a b\\u{a}\": unknown key"),
    ("runtime = \"vm\"", "components[0].runtime: must be `container` or `unikernel`, not `vm`"),
    (
      "restart = \"sometimes\"",
      "components[0].restart: must be `no`, `on-failure`, `on-failure:N`, `always` or `unless-stopped`, not `sometimes`"
    ),
    (
      "restart = \"on-failure:0\"",
      "components[0].restart: must be `no`, `on-failure`, `on-failure:N`, `always` or `unless-stopped`, not `on-failure:0`"
    ),
    ("restart = true", "components[0].restart: must be a string, not a boolean"),
    ("user = \"a b\"", "components[0].user: must be `uid[:gid]` or `name[:group]`, not `a b`"),
    ("user = \"1:2:3\"", "components[0].user: must be `uid[:gid]` or `name[:group]`, not `1:2:3`"),
    ("user = \"4294967295\"", "components[0].user: must be `uid[:gid]` or `name[:group]`, not `4294967295`"),
    ("user = \"\"", "components[0].user: must be `uid[:gid]` or `name[:group]`, not ``"),
    (
      "network = \"a/b\"",
      "components[0].network: must be at most 64 letters, digits, `_`, `.` and `-`, not `a/b`"
    ),
    (
      "network = \"bridge\"",
      "components[0].network: `bridge` is a mode of the runtime, not the name of a network"
    ),
    ("network = [[]]", "components[0].network: must be a string, not an array"),
    ("heal = \"yes\"", "components[0].heal: must be a boolean, not a string"),
    ("cmd = \"server\"", "components[0].cmd: must be an array of strings, not a string"),
    ("cmd = [\"a\", 1]", "components[0].cmd[1]: must be a string, not an integer"),
    ("cmd = [\"a\\u001b[31m\"]", "components[0].cmd[0]: must not contain control characters"),
    ("cmd = [\"a\\u0085\"]", "components[0].cmd[0]: must not contain control characters"),
    ("cmd = [\"a\\r\"]", "components[0].cmd[0]: must not contain control characters"),
    (
      "network = \"none\"\nports = [\"80:80\"]",
      "components[0].ports: cannot be published with `network = \"none\"`"
    ),
    ("memory = 0", "components[0].memory: must be from 1MiB to 16TiB"),
    ("memory = -5", "components[0].memory: must be from 1MiB to 16TiB"),
    ("memory = 9223372036854775807", "components[0].memory: must be from 1MiB to 16TiB"),
    ("memory = \"9999999999999TiB\"", "components[0].memory: is too large"),
    ("memory = \"99999999999999999999\"", "components[0].memory: is too large"),
    (
      "memory = \"1.5GiB\"",
      "components[0].memory: must be a size such as `256MiB` or `2GiB`, or a number of bytes, not `1.5GiB`"
    ),
    (
      "memory = \"\"",
      "components[0].memory: must be a size such as `256MiB` or `2GiB`, or a number of bytes, not ``"
    ),
    ("memory = 1.5", "components[0].memory: must be a string, not a floating-point number"),
    ("cpus = inf", "components[0].cpus: must be a finite number"),
    ("cpus = -nan", "components[0].cpus: must be a finite number"),
    ("cpus = 0", "components[0].cpus: must be from 0.01 to 1024"),
    ("cpus = 1e300", "components[0].cpus: must be from 0.01 to 1024"),
    ("cpus = \"1\"", "components[0].cpus: must be a number, not a string"),
    (
      "labels = { \"io.metacircular.service\" = \"x\" }",
      "components[0].labels.\"io.metacircular.service\": labels that begin with `io.metacircular.` are the agent's own"
    ),
    ("labels = { a = 1 }", "components[0].labels.a: must be a string, not an integer"),
    (
      "labels = { \"\" = \"x\" }",
      "components[0].labels.\"\": is not the name of a label: letters, digits, `_`, `.`, `-` and `/`, at most 128"
    ),
    ("labels = [\"a\"]", "components[0].labels: must be a table, not an array"),
    ("sha256 = \"ab\"", "components[0].sha256: is only for `runtime = \"unikernel\"`"),
    ("cmdline = \"x\"", "components[0].cmdline: is only for `runtime = \"unikernel\"`"),
  ])
  func `a component's key is judged`(lines: String, expected: String) throws {
    #expect(try problems(Samples.component(lines)) == [expected])
  }

  @Test(arguments: [
    ("nginx", "has no tag: name a version or a digest, or set `allow_latest = true`"),
    (
      "nginx:latest",
      "has the tag `latest`, which names another image tomorrow: name a version or a digest, or set `allow_latest = true`"
    ),
    ("registry.example:5000/nginx", "has no tag: name a version or a digest, or set `allow_latest = true`"),
    ("", "must not be empty"),
    (
      "Nginx:1",
      "`Nginx:1` is not an image: a name consists of lower-case letters, digits and `.`, `_`, `-` between them"
    ),
    (
      "a//b:1",
      "`a//b:1` is not an image: a name consists of lower-case letters, digits and `.`, `_`, `-` between them"
    ),
    (
      "a/:1",
      "`a/:1` is not an image: a name consists of lower-case letters, digits and `.`, `_`, `-` between them"
    ),
    ("nginx:", "`` is not a tag"),
    ("nginx:a b", "`a b` is not a tag"),
    ("nginx@sha256:abc", "the digest must be `sha256:` and 64 hexadecimal digits, not `sha256:abc`"),
    ("host.example:99999/a:1", "`host.example:99999` is not a registry"),
    ("-x.example/a:1", "`-x.example` is not a registry"),
    ("https://x.example/a:1", "`https:` is not a registry"),
    (
      "a\u{301}:1",
      "`a\u{301}:1` is not an image: a name consists of lower-case letters, digits and `.`, `_`, `-` between them"
    ),
  ])
  func `an image must be named exactly`(image: String, expected: String) throws {
    let text = "name = \"web\"\n[[components]]\nname = \"api\"\nimage = \"\(image)\"\n"
    #expect(try problems(text) == ["components[0].image: \(expected)"])
  }

  @Test(arguments: [
    ("8080", "must be `[host-ip:]host-port:port[/proto]`, not `8080`"),
    ("", "must be `[host-ip:]host-port:port[/proto]`, not ``"),
    ("0:80", "ports are numbers from 1 to 65535, not `0`"),
    ("80:65536", "ports are numbers from 1 to 65535, not `65536`"),
    ("80:+1", "ports are numbers from 1 to 65535, not `+1`"),
    ("-1:80", "ports are numbers from 1 to 65535, not `-1`"),
    ("080:80", "ports are numbers from 1 to 65535, not `080`"),
    ("80-90:80-90", "ports are numbers from 1 to 65535, not `80-90`"),
    ("80:80/sctp", "the protocol must be `tcp` or `udp`, not `sctp`"),
    ("localhost:80:80", "`localhost` is not an IP address of the host"),
    (":80:80", "`` is not an IP address of the host"),
    ("300.0.0.1:80:80", "`300.0.0.1` is not an IP address of the host"),
    ("::1:80:80", "an IPv6 address must be in brackets, such as `[::1]:8080:80`"),
    ("[::1:80:80", "must be `[host-ip:]host-port:port[/proto]`, not `[::1:80:80`"),
    ("[127.0.0.1]:80:80", "`127.0.0.1` is not an IPv6 address"),
    ("[::1%eth0]:80:80", "`::1%eth0` is not an IPv6 address"),
  ])
  func `a port mapping must be complete`(mapping: String, expected: String) throws {
    #expect(
      try problems(Samples.component("ports = [\"1:1\", \"\(mapping)\"]")) == [
        "components[0].ports[1]: \(expected)"
      ])
  }

  @Test(arguments: [
    ("/srv/x", "must be `host-path:path[:ro]`, not `/srv/x`"),
    ("srv:/x", "the host path must be an absolute path, not `srv`"),
    ("/srv:x", "the path in the component must be an absolute path, not `x`"),
    ("/srv/../etc:/x", "the host path must not contain `..`"),
    ("/srv/../\u{301}etc:/x", "the host path must not contain `..`"),
    ("/srv/..:/x", "the host path must not contain `..`"),
    ("/srv/x/:/x", "the host path must be written in its shortest form, `/srv/x`"),
    ("/srv//x:/x", "the host path must be written in its shortest form, `/srv/x`"),
    ("/srv/x:/./x", "the path in the component must be written in its shortest form, `/x`"),
    ("/srv/x:/", "nothing can be mounted over the component's root"),
    ("/srv/x:/x:z", "the option must be `ro` or `rw`, not `z`"),
    ("/srv/x:/x:ro:ro", "must be `host-path:path[:ro]`, not `/srv/x:/x:ro:ro`"),
    (":/x", "the host path must not be empty"),
    ("/y:/first", "`/first` is mounted twice"),
  ])
  func `a volume's paths must be plain`(volume: String, expected: String) throws {
    #expect(
      try problems(Samples.component("volumes = [\"/srv/a:/first\", \"\(volume)\"]")) == [
        "components[0].volumes[1]: \(expected)"
      ])
  }

  @Test(arguments: [
    ("env = \"A=1\"", "components[0].env: must be an array of `KEY=value` or a table, not a string"),
    ("env = [\"A\"]", "components[0].env[0]: must be `KEY=value`, not `A`"),
    ("env = [1]", "components[0].env[0]: must be a string `KEY=value`, not an integer"),
    (
      "env = [\"=1\"]",
      "components[0].env[0]: `` is not the name of a variable: letters, digits, `_`, `.` and `-`, at most 256"
    ),
    (
      "env = [\"1A=1\"]",
      "components[0].env[0]: `1A` is not the name of a variable: letters, digits, `_`, `.` and `-`, at most 256"
    ),
    ("env = [\"A=1\", \"B=2\", \"A=3\"]", "components[0].env[2]: `A` is set twice"),
    ("env = [\"A=\\u0007\"]", "components[0].env[0]: the value of `A` must not contain control characters"),
    (
      "env = { PORT = 8080 }",
      "components[0].env.PORT: must be a string, not an integer: put the value in quotes"
    ),
    ("env = { ON = true }", "components[0].env.ON: must be a string, not a boolean: put the value in quotes"),
    (
      "env = { A = \"\", \"B C\" = \"x\" }",
      "components[0].env.\"B C\": `B C` is not the name of a variable: letters, digits, `_`, `.` and `-`, at most 256"
    ),
    ("env = { A = [] }", "components[0].env.A: must be a string or `{ secret = \"name\" }`, not an array"),
    ("env = { A = {} }", "components[0].env.A.secret: is required"),
    (
      "env = { A = { secert = \"x\", secret = \"y\" } }",
      "components[0].env.A.secert: unknown key; did you mean `secret`?"
    ),
    (
      "env = { A = { secret = \"../x\" } }",
      "components[0].env.A: `../x` is not the name of a secret: letters, digits, `_`, `.` and `-`, at most 64"
    ),
    ("env = [{ name = \"A\" }]", "components[0].env[0].secret: is required"),
  ])
  func `the environment is judged`(lines: String, expected: String) throws {
    #expect(try problems(Samples.component(lines)) == [expected])
  }

  @Test(arguments: [
    ("health = 1", "health: must be a table, not an integer"),
    ("health = {}", "health.type: is required"),
    ("health = { type = \"tcp\" }", "health.port: is required for `tcp`"),
    ("health = { type = \"grpc\", port = 0 }", "health.port: must be an integer from 1 to 65535"),
    ("health = { type = \"grpc\", port = 1, path = \"/\" }", "health.path: is only for `http`"),
    (
      "health = { type = \"http\", port = 1, path = \"x\" }",
      "health.path: must begin with `/` and must not contain spaces"
    ),
    (
      "health = { type = \"http\", port = 1, status = \"2xx\" }",
      "health.status: must be a status such as `200` or a range such as `200-399`, not `2xx`"
    ),
    ("health = { type = \"tcp\", port = 1, status = \"200\" }", "health.status: is only for `http`"),
    ("health = { type = \"grpc\", port = 1, body = \"ok\" }", "health.body: is only for `http`"),
    (
      "health = { type = \"tcp\", port = 2 }",
      "health.port: is not published: the agent reaches a component through `ports` and `routes`; add 2 to one of them"
    ),
    ("health = { type = \"http\", port = 1, command = [\"x\"] }", "health.command: is only for `exec`"),
    ("health = { type = \"exec\" }", "health.command: is required for `exec`"),
    ("health = { type = \"exec\", command = [\"x\"], port = 1 }", "health.port: is not for `exec`"),
    (
      "health = { type = \"tcp\", port = 1, interval = 10 }",
      "health.interval: must be a string, not an integer"
    ),
    (
      "health = { type = \"tcp\", port = 1, interval = \"10\" }",
      "health.interval: must be a duration such as `10s`, `500ms` or `1m30s`, not `10`"
    ),
    (
      "health = { type = \"tcp\", port = 1, interval = \"s\" }",
      "health.interval: must be a duration such as `10s`, `500ms` or `1m30s`, not `s`"
    ),
    (
      "health = { type = \"tcp\", port = 1, interval = \"-1s\" }",
      "health.interval: must be a duration such as `10s`, `500ms` or `1m30s`, not `-1s`"
    ),
    (
      "health = { type = \"tcp\", port = 1, interval = \"30s1m\" }",
      "health.interval: must be a duration such as `10s`, `500ms` or `1m30s`, not `30s1m`"
    ),
    (
      "health = { type = \"tcp\", port = 1, interval = \"1s1s\" }",
      "health.interval: must be a duration such as `10s`, `500ms` or `1m30s`, not `1s1s`"
    ),
    (
      "health = { type = \"tcp\", port = 1, interval = \"1ms\" }", "health.interval: must be from 100ms to 1d"
    ),
    ("health = { type = \"tcp\", port = 1, timeout = \"0s\" }", "health.timeout: must be from 1ms to 1h"),
    (
      "health = { type = \"tcp\", port = 1, start_period = \"9999999999999999d\" }",
      "health.start_period: is longer than ten years"
    ),
    (
      "health = { type = \"tcp\", port = 1, retries = 0 }", "health.retries: must be an integer from 1 to 100"
    ),
    ("routes = [{}]", "routes[0].port: is required"),
    ("routes = [1]", "routes[0]: must be a table, not an integer"),
    (
      "routes = { port = 1 }",
      "routes: must be an array of tables, written `[[components[0].routes]]`, not a table"
    ),
    (
      "routes = [{ port = 1 }, { port = 2, name = \"x\" }]",
      "routes[0].name: is required where a component has several routes"
    ),
    (
      "routes = [{ port = 1, name = \"x\" }, { port = 2, name = \"x\" }]",
      "routes[1].name: `x` is the name of another route as well"
    ),
    ("routes = [{ port = 1, mode = \"l3\" }]", "routes[0].mode: must be `l4` or `l7`, not `l3`"),
    ("routes = [{ port = 1, hostname = \"a_b\" }]", "routes[0].hostname: is not the name of a host: `a_b`"),
  ])
  func `health checks and routes are judged`(lines: String, expected: String) throws {
    let published = "ports = [\"1:1\"]\n"
    #expect(try problems(Samples.component(published + lines)) == ["components[0].\(expected)"])
  }

  @Test(arguments: [
    (
      "",
      [
        "image: a unikernel needs `image`, `kernel` or `disk`",
        "memory: is required for a unikernel: the size of its RAM",
      ]
    ),
    ("memory = \"64MiB\"\nkernel = \"uk.elf\"", ["kernel: must be an absolute path, not `uk.elf`"]),
    ("memory = \"64MiB\"\nkernel = \"/a,readonly\"", ["kernel: must not contain a comma"]),
    ("memory = \"64MiB\"\nkernel = \"/k\"\ncpus = 1.5", ["cpus: must be a whole number for a unikernel"]),
    ("memory = \"64MiB\"\nkernel = \"/k\"\nuser = \"0\"", ["user: is only for containers"]),
    (
      "memory = \"64MiB\"\nkernel = \"/k\"\nsha256 = \"xyz\"",
      ["sha256: must be 64 hexadecimal digits, not `xyz`"]
    ),
    ("memory = \"64MiB\"\ndisk = \"/d\"\ninitrd = \"/i\"", ["initrd: needs a `kernel`"]),
    (
      "memory = \"64MiB\"\ndisk = \"/d\"\nhealth = { type = \"exec\", command = [\"x\"] }",
      ["health.type: `exec` is for containers only"]
    ),
  ])
  func `a unikernel is judged`(lines: String, expected: [String]) throws {
    let text = "name = \"web\"\n[[components]]\nname = \"api\"\nruntime = \"unikernel\"\n\(lines)\n"
    #expect(try problems(text) == expected.map { "components[0].\($0)" })
  }
}
