import Engine
import TestSupport
import Testing

@Suite struct ServiceFileTests {
  @Test func `the smallest definition has every default`() throws {
    let service = try ServiceFile.parse(
      """
      name = "web"
      [[components]]
      name = "api"
      image = "example.org/api:1"
      """, source: "web.toml")
    #expect(
      service
        == ServiceDefinition(name: "web", components: [Component(name: "api", image: "example.org/api:1")]))
  }

  @Test func `a common definition is read and written back as it is`() throws {
    let text = """
      name = "myservice"
      node = "rift"

      [[components]]
      name = "api"
      image = "mcr.svc.mcp.metacircular.net:8443/myservice:v1.0.0"
      network = "mcpnet"
      user = "0:0"
      ports = ["127.0.0.1:8443:8443"]
      volumes = ["/srv/myservice:/srv/myservice"]
      cmd = ["server", "--config", "/srv/myservice/myservice.toml"]

      """
    let service = try ServiceFile.parse(text, source: "myservice.toml")
    var component = Component(
      name: "api", image: "mcr.svc.mcp.metacircular.net:8443/myservice:v1.0.0")
    component.network = "mcpnet"
    component.user = "0:0"
    component.ports = [PortMapping(hostIP: "127.0.0.1", hostPort: 8443, containerPort: 8443)]
    component.volumes = [VolumeMount(source: "/srv/myservice", target: "/srv/myservice")]
    component.command = ["server", "--config", "/srv/myservice/myservice.toml"]
    #expect(service == ServiceDefinition(name: "myservice", node: "rift", components: [component]))
    #expect(service.unsupportedKeys().isEmpty)
    #expect(ServiceFile.format(service) == text)
    let explicit = text.replacing("node = \"rift\"\n", with: "node = \"rift\"\nactive = true\n")
      .replacing("ports =", with: "restart = \"unless-stopped\"\nports =")
    #expect(try ServiceFile.parse(explicit, source: "explicit.toml") == service)
  }

  @Test func `every key is read`() throws {
    let service = try ServiceFile.parse(Samples.everything, source: "myservice.toml")
    #expect(service.path == "myservice")
    #expect(service.active == false)
    #expect(service.buildImages == ["myservice": "Dockerfile", "group/tool": "docker/tool"])
    #expect(service.snapshot == SnapshotSpec(method: "full", exclude: ["cache/"]))
    let api = try #require(service.component("api"))
    #expect(api.restart == .onFailure(maxRetries: 3))
    #expect(api.ports.map(\.description) == ["127.0.0.1:8443:8443", "9000:9000/udp", "[::1]:81:80"])
    #expect(api.volumes.map(\.description) == ["/srv/myservice:/srv/myservice", "/etc/x:/etc/x:ro"])
    #expect(
      api.environment == [
        EnvironmentVariable(name: "KEY", value: .literal("value")),
        EnvironmentVariable(name: "URL", value: .literal("a=b=c")),
      ])
    #expect(api.dependsOn == ["db"])
    #expect(api.memory == 256 << 20)
    #expect(api.cpus == 1)
    #expect(api.labels == ["team": "core", "org.example/tier": "1"])
    #expect(api.allowLatest)
    #expect(!api.heal)
    #expect(
      api.health
        == HealthCheck(
          kind: .http, port: 8443, path: "/healthz", intervalMs: 90_000, timeoutMs: 500, retries: 5,
          startPeriodMs: 5_000))
    #expect(
      api.routes == [
        Route(name: "rest", port: 8443, hostname: "myservice.example"),
        Route(name: "web", port: 443, mode: .l7),
      ])
    let db = try #require(service.component("db"))
    #expect(
      db.environment == [
        EnvironmentVariable(name: "A", value: .literal("1")),
        EnvironmentVariable(name: "PASSWORD", value: .secret("db-password")),
      ])
    #expect(db.health == HealthCheck(kind: .exec, command: ["/bin/check"]))
    #expect(db.memory == 1_048_577)
    #expect(db.cpus == 2)
    let guest = try #require(service.component("guest"))
    #expect(guest.runtime == .unikernel)
    #expect(guest.image == nil)
    #expect(
      guest.unikernel
        == UnikernelSpec(
          kernel: "/srv/mcp/images/uk.elf", initrd: "/srv/mcp/images/uk.cpio.gz",
          disk: "/srv/mcp/images/uk.img", commandLine: "console=ttyS0",
          sha256: String(repeating: "ab", count: 32)))
  }

  @Test func `keys are written in the order of the format's description`() throws {
    let service = try ServiceFile.parse(Samples.everything, source: "myservice.toml")
    #expect(ServiceFile.format(service) == Samples.everythingFormatted)
  }

  @Test func `variables keep their order when secrets are among them`() throws {
    var service = ServiceDefinition(name: "web", components: [Component(name: "api", image: "x:1")])
    service.components[0].environment = [
      EnvironmentVariable(name: "Z", value: .literal("1")),
      EnvironmentVariable(name: "A", value: .secret("token")),
    ]
    let text = ServiceFile.format(service)
    #expect(text.contains("env = [\"Z=1\", { name = \"A\", secret = \"token\" }]"))
    #expect(try ServiceFile.parse(text, source: "web.toml") == service)
  }

  @Test func `what is written reads back to the same definition`() throws {
    var source = RandomDefinition(seed: 42)
    for index in 0..<1_000 {
      let service = source.next()
      try #require(service.problems() == [], "definition \(index)")
      let text = ServiceFile.format(service)
      let again = try ServiceFile.parse(text, source: "definition \(index)")
      try #require(again == service, "definition \(index):\n\(text)")
      try #require(ServiceFile.format(again) == text, "definition \(index)")
      for (one, other) in zip(service.components, again.components) {
        try #require(SpecHash.of(one, in: service.name) == SpecHash.of(other, in: again.name))
      }
    }
  }

  @Test func `a definition checks itself wherever it comes from`() throws {
    var service = ServiceDefinition(name: "web", components: [Component(name: "api", image: "x:1")])
    try service.check()
    service.components[0].cpus = .nan
    service.components[0].memory = -1
    service.components[0].unikernel = UnikernelSpec(kernel: "/k")
    service.components[0].ports = [PortMapping(hostIP: "0:0:0:0:0:0:0:1", hostPort: 80, containerPort: 80)]
    let error = #expect(throws: EngineError.self) { try service.check() }
    #expect(error?.code == .invalidArgument)
    #expect(error?.service == "web")
    #expect(
      error?.details == [
        "components[0].cpus: must be from 0.01 to 1024",
        "components[0].kernel: is only for `runtime = \"unikernel\"`",
        "components[0].memory: must be from 1MiB to 16TiB",
        "components[0].ports[0]: the host address must be written `::1`",
      ])
  }

  @Test func `a definition that could not be read back is refused`() {
    var service = ServiceDefinition(name: "web", components: [Component(name: "api", image: "x:1")])
    service.components[0].command = Array(repeating: String(repeating: "x", count: 30_000), count: 40)
    #expect(
      service.problems() == [DefinitionProblem(path: "", message: "the definition is larger than 1MiB")])
  }

  @Test(arguments: [
    ("cmd = [\"x\"]", "components[0].cmd: is only for containers"),
    ("network = \"mcpnet\"", "components[0].network: a unikernel has a network of its own"),
    ("env = { A = \"a\\\"b\" }", "cannot be put on a kernel's command line"),
    ("volumes = [\"/srv/x:/a/very/long/path/that/is/no/name/of/a/share\"]", "of 1 to 31 bytes"),
    (
      "ports = [\"80:80\"]\n[components.health]\ntype = \"tcp\"\nport = 80",
      "`tcp` proves nothing of a unikernel"
    ),
  ])
  func `what a unikernel cannot have is refused by name`(line: String, problem: String) {
    let text = """
      name = "web"
      [[components]]
      name = "api"
      runtime = "unikernel"
      kernel = "/srv/uk.elf"
      memory = "64MiB"
      \(line)
      """
    let error = #expect(throws: EngineError.self) { try ServiceFile.parse(text, source: "web.toml") }
    #expect(error?.details.contains { $0.contains(problem) } == true, "\(error?.details ?? [])")
  }

  @Test func `keys without a function yet are named by path`() throws {
    let service = try ServiceFile.parse(Samples.everything, source: "myservice.toml")
    #expect(
      service.unsupportedKeys() == ["snapshot", "components[0].routes[1].mode"])
    let error = #expect(throws: EngineError.self) { try service.refuseUnsupported() }
    #expect(error?.code == .unsupported)
    #expect(error?.service == "myservice")
    #expect(error?.details.count == 2)
    #expect(error?.details.first == "snapshot: not yet supported")
    #expect(error?.hint != nil)
  }
}
