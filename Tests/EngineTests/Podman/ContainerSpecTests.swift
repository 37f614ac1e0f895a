import Foundation
import Testing

@testable import Engine

@Suite struct ContainerSpecTests {
  @Test func `a component becomes what podman's API wants`() throws {
    var component = Component(name: "api", image: "localhost/x:1")
    component.command = ["server", "--port", "80"]
    component.user = "33:33"
    component.restart = .onFailure(maxRetries: 3)
    component.environment = [EnvironmentVariable(name: "A", value: .literal("1=2"))]
    component.ports = [
      PortMapping(hostIP: "127.0.0.1", hostPort: 8080, containerPort: 80),
      PortMapping(hostPort: 53, containerPort: 53, transport: .udp),
    ]
    component.volumes = [
      VolumeMount(source: "/srv/a", target: "/a"),
      VolumeMount(source: "/srv/b", target: "/b", readOnly: true),
    ]
    component.network = "net"
    component.memory = 1 << 20
    component.cpus = 1.5
    component.labels = ["team": "core", InstanceLabels.serviceKey: "stolen"]
    let json = try Self.json(component)
    #expect(
      json == """
        {"Networks":{"net":{"aliases":["api","web-api"]}},"command":["server","--port","80"],"env":{"A":"1=2"},\
        "image":"localhost/x:1","labels":{"io.metacircular.component":"api","io.metacircular.node":"n",\
        "io.metacircular.revision":"7","io.metacircular.service":"web","io.metacircular.spec-hash":"h",\
        "team":"core"},"mounts":[{"destination":"/a","options":["rbind","rw"],"source":"/srv/a","type":"bind"},\
        {"destination":"/b","options":["rbind","ro"],"source":"/srv/b","type":"bind"}],"name":"web-api",\
        "netns":{"nsmode":"bridge"},"portmappings":[{"container_port":80,"host_ip":"127.0.0.1","host_port":8080,\
        "protocol":"tcp"},{"container_port":53,"host_port":53,"protocol":"udp"}],"resource_limits":{"cpu":\
        {"period":100000,"quota":150000},"memory":{"limit":1048576,"swap":2097152}},"restart_policy":"on-failure",\
        "restart_tries":3,"user":"33:33"}
        """)
  }

  @Test func `what a definition leaves out is left to podman and the image`() throws {
    let json = try Self.json(Component(name: "api", image: "localhost/x:1"))
    #expect(
      json == """
        {"image":"localhost/x:1","labels":{"io.metacircular.component":"api","io.metacircular.node":"n",\
        "io.metacircular.revision":"7","io.metacircular.service":"web","io.metacircular.spec-hash":"h"},\
        "name":"web-api","restart_policy":"unless-stopped"}
        """)
  }

  @Test(arguments: ["host", "none", "slirp4netns", "pasta"])
  func `a way of networking needs no network`(mode: String) throws {
    var component = Component(name: "api", image: "localhost/x:1")
    component.network = mode
    let spec = try ContainerSpec(Self.instance(component))
    #expect(spec.networkNamespace == .init(nsmode: mode))
    #expect(spec.networks == nil)
  }

  @Test func `no image is refused`() {
    #expect(throws: EngineError.self) { try ContainerSpec(Self.instance(Component(name: "api"))) }
  }

  @Test func `secrets are named and their values are not in the specification`() throws {
    var component = Component(name: "api", image: "localhost/x:1")
    component.environment = [
      EnvironmentVariable(name: "A", value: .secret("a")),
      EnvironmentVariable(name: "B", value: .literal("b")),
    ]
    component.secrets = [SecretFile(name: "a")]
    var instance = Self.instance(component)
    #expect(throws: EngineError.self) { try ContainerSpec(instance) }
    let value = try SecretValue(Array("swordfish".utf8))
    instance.secrets = [
      InstanceSecret(version: "0123", value: value, place: .variable("A")),
      InstanceSecret(version: "0123", value: value, place: .file("/run/secrets/a")),
    ]
    let spec = try ContainerSpec(instance)
    #expect(spec.env == ["B": "b"])
    #expect(spec.secretVariables == ["A": "mcp-0123"])
    #expect(spec.secretFiles == [.init(source: "mcp-0123", target: "/run/secrets/a")])
    #expect(!String(decoding: try JSONEncoder().encode(spec), as: UTF8.self).contains("swordfish"))
  }

  private static func instance(_ component: Component) -> InstanceSpec {
    InstanceSpec(
      name: "web-api", aliases: ["api", "web-api"],
      labels: InstanceLabels(service: "web", component: "api", revision: 7, specHash: "h", node: "n"),
      component: component)
  }

  private static func json(_ component: Component) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(ContainerSpec(instance(component))), as: UTF8.self)
  }
}
