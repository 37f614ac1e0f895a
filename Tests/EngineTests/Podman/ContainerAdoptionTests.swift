import Foundation
import Testing

@testable import Engine

/// Containers as podman 4.3 tells of them, in the words of a definition.
@Suite struct ContainerAdoptionTests {
  private static let image = """
    {"RepoTags": ["localhost/x:1"], "Config": {"Env": ["PATH=/bin", "IMG=1"], "Cmd": ["/bin/sh"],
     "Labels": {"a": "b", "io.buildah.version": "1.28.2"}}}
    """

  private func describe(
    config: String = "", host: String = "", more: String = "", imageName: String = "localhost/x:1",
    image: String = image, bindings: [String: [(String, String)]] = [:]
  ) throws -> ForeignInstance {
    func object(_ fragment: String) throws -> [String: Any] {
      try JSONSerialization.jsonObject(with: Data("{\(fragment)}".utf8)) as? [String: Any] ?? [:]
    }
    let standardConfig = try object(
      #""Hostname": "5e458dc7b121", "User": "", "Tty": false, "WorkingDir": "/", "Entrypoint": "", "Cmd": ["/bin/sh"]"#
    )
    let standardHost = try object(
      """
      "NetworkMode": "slirp4netns", "RestartPolicy": {"Name": "", "MaximumRetryCount": 0}, "CapAdd": [],
      "CapDrop": ["CAP_AUDIT_WRITE", "CAP_MKNOD", "CAP_NET_RAW"], "PidMode": "private", "IpcMode": "shareable",
      "Ulimits": [{"Name": "RLIMIT_NOFILE"}, {"Name": "RLIMIT_NPROC"}], "Memory": 0, "NanoCpus": 0, "CpuPeriod": 0,
      "CpuQuota": 0
      """)
    var whole: [String: Any] = [
      "Id": "5e458dc7b12165a7520503d1b35ed75c2743e1c787a9a43579262a47400e80b6", "Name": "web-api",
      "Image": "2f22c044622026e64c757def9b98f8ed5c20e4addeda440d95a17a8e6f70ac8e", "ImageName": imageName,
      "NetworkSettings": ["Networks": [String: Any]()],
    ]
    whole["Config"] = standardConfig.merging(try object(config)) { $1 }
    whole["HostConfig"] = standardHost.merging(try object(host)) { $1 }
    whole.merge(try object(more)) { $1 }
    let container = try JSONDecoder().decode(
      ForeignContainer.self, from: try JSONSerialization.data(withJSONObject: whole))
    let decoded = try JSONDecoder().decode(ForeignImage.self, from: Data(image.utf8))
    let given = bindings.mapValues { list in
      Optional(list.map { ContainerInspection.HostConfig.Binding(hostIP: $0.0, hostPort: $0.1) })
    }
    return ContainerAdoption.describe(container, image: decoded, bindings: given)
  }

