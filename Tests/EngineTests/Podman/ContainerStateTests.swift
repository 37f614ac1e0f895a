import Foundation
import Testing

@testable import Engine

@Suite struct ContainerStateTests {
  @Test(arguments: [
    ("created", false, 0, false, ObservedState.stopped), ("configured", false, 0, false, .stopped),
    ("running", true, 0, false, .running), ("running", false, 0, false, .exited(code: -1)),
    ("stopping", true, 0, false, .running), ("paused", true, 0, false, .unhealthy),
    ("stopped", false, 2, false, .exited(code: 2)), ("exited", false, 3, false, .exited(code: 3)),
    ("exited", false, 137, true, .stopped), ("removing", false, 0, false, .unknown),
  ])
  func `a state is what podman says as far as the kernel agrees`(
    status: String, isAlive: Bool, code: Int, wasStopped: Bool, state: ObservedState
  ) {
    #expect(
      PodmanRuntime.state(status, isAlive: isAlive, exitCode: code, wasStopped: wasStopped) == state)
  }

  @Test func `limits need cgroup v2 with its controllers, except for root`() throws {
    func missing(_ host: String) throws -> String? {
      try JSONDecoder().decode(PodmanHostFacts.self, from: Data("{\"host\":\(host)}".utf8)).missingLimits
    }
    let rootless = #""security":{"rootless":true}"#
    #expect(try missing(#"{"cgroupVersion":"v1","security":{"rootless":false}}"#) == nil)
    #expect(try missing(#"{"cgroupVersion":"v1",\#(rootless)}"#)?.contains("cgroup v2") == true)
    #expect(
      try missing(#"{"cgroupVersion":"v2","cgroupControllers":["memory","pids"],\#(rootless)}"#)?.contains(
        "cpu") == true)
    #expect(
      try missing(#"{"cgroupVersion":"v2","cgroupControllers":["cpu","memory","pids"],\#(rootless)}"#) == nil)
  }

  @Test func `the doctor names what is wrong and what to do`() throws {
    let facts = try JSONDecoder().decode(
      PodmanHostFacts.self,
      from: Data(
        """
        {"host":{"cgroupVersion":"v2","cgroupControllers":["cpu","memory"],"eventLogger":"none",
        "networkBackend":"cni","ociRuntime":{"name":"crun"},"security":{"rootless":true},
        "idMappings":{"uidmap":[{"size":1}],"gidmap":[{"size":1},{"size":65536}]}},
        "store":{"graphDriverName":"vfs","graphRoot":"/no/such/directory"}}
        """.utf8))
    let findings = PodmanDoctor(facts: facts).findings()
    func level(_ check: String) -> DoctorFinding.Level? { findings.first { $0.check == check }?.level }
    #expect(level("storage driver") == .warning)
    #expect(level("storage") == .failure)
    #expect(level("subordinate ids") == .failure)
    #expect(level("network backend") == .warning)
    #expect(level("events") == .failure)
    #expect(level("limits") == .ok)
    #expect(findings.filter { $0.level != .ok && $0.check != "storage" }.allSatisfy { $0.remedy != nil })
  }
}
