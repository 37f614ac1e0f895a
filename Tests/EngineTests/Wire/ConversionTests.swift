import Engine
import Foundation
import SwiftProtobuf
import Testing

/// Everything is encoded to bytes and back, as it is between two processes.
private func sent<Wire: Message>(_ message: Wire) throws -> Wire {
  let bytes: [UInt8] = try message.serializedBytes()
  return try Wire(serializedBytes: bytes)
}

@Suite struct ConversionTests {
  /// Seeds of the random values; add the seed of a failure here.
  static let seeds: [UInt64] = Array(1...300)

  @Test(arguments: seeds) func `a definition arrives as it was sent`(seed: UInt64) throws {
    var samples = WireSamples(seed: seed)
    let request = DeployRequest(
      definition: samples.definition(), component: samples.optional { $0.name() }, planOnly: samples.bool())
    #expect(try DeployRequest(wire: sent(Mcp_V1_DeployRequest(request))) == request)
    let sync = SyncRequest(
      definitions: samples.list { $0.definition() }, prune: samples.bool(), planOnly: samples.bool())
    #expect(try SyncRequest(wire: sent(Mcp_V1_SyncRequest(sync))) == sync)
  }

  @Test(arguments: seeds) func `what the agent reports arrives as it was sent`(seed: UInt64) throws {
    var samples = WireSamples(seed: seed)
    let report = StatusReport(
      node: samples.node(), components: samples.list { $0.status() }, drift: samples.list { $0.drift() },
      operations: samples.list { $0.text() }, events: samples.list { $0.event() })
    #expect(try StatusReport(wire: sent(Mcp_V1_StatusResponse(report))) == report)
    let record = ServiceRecord(
      definition: samples.definition(), revision: samples.int64(), updatedAt: samples.date(),
      updatedBy: samples.actor(),
      components: samples.list {
        ComponentRecord(
          name: $0.text(), desired: $0.one(of: DesiredState.allCases), specHash: $0.text(),
          revision: $0.int64())
      })
    #expect(try ServiceRecord(wire: sent(Mcp_V1_GetServiceResponse(record))) == record)
    let summary = ServiceSummary(
      name: samples.text(), node: samples.text(), active: samples.bool(),
      components: samples.list { $0.text() }, revision: samples.int64(), updatedAt: samples.date())
    #expect(try ServiceSummary(wire: sent(Mcp_V1_ServiceSummary(summary))) == summary)
    let finding = DoctorFinding(
      level: samples.one(of: DoctorFinding.Level.allCases), check: samples.text(), message: samples.text(),
      remedy: samples.optional { $0.text() })
    #expect(try DoctorFinding(wire: sent(Mcp_V1_DoctorFinding(finding))) == finding)
  }

  @Test(arguments: seeds) func `operations and streams arrive as they were sent`(seed: UInt64) throws {
    var samples = WireSamples(seed: seed)
    let progress = OperationProgress(
      service: samples.text(), component: samples.optional { $0.text() }, phase: samples.text(),
      message: samples.text())
    #expect(try OperationProgress(wire: sent(Mcp_V1_OperationProgress(progress))) == progress)
    let result = SyncResult(
      results: samples.list { $0.result() }, failures: samples.list { $0.error() })
    #expect(try SyncResult(wire: sent(Mcp_V1_SyncResult(result))) == result)
    let target = TargetRequest(
      target: Target(service: samples.name(), component: samples.optional { $0.name() }),
      planOnly: samples.bool())
    #expect(try TargetRequest(wire: sent(Mcp_V1_StopRequest(target))) == target)
    let query = EventQuery(
      service: samples.optional { $0.text() }, since: samples.optional { $0.date() },
      afterID: samples.optional { $0.int64() }, limit: samples.optional { $0.int(0...9) },
      follow: samples.bool())
    #expect(try EventQuery(wire: sent(Mcp_V1_EventsRequest(query))) == query)
    let options = LogOptions(
      follow: samples.bool(), tail: samples.optional { $0.int(0...9) },
      since: samples.optional { $0.date() }, failed: samples.bool())
    let back = RollbackRequest(
      service: samples.name(), revision: samples.optional { Int64($0.int(1...9)) }, planOnly: samples.bool())
    #expect(try RollbackRequest(wire: sent(Mcp_V1_RollbackRequest(back))) == back)
    let recovery = RecoverRequest(
      services: samples.list { $0.name() }, parallel: samples.optional { $0.int(1...9) },
      planOnly: samples.bool())
    #expect(try RecoverRequest(wire: sent(Mcp_V1_RecoverRequest(recovery))) == recovery)
    let boot = BootReport(
      progress: BootProgress(
        script: samples.text(), state: samples.one(of: BootProgress.State.allCases),
        stages: samples.list {
          BootProgress.Stage(
            name: $0.text(), services: $0.list { $0.name() }, required: $0.bool(),
            state: $0.one(of: BootProgress.StageState.allCases), attempts: $0.int(0...9),
            message: $0.optional { $0.text() }, since: $0.date())
        }, startedAt: samples.date(), endedAt: samples.optional { $0.date() },
        message: samples.optional { $0.text() }), results: samples.list { $0.result() })
    #expect(try BootReport(wire: sent(Mcp_V1_BootReport(boot))) == boot)
    let alerts = AlertList(
      alerts: samples.list {
        Alert(
          id: $0.int64(), key: $0.text(), severity: $0.one(of: Alert.Severity.allCases), summary: $0.text(),
          service: $0.optional { $0.text() }, component: $0.optional { $0.text() }, since: $0.date(),
          lastSeen: $0.date(), count: $0.int(1...99), resolvedAt: $0.optional { $0.date() },
          silencedUntil: $0.optional { $0.date() })
      },
      silences: samples.list {
        Silence(
          id: $0.int64(), match: $0.text(), until: $0.date(), reason: $0.text(), actor: $0.actor(),
          createdAt: $0.date())
      })
    #expect(try AlertList(wire: sent(Mcp_V1_ListAlertsResponse(alerts))) == alerts)
    let silence = SilenceRequest(
      match: samples.text(), duration: .milliseconds(samples.int(0...9_999_999)), reason: samples.text())
    #expect(try SilenceRequest(wire: sent(Mcp_V1_SilenceRequest(silence))) == silence)
    let tests = samples.list { AlertTestResult(sink: $0.text(), error: $0.optional { $0.error() }) }
    #expect(try sent(Mcp_V1_TestAlertsResponse(tests)).values == tests)
    let wanted = AdoptRequest(
      service: samples.optional { $0.name() },
      containers: Dictionary(
        samples.list { ($0.name(), $0.text()) }, uniquingKeysWith: { first, _ in first }),
      project: samples.optional { $0.text() }, force: samples.bool(), planOnly: samples.bool())
    #expect(try AdoptRequest(wire: sent(Mcp_V1_AdoptRequest(wanted))) == wanted)
    let adopted = AdoptReport(
      services: samples.list {
        AdoptedService(
          definition: $0.definition(),
          members: $0.list {
            AdoptedService.Member(component: $0.name(), container: $0.text(), problems: $0.list { $0.text() })
          }, result: $0.optional { $0.result() })
      }, failures: samples.list { $0.error() })
    #expect(try AdoptReport(wire: sent(Mcp_V1_AdoptReport(adopted))) == adopted)
    let revision = samples.revision()
    #expect(try RevisionSummary(wire: sent(Mcp_V1_Revision(revision))) == revision)
    #expect(try LogOptions(wire: sent(Mcp_V1_LogsRequest(target.target, options))) == options)
    let line = LogLine(
      component: samples.text(), time: samples.optional { $0.date() },
      stream: samples.bool() ? .stdout : .stderr, text: samples.text())
    #expect(try LogLine(wire: sent(Mcp_V1_LogLine(line))) == line)
  }

