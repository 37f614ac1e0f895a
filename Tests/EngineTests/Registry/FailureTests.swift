import Engine
import Foundation
import Testing

@Suite struct FailureTests {
  @Test func `of a component that failed the last failure is kept, also where its service is not deployed`()
    async throws
  {
    try await RegistryFixture.with { _, registry in
      func failure(_ component: String, _ revision: Int64) -> FailureRecord {
        FailureRecord(
          service: "web", component: component, revision: revision, reason: "it ended",
          lines: [
            LogLine(
              time: Date(timeIntervalSince1970: 1_700_000_000.25), stream: .stderr, text: "no \(revision)")
          ],
          time: Date(timeIntervalSince1970: 1_700_000_001))
      }
      try await registry.keepFailure(failure("db", 1))
      try await registry.keepFailure(failure("api", 1))
      try await registry.keepFailure(failure("api", 2))
      #expect(try await registry.failures(of: "web") == [failure("api", 2), failure("db", 1)])
      #expect(try await registry.failures(of: "other").isEmpty)
    }
  }

  @Test func `the oldest failures make room for new ones`() async throws {
    try await RegistryFixture.with { _, registry in
      for number in 0..<505 {
        try await registry.keepFailure(
          FailureRecord(
            service: "s\(number)", component: "api", revision: 1, reason: "", lines: [],
            time: Date(timeIntervalSince1970: 1_700_000_000 + Double(number))))
      }
      #expect(try await registry.failures(of: "s4").isEmpty)
      #expect(try await registry.failures(of: "s5").count == 1)
      #expect(try await registry.failures(of: "s504").count == 1)
    }
  }
}
