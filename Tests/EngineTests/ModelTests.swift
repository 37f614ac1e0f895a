import Engine
import Testing

@Suite struct ModelTests {
  @Test func `a spec hash ignores what does not reach the runtime object`() {
    var component = Component(name: "api", image: "example.org/api:1")
    let hash = SpecHash.of(component, in: "web")
    component.heal = false
    component.health = HealthCheck(kind: .tcp, port: 80)
    component.dependsOn = ["db"]
    #expect(SpecHash.of(component, in: "web") == hash)
    component.command = ["serve"]
    #expect(SpecHash.of(component, in: "web") != hash)
  }

  @Test(arguments: ["running", "stopped", "missing", "exited(137)", "starting", "unhealthy", "unknown"])
  func `an observed state reads back what it writes`(word: String) {
    #expect(ObservedState(word).description == word)
  }

  @Test(arguments: ["Web", "-web", "web-", "", "we_b", "a/b", String(repeating: "a", count: 49)])
  func `a name that a runtime could not carry is refused`(name: String) {
    #expect(!ServiceDefinition.isValidName(name))
  }
}