  @Test(arguments: seeds) func `a session arrives as it was sent`(seed: UInt64) throws {
    var samples = WireSamples(seed: seed)
    let request = ExecRequest(
      command: ["sh"] + samples.list { $0.text() }, tty: samples.bool(), stdin: samples.bool(),
      user: samples.optional { $0.text() }, environment: samples.list { "K=" + $0.text() },
      size: samples.optional { TerminalSize(columns: $0.int(0...500), rows: $0.int(0...500)) })
    let target = Target(service: samples.name(), component: samples.name())
    let open = try sent(Mcp_V1_ExecRequest.Open(target, request))
    #expect(try ExecRequest(wire: open) == request)
    #expect(try Target(wire: open.target) == target)
    let bytes = Array(samples.text().utf8)
    let inputs: [ExecSession.Input] = [
      .stdin(bytes), .endOfInput, .resize(TerminalSize(columns: samples.int(0...500), rows: 7)),
    ]
    for input in inputs { #expect(try sent(Mcp_V1_ExecRequest(input)).sessionInput == input) }
    let outputs: [ExecSession.Output] = [.stdout(bytes), .stderr(bytes), .exit(samples.int(-1...255))]
    for output in outputs { #expect(try sent(Mcp_V1_ExecResponse(output)).sessionOutput == output) }
  }

  @Test func `what a client leaves out has the defaults of the definition format`() throws {
    let wire = Mcp_V1_Service.with {
      $0.name = "web"
      $0.components = [
        .with {
          $0.name = "api"
          $0.image = "example.org/api:1"
          $0.health.kind = .tcp
        }
      ]
    }
    var component = Component(name: "api", image: "example.org/api:1")
    component.health = HealthCheck(kind: .tcp)
    #expect(try ServiceDefinition(wire: wire) == ServiceDefinition(name: "web", components: [component]))
  }

  @Test func `a time that a timestamp cannot hold becomes the nearest that it can`() {
    let nan = Google_Protobuf_Timestamp(Date(timeIntervalSince1970: .nan))
    #expect(nan.seconds == 0 && nan.nanos == 0)
    #expect(Google_Protobuf_Timestamp(.distantFuture).seconds <= 253_402_300_799)
    let late = Google_Protobuf_Timestamp(Date(timeIntervalSince1970: .infinity))
    #expect(late.seconds == 253_402_300_799)
    let early = Google_Protobuf_Timestamp(Date(timeIntervalSince1970: -1e300))
    #expect(early.seconds == -62_135_596_800 && early.nanos == 0)
    let edge = Google_Protobuf_Timestamp(Date(timeIntervalSince1970: 9.999_999_9))
    #expect(edge.seconds == 10 && edge.nanos == 0)
  }

  @Test func `numbers that the wire cannot hold are cut, not trapped`() {
    #expect(Mcp_V1_ObservedState(.exited(code: .max)).exitCode == .max)
    #expect(Mcp_V1_PortMapping(PortMapping(hostPort: -1, containerPort: .max)).hostPort == 0)
    #expect(Mcp_V1_EventsRequest(EventQuery(limit: -5)).limit == 0)
    #expect(Mcp_V1_TerminalSize(TerminalSize(columns: -1, rows: .max)).rows == .max)
    let size = Mcp_V1_TerminalSize.with { $0.columns = .max }
    #expect(TerminalSize(wire: size).columns == 65_535)
  }
}
