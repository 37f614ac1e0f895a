import Engine
import SwiftProtobuf
import Testing

/// A deployable request, which every case spoils in one place.
private func request(_ spoil: (inout Mcp_V1_DeployRequest) -> Void) -> Mcp_V1_DeployRequest {
  var request = Mcp_V1_DeployRequest.with {
    $0.definition.name = "web"
    $0.definition.components = [
      .with { $0.name = "db" },
      .with {
        $0.name = "api"
        $0.ports = [.with { ($0.hostPort, $0.containerPort) = (80, 80) }]
        $0.volumes = [.with { ($0.source, $0.target) = ("/a", "/b") }]
        $0.environment = [.with { ($0.name, $0.literal) = ("A", "b") }]
        $0.routes = [.with { $0.port = 80 }]
        $0.health.kind = .tcp
      },
    ]
  }
  spoil(&request)
  return request
}

@Suite struct RefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let path: String
    let spoil: @Sendable (inout Mcp_V1_DeployRequest) -> Void
    var testDescription: String { path }
  }

  static let cases: [Case] = [
    Case(path: "definition") { $0.clearDefinition() },
    Case(path: "definition.name") { $0.definition.name = "" },
    Case(path: "component") { $0.component = "a/b" },
    Case(path: "definition.components[1].name") { $0.definition.components[1].name = "" },
    Case(path: "definition.components[1].runtime") {
      $0.definition.components[1].runtime = .UNRECOGNIZED(9)
    },
    Case(path: "definition.components[1].cpus") { $0.definition.components[1].cpus = .infinity },
    Case(path: "definition.components[0].cpus") { $0.definition.components[0].cpus = .nan },
    Case(path: "definition.components[1].ports[0].host_port") {
      $0.definition.components[1].ports[0].hostPort = 0
    },
    Case(path: "definition.components[1].ports[0].container_port") {
      $0.definition.components[1].ports[0].containerPort = 65_536
    },
    Case(path: "definition.components[1].ports[0].transport") {
      $0.definition.components[1].ports[0].transport = .UNRECOGNIZED(3)
    },
    Case(path: "definition.components[1].volumes[0].source") {
      $0.definition.components[1].volumes[0].source = ""
    },
    Case(path: "definition.components[1].volumes[0].target") {
      $0.definition.components[1].volumes[0].target = ""
    },
    Case(path: "definition.components[1].environment[0].name") {
      $0.definition.components[1].environment[0].name = ""
    },
    Case(path: "definition.components[1].environment[0].value") {
      $0.definition.components[1].environment[0].value = nil
    },
    Case(path: "definition.components[1].environment[0].secret") {
      $0.definition.components[1].environment[0].secret = ""
    },
    Case(path: "definition.components[1].restart.mode") {
      $0.definition.components[1].restart.mode = .UNRECOGNIZED(-1)
    },
    Case(path: "definition.components[1].restart.max_retries") {
      $0.definition.components[1].restart = .with { ($0.mode, $0.maxRetries) = (.onFailure, 0) }
    },
    Case(path: "definition.components[0].restart.max_retries") {
      $0.definition.components[0].restart = .with { ($0.mode, $0.maxRetries) = (.always, 3) }
    },
    Case(path: "definition.components[1].health.kind") {
      $0.definition.components[1].health.kind = .unspecified
    },
    Case(path: "definition.components[1].health.port") {
      $0.definition.components[1].health.port = 70_000
    },
    Case(path: "definition.components[1].routes[0].port") {
      $0.definition.components[1].routes[0].port = 0
    },
    Case(path: "definition.components[1].routes[0].mode") {
      $0.definition.components[1].routes[0].mode = .UNRECOGNIZED(8)
    },
  ]

  @Test func `the request that the cases spoil is good`() throws {
    #expect(try DeployRequest(wire: request { _ in }).definition.components.count == 2)
  }

  @Test(arguments: cases) func `a request that is wrong is refused by the field's path`(_ case: Case) {
    let error = #expect(throws: EngineError.self) { try DeployRequest(wire: request(`case`.spoil)) }
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.hasPrefix(`case`.path + ": ") == true)
  }

  @Test(arguments: ["", "Web", "a/b", "../x", "a\nb", String(repeating: "a", count: 49)])
  func `a target that names nothing is refused`(name: String) {
    let wire = Mcp_V1_StartRequest.with { $0.target.service = name }
    #expect(throws: EngineError.self) { try TargetRequest(wire: wire) }
    let component = Mcp_V1_StartRequest.with { ($0.target.service, $0.target.component) = ("web", name) }
    #expect(throws: EngineError.self) { try TargetRequest(wire: component) }
  }

  @Test func `what a newer agent reports and this version does not know degrades`() {
    let status = Mcp_V1_ComponentStatus.with {
      $0.runtime = .UNRECOGNIZED(77)
      $0.desired = .UNRECOGNIZED(77)
      $0.observed.kind = .UNRECOGNIZED(77)
    }
    #expect(ComponentStatus(wire: status).observed == .unknown)
    #expect(ComponentStatus(wire: .init()).observed == .unknown)
    #expect(Actor(wire: .with { $0.kind = .UNRECOGNIZED(9) }).kind == .user)
    #expect(Drift(wire: .with { $0.kind = .UNRECOGNIZED(9) }).kind == .specMismatch)
    #expect(DoctorFinding(wire: .with { $0.level = .UNRECOGNIZED(9) }).level == .warning)
    #expect(LogLine(wire: .with { $0.stream = .UNRECOGNIZED(9) }).stream == .stdout)
    #expect(EngineError(wire: .with { $0.reason = "out_of_luck" }).code == .internalError)
    #expect(Mcp_V1_ExecResponse().sessionOutput == nil)
  }

  @Test func `a session opens once, with a command and an environment that is one`() throws {
    #expect(throws: EngineError.self) { try ExecRequest(wire: .init()) }
    for entry in ["PATH", "=x", ""] {
      let wire = Mcp_V1_ExecRequest.Open.with { ($0.command, $0.environment) = (["sh"], [entry]) }
      #expect(throws: EngineError.self) { try ExecRequest(wire: wire) }
    }
    let again = Mcp_V1_ExecRequest.with { $0.open.command = ["sh"] }
    #expect(throws: EngineError.self) { try again.sessionInput }
    #expect(try Mcp_V1_ExecRequest().sessionInput == nil)
  }

  @Test(arguments: 0..<200) func `bytes at random give an error or a message, and no crash`(seed: Int) {
    var samples = WireSamples(seed: UInt64(seed))
    var bytes: [UInt8] = (try? Mcp_V1_Service(samples.definition()).serializedBytes()) ?? []
    for _ in 0..<samples.int(1...8) where !bytes.isEmpty {
      bytes[samples.int(0...bytes.count - 1)] = UInt8(samples.int(0...255))
    }
    if let wire = try? Mcp_V1_Service(serializedBytes: bytes) {
      do {
        let definition = try ServiceDefinition(wire: wire)
        for component in definition.components { _ = SpecHash.of(component, in: definition.name) }
      } catch {
        #expect((error as? EngineError)?.code == .invalidArgument)
      }
    }
  }
}
