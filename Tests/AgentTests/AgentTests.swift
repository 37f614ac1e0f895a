import Engine
import Testing

@Suite struct PrimitiveTests {
  @Test func `every primitive has a name and a method of its own`() {
    #expect(Set(Primitive.all.map(\.name)).count == Primitive.all.count)
    #expect(Set(Primitive.all.map(\.method)).count == Primitive.all.count)
  }
}
