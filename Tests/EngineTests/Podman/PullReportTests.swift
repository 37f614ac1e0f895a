import Foundation
import Testing

@testable import Engine

@Suite struct PullReportTests {
  private static func messages(_ lines: [String]) throws -> [String] {
    var reports = PullReports(reference: "r.example/a:1")
    return try lines.compactMap { try reports.take(Array($0.utf8))?.message }
  }

  @Test func `layers and bytes are counted`() throws {
    let messages = try Self.messages([
      #"{"status":"Pulling fs layer","progressDetail":{},"id":"aa"}"#,
      #"{"status":"Pulling fs layer","progressDetail":{},"id":"bb"}"#,
      #"{"status":"Downloading","progressDetail":{"current":150454272,"total":400035891},"id":"bb"}"#,
      #"{"status":"Downloading","progressDetail":{"current":150454272,"total":400035891},"id":"bb"}"#,
      #"{"status":"Download complete","progressDetail":{},"id":"aa"}"#,
      #"{"status":"Download complete","progressDetail":{},"id":"bb"}"#,
    ])
    #expect(
      messages == [
        "0 of 1 layers", "0 of 2 layers", "0 of 2 layers, 150.5 of 400.0 MB",
        "1 of 2 layers, 150.5 of 400.0 MB",
        "2 of 2 layers, 400.0 of 400.0 MB",
      ])
  }

  @Test func `what podman says in words is passed on`() throws {
    let messages = try Self.messages([
      #"{"stream":"Trying to pull r.example/a:1...\n"}"#, #"{"stream":"\n"}"#, "not JSON", #"{"id":"abc"}"#,
    ])
    #expect(messages == ["Trying to pull r.example/a:1..."])
  }

  @Test func `an error ends it`() {
    #expect(throws: EngineError.self) {
      try Self.messages([#"{"progressDetail":{},"error":"reading manifest v1: manifest unknown"}"#])
    }
  }

  @Test(arguments: [
    ("reading manifest v1 in r/a: unauthorized: authentication required", EngineError.Code.unauthenticated),
    ("reading manifest v9 in r/a: manifest unknown: manifest unknown", .notFound),
    ("Get \"https://r/v2/\": x509: certificate signed by unknown authority", .failedPrecondition),
    ("Get \"https://r/v2/\": http: server gave HTTP response to HTTPS client", .failedPrecondition),
    ("writing blob: adding layer: write /x: no space left on device", .resourceExhausted),
    ("dial tcp 127.0.0.1:1: connect: connection refused", .unavailable),
    ("reading blob sha256:1: unexpected EOF", .unavailable),
    ("something new", .operationFailed),
  ])
  func `podman's words are understood`(words: String, code: EngineError.Code) {
    let error = PullFailure.error(words, pulling: "r/a:1")
    #expect(error.code == code)
    #expect(error.cause == words)
  }

  @Test func `a password goes into a header of its own`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "password-\(UUID())").path()
    defer { try? FileManager.default.removeItem(atPath: file) }
    try Data("ge?heim~>\n".utf8).write(to: URL(filePath: file))
    let access = RegistryAccess(username: "user", passwordFile: file)
    let header = try #require(try access.authorization(for: "r/a:1"))
    #expect(!header.contains("+") && !header.contains("/"))
    let json = try #require(
      Data(base64Encoded: header.replacing("-", with: "+").replacing("_", with: "/")))
    #expect(
      try JSONDecoder().decode([String: String].self, from: json)
        == ["username": "user", "password": "ge?heim~>"])
    #expect(try RegistryAccess().authorization(for: "r/a:1") == nil)
    #expect(throws: EngineError.self) {
      try RegistryAccess(username: "user", passwordFile: file + "x").authorization(for: "r/a:1")
    }
  }

  @Test(arguments: [
    ("nginx:1", nil), ("library/nginx:1", nil), ("localhost/x:1", "localhost"),
    ("r.example/a/b@sha256:\(String(repeating: "0", count: 64))", "r.example"),
    ("127.0.0.1:5000/x:1", "127.0.0.1:5000"), ("[::1]:5000/x:1", "[::1]:5000"),
  ])
  func `a reference names its registry`(text: String, registry: String?) throws {
    #expect(try #require(ImageReference(text)).registry == registry)
  }
}
