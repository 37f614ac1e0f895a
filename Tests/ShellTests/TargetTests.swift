import Engine
import Testing

@Suite struct TargetTests {
  @Test func `a target is a service or one component of it`() throws {
    #expect(try Target(parsing: "web").component == nil)
    #expect(try Target(parsing: "web/api").component == "api")
    #expect(throws: EngineError.self) { try Target(parsing: "web/api/x") }
  }
}
