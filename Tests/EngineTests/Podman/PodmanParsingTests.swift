import Foundation
import NIOCore
import Testing

@testable import Engine

@Suite struct PodmanParsingTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0.0), ("2026-11-22T19:04:27.572751128Z", 1_795_374_267.572_751_128),
    ("2024-02-29T23:59:59+01:30", 1_709_245_799.0), ("2000-03-01T00:00:00-00:00", 951_868_800.0),
  ])
  func `times are read with fractions and zones`(text: String, seconds: Double) throws {
    let date = try #require(PodmanTime.parse(text))
    #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_001)
  }

  @Test(arguments: [
    "", "0001-01-01T00:00:00Z", "2026-11-22", "2026-13-22T19:04:27Z", "2026-11-22T19:04:27",
    "2026-11-22 19:04:27Zx",
    "out of order and long enough",
  ])
  func `what is no time is none`(text: String) {
    #expect(PodmanTime.parse(text) == nil)
  }

  @Test func `seconds before 1970 are Go's zero time`() {
    #expect(PodmanTime.date(seconds: -62_135_596_800) == nil)
    #expect(PodmanTime.date(seconds: nil) == nil)
    #expect(PodmanTime.date(seconds: 5) == Date(timeIntervalSince1970: 5))
  }

  @Test(arguments: [
    ("4.3.1", true), ("4.3.0-rc1", true), ("5.8.2", true), ("5.0.0-dev", true), ("4.2.9", false),
    ("3.0.1", false), ("6.0.0", false),
  ])
  func `podman 4.3 to 5.x are supported`(text: String, isSupported: Bool) throws {
    let version = try #require(PodmanVersion(text))
    #expect(version.isSupported == isSupported)
    #expect(version.description == text)
    if !isSupported {
      #expect(throws: EngineError.self) { try version.requireSupported(socket: "") }
    }
  }

  @Test func `what is no version is none`() {
    #expect(PodmanVersion("") == nil)
    #expect(PodmanVersion("podman") == nil)
    #expect(PodmanVersion("4") == nil)
    #expect(PodmanVersion("4.x") == nil)
  }

  @Test func `podman's words lose what only podman understands`() {
    let body = """
      {"cause":"OCI runtime attempted to invoke a command that was not found","message":"runc: runc create failed: \
      unable to start container process: exec: \\"/x\\": stat /x: no such file or directory: OCI runtime attempted to \
      invoke a command that was not found","response":500}
      """
    let failure = PodmanFailure(status: 500, body: Data(body.utf8))
    #expect(failure.words == "exec: \"/x\": stat /x: no such file or directory")
    #expect(failure.code == .operationFailed)
    let same = PodmanFailure(
      status: 404, body: Data(#"{"cause":"gone","message":"gone","response":404}"#.utf8))
    #expect(same.words == "gone")
    #expect(same.code == .notFound)
    #expect(PodmanFailure(status: 502, body: Data("<html>".utf8)).words == "<html>")
    #expect(!PodmanFailure(status: 500, body: Data()).words.isEmpty)
  }

  @Test(arguments: [
    (
      "initializing source docker://x: pinging container registry x: dial tcp 127.0.0.1:443: connect: connection refused",
      EngineError.Code.unavailable
    ),
    ("initializing source docker://x: reading manifest 1 in r/x: manifest unknown", .notFound),
    (
      "initializing source docker://x: reading manifest: unauthorized: authentication required",
      .unauthenticated
    ),
    ("writing blob: storing blob to file: write /var/tmp/s: no space left on device", .resourceExhausted),
    (
      "short-name \"none:1\" did not resolve to an alias and no unqualified-search registries are defined",
      .notFound
    ),
    ("invalid reference format", .invalidArgument),
    (
      "pinging container registry r: Get \"https://r/v2/\": x509: certificate signed by unknown authority",
      .failedPrecondition
    ),
    ("the moon is in the wrong phase", .operationFailed),
  ])
  func `the reason of a failed pull is understood, or passed on`(words: String, code: EngineError.Code) {
    let error = PullFailure.error(words, pulling: "r/x:1")
    #expect(error.code == code)
    #expect(error.cause == words)
    #expect(error.message.contains("r/x:1"))
  }

  @Test func `lines are cut from bytes cut anywhere`() throws {
    let bytes = Array("one\n\ntwo\nrest".utf8)
    for cut in 0...bytes.count {
      var splitter = LineSplitter()
      var lines: [String] = []
      for part in [bytes[..<cut], bytes[cut...]] {
        try splitter.append(ByteBuffer(bytes: part))
        while let line = splitter.next() { lines.append(String(decoding: line, as: UTF8.self)) }
      }
      #expect(lines == ["one", "", "two"])
      #expect(splitter.rest() == Array("rest".utf8))
      #expect(splitter.rest() == nil)
    }
  }

  @Test func `the head of an answer is taken when it is complete and what follows stays`() throws {
    let text = "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\n\r\nbytes"
    for count in 0...text.utf8.count {
      var buffer = ByteBuffer(bytes: text.utf8.prefix(count))
      let head = try ResponseHead.take(from: &buffer)
      if count < text.utf8.count - 5 {
        #expect(head == nil)
      } else {
        #expect(head == ResponseHead(status: 101, contentLength: 0))
        #expect(String(buffer: buffer) == String(text.suffix(5).prefix(count - (text.utf8.count - 5))))
      }
    }
    var refusal = ByteBuffer(string: "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 17\r\n\r\n{")
    #expect(try ResponseHead.take(from: &refusal) == ResponseHead(status: 500, contentLength: 17))
    var noise = ByteBuffer(string: "SSH-2.0-OpenSSH\r\n\r\n")
    #expect(throws: EngineError.self) { try ResponseHead.take(from: &noise) }
  }

  @Test func `paths and queries are encoded, the slashes of images are not`() {
    let request = PodmanRequest(
      .get, "/images/\(PodmanRequest.imagePath("host:5000/a b/c@sha256:1"))/json", query: [("x", "1&2=3 ü")],
      limit: .seconds(1), purpose: "test")
    #expect(
      request.target == "/v4.0.0/libpod/images/host%3A5000/a%20b/c%40sha256%3A1/json?x=1%262%3D3%20%C3%BC")
    #expect(request.isRepeatable)
    #expect(!PodmanRequest(.post, "/x", limit: .seconds(1), purpose: "test").isRepeatable)
    #expect(PodmanRequest.filters(["b": ["2"], "a": ["1"]]).value == #"{"a":["1"],"b":["2"]}"#)
  }

  @Test func `events are read as podman writes them`() throws {
    let line = """
      {"status":"died","id":"d2","from":"localhost/x:1","Type":"container","Action":"died","Actor":{"ID":"d2",\
      "Attributes":{"containerExitCode":"3","name":"ev2"}},"scope":"local","time":1795374677,\
      "timeNano":1795374677254349806}
      """
    let event = try JSONDecoder().decode(PodmanEvent.self, from: Data(line.utf8))
    #expect(event.meaning == .died(exitCode: 3))
    #expect(event.actor.attributes["name"] == "ev2")
    #expect(abs(event.date.timeIntervalSince1970 - 1_795_374_677.254) < 0.001)
  }
}
