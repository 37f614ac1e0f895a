import Engine
import Foundation
import Testing

@testable import Shell

@Suite struct JSONTests {
  @Test func `a component is written the same way every time`() throws {
    #expect(
      try JSON.document([Sample.api]) == """
        [
          {
            "component": "api",
            "desired": "running",
            "image": "example.org/api:v1.0.0",
            "node": "rift",
            "observed": "running",
            "pid": 4711,
            "ports": [
              "127.0.0.1:8443:8443"
            ],
            "restarts": 0,
            "revision": 3,
            "runtime": "container",
            "runtime_id": "0123abcd",
            "service": "web",
            "since": "2025-12-30T11:04:05.678Z",
            "version": "v1.0.0"
          }
        ]

        """)
  }

  @Test func `what is empty stays on one line`() throws {
    #expect(try JSON.document([String]()) == "[]\n")
    #expect(try JSON.document(["a": [String: String]()]) == "{\n  \"a\": {}\n}\n")
  }

  @Test func `braces and quotes inside strings are left alone`() throws {
    #expect(try JSON.document(["{\"a\": [1,2]}\\"]) == "[\n  \"{\\\"a\\\": [1,2]}\\\\\"\n]\n")
  }

  @Test func `an event keeps the names of its details`() throws {
    #expect(
      try JSON.line(NodeEvent(event: Sample.event, node: "rift"))
        == #"{"actor":{"kind":"user","name":"alice"},"details":{"imageID":"sha256:1","result":"done"},"id":7,"#
        + #""kind":"deploy","message":"deployed revision 3","node":"rift","service":"web","#
        + #""time":"2026-01-02T02:59:02.678Z"}"# + "\n")
  }

  @Test func `a result carries its node`() throws {
    #expect(
      try JSON.document(OperationDocument(result: Sample.plan, node: "rift")) == """
        {
          "changed": true,
          "changes": [],
          "message": "web: 2 steps planned",
          "node": "rift",
          "planned": true,
          "primitive": "deploy",
          "revision": 3,
          "service": "web",
          "steps": [
            {
              "action": "pull",
              "component": "api",
              "message": "pull example.org/api:2"
            },
            {
              "action": "create",
              "component": "api",
              "message": "create web-api"
            }
          ],
          "warnings": []
        }

        """)
  }

  @Test func `a definition is written with the keys of its file`() throws {
    let text = try JSON.document(ServiceDocument(Sample.record))
    #expect(
      text.hasPrefix(
        """
        {
          "components": [
            {
              "desired": "running",
              "name": "api",
              "revision": 3,
              "spec_hash": "aa"
            },
        """))
    #expect(
      text.contains(
        """
                "env": {
                  "LOG_LEVEL": "debug",
                  "dbPassword": {
                    "secret": "db-password"
                  }
                },
                "heal": true,
                "health": {
                  "command": [],
                  "interval_ms": 10000,
                  "path": "/healthz",
                  "port": 8443,
                  "retries": 3,
                  "start_period_ms": 0,
                  "timeout_ms": 3000,
                  "type": "http"
                },
        """))
    #expect(text.contains("\"updated_at\": \"2026-01-02T02:59:02.678Z\""))
  }
}