  @Test func `what the image and podman bring along is not said again`() throws {
    let found = try describe(
      config: """
        "Cmd": ["/bin/sh"], "Env": ["PATH=/bin", "TERM=xterm", "container=podman", "IMG=1", "HOSTNAME=5e458dc7b121"],
        "Labels": {"a": "b", "io.buildah.version": "1.28.2", "com.docker.compose.project": "shop",
                   "com.docker.compose.service": "api"}
        """)
    #expect(
      found.component
        == {
          var plain = Component(name: "", image: "localhost/x:1"); plain.restart = .no; return plain
        }())
    #expect(found.problems.isEmpty)
    #expect(found.compose == ComposeOrigin(project: "shop", service: "api"))
  }

  @Test func `what was asked for is said`() throws {
    let found = try describe(
      config: """
        "Cmd": ["serve", "--now"], "Env": ["IMG=2", "A=b=c"], "User": "10:20", "Labels": {"q": "r"},
        "Healthcheck": {"Test": ["CMD-SHELL", "true"], "Interval": 30000000000, "Timeout": 5000000000, "Retries": 4}
        """,
      host: """
        "RestartPolicy": {"Name": "on-failure", "MaximumRetryCount": 3}, "Memory": 67108864, "CpuPeriod": 100000,
        "CpuQuota": 150000
        """,
      more: """
        "Mounts": [{"Type": "bind", "Source": "/srv/web", "Destination": "/data", "RW": false}]
        """,
      bindings: ["80/tcp": [("127.0.0.1", "8123")], "53/udp": [("", "5353")]])
    let component = found.component
    #expect(component.command == ["serve", "--now"])
    #expect(
      component.environment == [
        EnvironmentVariable(name: "IMG", value: .literal("2")),
        EnvironmentVariable(name: "A", value: .literal("b=c")),
      ])
    #expect(component.user == "10:20")
    #expect(component.labels == ["q": "r"])
    #expect(component.memory == 64 << 20)
    #expect(component.cpus == 1.5)
    #expect(component.ports.map(\.description) == ["5353:53/udp", "127.0.0.1:8123:80"])
    #expect(component.volumes == [VolumeMount(source: "/srv/web", target: "/data", readOnly: true)])
    #expect(component.health?.command == ["/bin/sh", "-c", "true"])
    #expect(component.health?.intervalMs == 30_000)
    #expect(component.health?.retries == 4)
    #expect(found.problems.isEmpty)
  }

  @Test(arguments: [
    ("bridge", #"{"shop_default": {}}"#, "shop_default"), ("host", "{}", "host"), ("none", "{}", "none"),
    ("slirp4netns", "{}", nil), ("pasta", "{}", nil),
  ])
  func `a network is the one that it is on`(mode: String, networks: String, name: String?) throws {
    let found = try describe(
      host: "\"NetworkMode\": \"\(mode)\"", more: "\"NetworkSettings\": {\"Networks\": \(networks)}")
    #expect(found.component.network == name)
    #expect(found.problems.isEmpty)
  }

  @Test(arguments: [
    (#""Privileged": true"#, "it is privileged"), (#""CapAdd": ["CAP_NET_ADMIN"]"#, "CAP_NET_ADMIN"),
    (#""CapDrop": ["CAP_CHOWN", "CAP_MKNOD"]"#, "without CAP_CHOWN"), (#""Devices": [{}]"#, "devices"),
    (#""ReadonlyRootfs": true"#, "read-only"), (#""AutoRemove": true"#, "--rm"),
    (#""ExtraHosts": ["a:1.2.3.4"]"#, "hosts of its own"), (#""PidMode": "host""#, "shares processes"),
    (#""Tmpfs": {"/run1": "rw"}"#, "/run1 is a tmpfs"),
    (#""Ulimits": [{"Name": "RLIMIT_CORE"}]"#, "RLIMIT_CORE"),
    (#""NetworkMode": "container:abc""#, "belong to another container"),
    (#""NetworkMode": "slirp4netns:mtu=1400""#, "its network has options"),
    (#""GroupAdd": ["x"]"#, "further groups"),
    (#""UsernsMode": "keep-id""#, "users are mapped"),
  ])
  func `what a definition has no key for is said`(host: String, words: String) throws {
    let found = try describe(host: host)
    #expect(found.problems.count == 1, "\(found.problems)")
    #expect(found.problems.first?.contains(words) == true, "\(found.problems)")
  }

  @Test(arguments: [
    (#""Entrypoint": "/entry --x", "Cmd": ["/bin/sh"]"#, "entrypoint"),
    (#""Tty": true, "Cmd": ["/bin/sh"]"#, "--tty"),
    (#""WorkingDir": "/work", "Cmd": ["/bin/sh"]"#, "working directory is /work"),
    (#""Hostname": "mail", "Cmd": ["/bin/sh"]"#, "host name is mail"),
    (#""Secrets": [{"Name": "key"}], "Cmd": ["/bin/sh"]"#, "mcp secret set"),
  ])
  func `what a definition has no key for is said of its process, too`(config: String, words: String) throws {
    let found = try describe(config: config)
    #expect(found.problems.count == 1, "\(found.problems)")
    #expect(found.problems.first?.contains(words) == true, "\(found.problems)")
  }

  @Test func `volumes of podman's are named, so that nobody loses them`() throws {
    let found = try describe(
      more:
        #""Mounts": [{"Type": "volume", "Name": "named", "Source": "/x", "Destination": "/n", "RW": true}]"#)
    #expect(found.component.volumes.isEmpty)
    #expect(found.problems.first?.hasPrefix("/n is podman's volume named") == true)
  }

  @Test func `an image without a tag is the latest one, and one without a name cannot be had again`() throws {
    let untagged = try describe(imageName: "docker.io/library/x")
    #expect(untagged.component.image == "docker.io/library/x:latest")
    #expect(untagged.component.allowLatest)
    let nameless = try describe(
      imageName: "2f22c044622026e64c757def9b98f8ed5c20e4addeda440d95a17a8e6f70ac8e",
      image: #"{"RepoTags": []}"#)
    #expect(nameless.problems.contains { $0.contains("its image has no name") })
  }
}
