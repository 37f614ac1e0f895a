import Engine
import Testing

@Suite struct DefinitionDiffTests {
  private static func definition(_ body: String) throws -> ServiceDefinition {
    try ServiceFile.parse("name = \"web\"\n" + body, source: "web.toml")
  }

  @Test func `what differs is named by its path, with both values as a file spells them`() throws {
    let old = try Self.definition(
      """
      [[components]]
      name = "api"
      image = "x:1"
      ports = ["80:8080"]
      env = ["A=1", "B=2", { name = "TOKEN", secret = "one" }]
      [components.health]
      type = "tcp"
      port = 8080
      [[components]]
      name = "old"
      image = "y:1"
      """)
    let new = try Self.definition(
      """
      active = false
      [[components]]
      name = "api"
      image = "x:2"
      ports = ["80:8080", "81:8081"]
      env = ["B=3", "C=", { name = "TOKEN", secret = "two" }]
      [components.health]
      type = "tcp"
      port = 8080
      interval = "5s"
      """)
    #expect(
      DefinitionDiff.changes(from: old, to: new) == [
        FieldChange(path: "active", before: nil, after: "false"),
        FieldChange(path: "components.api.env.A", before: "\"1\"", after: nil),
        FieldChange(path: "components.api.env.B", before: "\"2\"", after: "\"3\""),
        FieldChange(path: "components.api.env.C", before: nil, after: "\"\""),
        FieldChange(
          path: "components.api.env.TOKEN", before: "{ secret = \"one\" }", after: "{ secret = \"two\" }"),
        FieldChange(path: "components.api.health.interval", before: nil, after: "\"5s\""),
        FieldChange(path: "components.api.image", before: "\"x:1\"", after: "\"x:2\""),
        FieldChange(
          path: "components.api.ports", before: "[\"80:8080\"]", after: "[\"80:8080\", \"81:8081\"]"),
        FieldChange(path: "components.old.image", before: "\"y:1\"", after: nil),
      ])
  }

  @Test func `what is the same in another order does not differ`() throws {
    let one = try Self.definition(
      "[[components]]\nname = \"a\"\nimage = \"x:1\"\n[[components]]\nname = \"b\"\nimage = \"x:1\"")
    let two = try Self.definition(
      "[[components]]\nname = \"b\"\nimage = \"x:1\"\n[[components]]\nname = \"a\"\nimage = \"x:1\"")
    #expect(DefinitionDiff.changes(from: one, to: two).isEmpty)
    #expect(DefinitionDiff.changes(from: nil, to: nil).isEmpty)
    #expect(DefinitionDiff.changes(from: nil, to: one).count == 2)
  }
}
