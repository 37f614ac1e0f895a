import Testing

@testable import Engine

@Suite struct SecretValueTests {
  @Test func `a value shows itself to nobody who prints it`() throws {
    let value = try SecretValue(Array("swordfish".utf8))
    let secret = InstanceSecret(version: "v", value: value, place: .variable("PW"))
    var dumped = ""
    dump(secret, to: &dumped)
    for text in ["\(value)", String(reflecting: value), "\([secret])", String(reflecting: [secret]), dumped] {
      #expect(!text.contains("swordfish") && !text.contains("115"), "\(text)")
    }
  }

  @Test func `an empty value and one that is too long are refused`() throws {
    #expect(throws: EngineError.self) { try SecretValue([]) }
    #expect(throws: EngineError.self) {
      try SecretValue([UInt8](repeating: 1, count: SecretValue.maximumBytes + 1))
    }
    #expect(try SecretValue([0]).bytes == [0])
  }

  @Test func `another version of a secret makes another spec, and none leaves it as it was`() {
    let component = Component(name: "api", image: "r/a:1")
    let plain = SpecHash.of(component, in: "web")
    var givens = SpecGivens()
    #expect(SpecHash.of(component, in: "web", given: givens) == plain)
    givens.secrets["key"] = "1"
    let first = SpecHash.of(component, in: "web", given: givens)
    givens.secrets["key"] = "2"
    #expect(Set([plain, first, SpecHash.of(component, in: "web", given: givens)]).count == 3)
  }
}
