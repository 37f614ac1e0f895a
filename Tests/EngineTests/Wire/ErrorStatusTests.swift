import Engine
import GRPCCore
import GRPCProtobuf
import Testing

@Suite struct ErrorStatusTests {
  @Test func `every kind of error has a status of its own and comes back from it`() {
    let codes = EngineError.Code.allCases
    #expect(Set(codes.map(RPCError.Code.init)).count == codes.count)
    for code in codes {
      #expect(EngineError.Code(RPCError.Code(code)) == code)
    }
  }

  @Test(arguments: 1...300) func `an error arrives exactly as it was thrown`(seed: Int) {
    var samples = WireSamples(seed: UInt64(seed))
    let error = samples.error()
    #expect(EngineError(status: RPCError(error)) == error)
  }

  @Test func `the last log lines of a container that failed fit`() {
    let lines = (1...20).map { "2025-01-01T00:00:00.000Z api[\($0)]: " + String(repeating: "x", count: 150) }
    let error = EngineError(.operationFailed, "web/api did not start", hint: "read the log", details: lines)
    #expect(EngineError(status: RPCError(error)) == error)
  }

  @Test(arguments: ["x", "ö", "漢", "🐙"])
  func `an error of any size stays below what a trailer may have`(character: String) throws {
    let long = String(repeating: character, count: 20_000)
    let error = EngineError(
      .operationFailed, long, cause: long, hint: long, service: long, component: long,
      details: (0..<500).map { "\($0) " + long })
    let status = RPCError(error)
    // Names, values and 32 bytes a header, as HTTP/2 counts; the rest are grpc-status, :status, content-type.
    var bytes = 200 + "grpc-message".utf8.count + 32 + percentEncoded(status.message)
    for (name, value) in status.metadata { bytes += name.utf8.count + value.encoded().utf8.count + 32 }
    #expect(bytes < 8_192)
    let received = try #require(EngineError(status: status))
    #expect(received.code == .operationFailed)
    #expect(received.message.hasSuffix("…"))
    #expect(received.details.first?.hasPrefix("0 ") == true)
    #expect(received.details.last?.hasPrefix("499 ") == true)
    #expect(received.details.contains { $0.contains("lines left out") })
  }

  @Test func `a reason that is not known counts as its status`() {
    func error(_ reason: String, _ code: RPCError.Code) -> EngineError? {
      let status = GoogleRPCStatus(
        code: code, message: "m", details: .errorInfo(reason: reason, domain: "mcp"))
      return EngineError(status: RPCError(status))
    }
    #expect(error("out_of_luck", .resourceExhausted)?.code == .resourceExhausted)
    #expect(error("out_of_luck", .outOfRange)?.code == .invalidArgument)
    #expect(error("conflict", .unknown)?.code == .conflict)
  }

  @Test func `a status that no agent sent is none of its errors`() {
    #expect(EngineError(status: RPCError(code: .unavailable, message: "gone")) == nil)
    let foreign = GoogleRPCStatus(
      code: .notFound, message: "m", details: .errorInfo(reason: "not_found", domain: "example.org"))
    #expect(EngineError(status: RPCError(foreign)) == nil)
    let broken = RPCError(
      code: .internalError, message: "m", metadata: ["grpc-status-details-bin": .binary([0xff, 0xff, 1])])
    #expect(EngineError(status: broken) == nil)
  }

  private func percentEncoded(_ text: String) -> Int {
    text.utf8.reduce(0) { $0 + ((0x20...0x7E).contains($1) && $1 != UInt8(ascii: "%") ? 1 : 3) }
  }
}
