import Engine
import Foundation
import TestSupport
import Testing

/// What a person runs where there is no `mcp`.
@Suite struct ByHandTests {
  private var service: ServiceDefinition {
    var api = Component(name: "api", image: "example.org/api:1")
    api.network = "web-net"
    api.user = "10:20"
    api.dependsOn = ["db"]
    api.ports = [PortMapping(hostIP: "::1", hostPort: 8443, containerPort: 443)]
    api.volumes = [VolumeMount(source: "/srv/web/it's here", target: "/data", readOnly: true)]
    api.environment = [
      EnvironmentVariable(name: "GREETING", value: .literal("it's $5, \"100%\"")),
      EnvironmentVariable(name: "PASSWORD", value: .secret("password")),
    ]
    api.command = ["serve", "--name", "a b"]
    var db = Component(name: "db", image: "example.org/db:1")
    db.restart = .onFailure(maxRetries: 3)
    return ServiceDefinition(name: "web", components: [api, db])
  }

  private func record(desired: DesiredState = .running) -> ServiceRecord {
    ServiceRecord(
      definition: service, revision: 7, updatedAt: Date(timeIntervalSince1970: 0), updatedBy: .agent,
      components: service.components.map {
        ComponentRecord(name: $0.name, desired: desired, specHash: "h", revision: 7)
      })
  }

  @Test func `a rehearsal starts what others depend on first, and says what a person must see to`() {
    #expect(
      Rehearsal.script([record()]) == """
        podman network exists web-net || podman network create web-net

        # web, revision 7
        podman run --detach --name web-db --restart on-failure:3 example.org/db:1
        # web-api: only once db works
        # web-api needs: podman secret create web.password FILE
        podman run --detach --name web-api --restart unless-stopped --network web-net --network-alias api --user 10:20 \
        --publish '[::1]:8443:443/tcp' --volume '/srv/web/it'\\''s here:/data:ro' --env 'GREETING=it'\\''s $5, "100%"' \
        --secret web.password,type=env,target=PASSWORD example.org/api:1 serve --name 'a b'

        """)
  }

  @Test func `what is to stay down is not in a rehearsal`() {
    let script = Rehearsal.script([record(desired: .stopped)])
    #expect(!script.contains("podman run"))
    #expect(script.contains("# web: stopped, nothing to start"))
  }

  @Test func `a shell takes every line of a rehearsal for what was meant`() async throws {
    // `podman` becomes a function that prints the words it is given.
    let script = """
      podman() { [ "$1" != run ] || printf '%s\\n' "$@"; }
      \(Rehearsal.script([record()]))
      """
    let result = try await Command.run("/bin/sh", ["-c", script])
    let words = result.output.split(separator: "\n").map(String.init)
    #expect(result.code == 0)
    #expect(words.contains("GREETING=it's $5, \"100%\""))
    #expect(words.contains("/srv/web/it's here:/data:ro"))
    #expect(words.suffix(4) == ["example.org/api:1", "serve", "--name", "a b"])
  }

  @Test func `units say for systemd what the definition says`() throws {
    var active = service
    active.active = true
    let files = try Quadlet.files(of: active)
    #expect(files.map(\.name) == ["web-net.network", "web-api.container", "web-db.container"])
    #expect(files[0].text == "[Network]\nNetworkName=web-net\n")
    #expect(
      files[1].text == """
        [Unit]
        Description=api of web
        Requires=web-db.service
        After=web-db.service

        [Container]
        ContainerName=web-api
        Image=example.org/api:1
        Network=web-net.network
        PodmanArgs=--network-alias api
        User=10
        Group=20
        PublishPort=[::1]:8443:443/tcp
        Volume="/srv/web/it's here:/data:ro"
        Environment="GREETING=it's $$5, \\"100%%\\""
        Secret=web.password,type=env,target=PASSWORD
        Exec=serve --name "a b"

        [Service]
        Restart=always
        TimeoutStartSec=900

        [Install]
        WantedBy=default.target

        """)
    #expect(files[2].text.contains("Restart=on-failure\n"))
    active.active = false
    #expect(try !Quadlet.files(of: active)[1].text.contains("[Install]"))
  }

  @Test func `a unikernel has no unit, and that is said`() {
    var vm = Component(name: "vm", image: nil)
    vm.runtime = .unikernel
    let error = #expect(throws: EngineError.self) {
      try Quadlet.files(of: ServiceDefinition(name: "web", components: [vm]))
    }
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains("web/vm is not a container") == true)
  }
}
