import GRPCCore
import SwiftProtobuf
import Testing

@testable import Engine

@Suite struct CallFailureTests {
  private let deploying = CallSubject.changing("deploying web", service: "web")
  private let listing = CallSubject.reading("listing services")

  @Test(arguments: [RPCError.Code.unavailable, .cancelled, .unknown, .internalError])
  func `a call that breaks on the way says where its outcome is`(code: RPCError.Code) {
    let error = deploying.failure(RPCError(code: code, message: "Stream unexpectedly closed."))
    #expect(error.code == .unavailable)
    #expect(error.message == "deploying web: the connection to the agent broke")
    #expect(error.cause == "Stream unexpectedly closed.")
    #expect(error.hint?.contains("mcp events --service web") == true)
    #expect(error.service == "web")
    #expect(listing.failure(RPCError(code: code, message: "")).hint == nil)
  }

  @Test func `other endings on the way keep their meaning`() {
    func code(_ code: RPCError.Code) -> EngineError.Code {
      listing.failure(RPCError(code: code, message: "m")).code
    }
    #expect(code(.deadlineExceeded) == .timeout)
    #expect(code(.unimplemented) == .unsupported)
    #expect(code(.resourceExhausted) == .resourceExhausted)
    #expect(code(.permissionDenied) == .permissionDenied)
    #expect(listing.failure(TimeLimit.Exceeded(limit: .seconds(30))).code == .timeout)
    #expect(listing.failure(CancellationError()).code == .cancelled)
    #expect(
      listing.failure(RuntimeError(code: .clientIsStopped, message: "stopped")).code == .unavailable)
  }

  @Test func `an error of the engine passes through`() {
    let error = EngineError(.conflict, "the port is taken")
    #expect(deploying.failure(error) == error)
    #expect(deploying.failure(RPCError(error)) == error)
  }

  @Test func `an answer that says what this version does not know is not half understood`() {
    let answer = Mcp_V1_GetServiceResponse.with {
      $0.definition.name = "web"
      $0.definition.components = [
        .with {
          $0.name = "api"
          $0.runtime = .UNRECOGNIZED(7)
        }
      ]
    }
    let error = #expect(throws: EngineError.self) {
      try listing.reading { try ServiceRecord(wire: answer) }
    }
    #expect(error?.code == .unsupported)
    #expect(error?.cause?.contains("definition.components[0].runtime") == true)
  }

  @Test func `what takes longer than its limit is cancelled and told apart`() async throws {
    await #expect(throws: TimeLimit.Exceeded.self) {
      try await TimeLimit.run(.milliseconds(10)) { try await Task.sleep(for: .seconds(600)) }
    }
    #expect(try await TimeLimit.run(.seconds(600)) { 7 } == 7)
    // Nothing ends this one: it is left behind.
    await #expect(throws: TimeLimit.Exceeded.self) {
      try await TimeLimit.run(.milliseconds(10)) {
        await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
      }
    }
    let waiting = Task {
      try await TimeLimit.run(.seconds(600)) { try await Task.sleep(for: .seconds(600)) }
    }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
  }
}
