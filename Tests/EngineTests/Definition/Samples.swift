/// Definitions that several tests use.
enum Samples {
  /// Every key there is.
  static let everything = """
    name   = "myservice"        # required
    node   = "rift"
    active = false
    path   = "myservice"        # source tree

    [build.images]
    myservice = "Dockerfile"
    "group/tool" = "docker/tool"

    [[components]]
    name    = "api"
    image   = "registry.example:5000/myservice:latest"
    runtime = "container"
    network = "mcpnet"
    user    = "0:0"
    restart = "on-failure:3"
    ports   = ["127.0.0.1:8443:8443", "9000:9000/udp", "[0:0:0:0:0:0:0:1]:81:80/tcp"]
    volumes = ["/srv/myservice:/srv/myservice:rw", "/etc/x:/etc/x:ro"]
    cmd     = ["server", "--config", "/srv/myservice/myservice.toml", "--listen", "0.0.0.0:8443", "--verbose"]
    env     = ["KEY=value", "URL=a=b=c"]
    depends_on = ["db"]
    memory  = "256MiB"
    cpus    = 1.0
    labels  = { team = "core", "org.example/tier" = "1" }
    allow_latest = true
    heal = false

    [components.health]
    type     = "http"
    port     = 8443
    path     = "/healthz"
    interval = "1m30s"
    timeout  = "500ms"
    retries  = 5
    start_period = "5s"

    [[components.routes]]
    name = "rest"
    port = 8443
    mode = "l4"
    hostname = "myservice.example"

    [[components.routes]]
    name = "web"
    port = 443
    mode = "l7"

    [[components]]
    name = "db"
    image = "postgres:16"
    memory = 1048577
    cpus = 2
    env.PASSWORD = { secret = "db-password" }
    env.A = '1'
    health = { type = "exec", command = ["/bin/check"], interval = "10s" }

    [[components]]
    name = "guest"
    runtime = "unikernel"
    kernel = "/srv/mcp/images/uk.elf"
    initrd = "/srv/mcp/images/uk.cpio.gz"
    disk = "/srv/mcp/images/uk.img"
    cmdline = "console=ttyS0"
    sha256 = "ABabABabABabABabABabABabABabABabABabABabABabABabABabABabABabABab"
    memory = "64MiB"

    [snapshot]
    method  = "full"
    exclude = ["cache/"]
    """

  /// The same as it is written.
  static let everythingFormatted = """
    name = "myservice"
    node = "rift"
    active = false
    path = "myservice"

    [build.images]
    "group/tool" = "docker/tool"
    myservice = "Dockerfile"

    [[components]]
    name = "api"
    image = "registry.example:5000/myservice:latest"
    network = "mcpnet"
    user = "0:0"
    restart = "on-failure:3"
    ports = ["127.0.0.1:8443:8443", "9000:9000/udp", "[::1]:81:80"]
    volumes = ["/srv/myservice:/srv/myservice", "/etc/x:/etc/x:ro"]
    cmd = [
      "server",
      "--config",
      "/srv/myservice/myservice.toml",
      "--listen",
      "0.0.0.0:8443",
      "--verbose",
    ]
    env = ["KEY=value", "URL=a=b=c"]
    depends_on = ["db"]
    memory = "256MiB"
    cpus = 1.0
    labels = { "org.example/tier" = "1", team = "core" }
    allow_latest = true
    heal = false

    [components.health]
    type = "http"
    port = 8443
    path = "/healthz"
    interval = "1m30s"
    timeout = "500ms"
    retries = 5
    start_period = "5s"

    [[components.routes]]
    name = "rest"
    port = 8443
    hostname = "myservice.example"

    [[components.routes]]
    name = "web"
    port = 443
    mode = "l7"

    [[components]]
    name = "db"
    image = "postgres:16"
    memory = "1048577B"
    cpus = 2.0

    [components.env]
    A = "1"
    PASSWORD = { secret = "db-password" }

    [components.health]
    type = "exec"
    command = ["/bin/check"]

    [[components]]
    name = "guest"
    runtime = "unikernel"
    memory = "64MiB"
    kernel = "/srv/mcp/images/uk.elf"
    initrd = "/srv/mcp/images/uk.cpio.gz"
    disk = "/srv/mcp/images/uk.img"
    cmdline = "console=ttyS0"
    sha256 = "abababababababababababababababababababababababababababababababab"

    [snapshot]
    method = "full"
    exclude = ["cache/"]

    """

  /// A definition that is valid up to `lines` in its only component.
  static func component(_ lines: String) -> String {
    "name = \"web\"\n[[components]]\nname = \"api\"\nimage = \"example.org/api:1\"\n\(lines)\n"
  }
}
