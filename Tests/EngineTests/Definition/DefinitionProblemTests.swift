import Engine
import Testing

/// What is reported for definitions that are wrong, line by line.
@Suite struct DefinitionProblemTests {
  private func problems(_ text: String) throws -> [String] {
    let error = #expect(throws: EngineError.self) { try ServiceFile.parse(text, source: "web.toml") }
    let found = try #require(error)
    #expect(found.code == .invalidArgument)
    #expect(found.message == "web.toml is not a valid service definition")
    return found.details
  }

  @Test func `an empty document lacks what is required`() throws {
    #expect(
      try problems("") == ["components: at least one component is required", "name: is required"])
  }

  @Test func `all problems of a file are reported at once, in order`() throws {
    let text = """
      nam = "web"
      node = 5
      restart = "always"
      [[components]]
      name = "API"
      imgae = "x:1"
      ports = ["80:80", "99999:1", 7, "80:80/udp", "0.0.0.0:80:81"]
      memory = "256MB"
      [components.health]
      type = "icmp"
      retires = 3
      [[components]]
      name = "db"
      image = ["x:1"]
      volumes = ["data:/x"]
      [[components]]
      image = "x:1"
      """
    #expect(
      try problems(text) == [
        "components[0].health.retires: unknown key; did you mean `retries`?",
        "components[0].health.type: must be `tcp`, `http`, `grpc` or `exec`, not `icmp`",
        "components[0].image: is required",
        "components[0].imgae: unknown key; did you mean `image`?",
        "components[0].memory: must be a size such as `256MiB` or `2GiB`, or a number of bytes, not `256MB`",
        "components[0].name: must be at most 48 lower-case letters, digits and dashes, with no dash at either"
          + " end, not `API`",
        "components[0].ports[1]: ports are numbers from 1 to 65535, not `99999`",
        "components[0].ports[2]: must be a string, not an integer",
        "components[0].ports[4]: host port 80/tcp is claimed twice",
        "components[1].image: must be a string, not an array",
        "components[1].volumes[0]: the host path must be an absolute path, not `data`",
        "components[2].name: is required",
        "nam: unknown key; did you mean `name`?",
        "name: is required",
        "node: must be a string, not an integer",
        "restart: unknown key",
      ])
  }

  @Test(arguments: [
    (
      "name = \"a_b\"",
      "name: must be at most 48 lower-case letters, digits and dashes, with no dash at either end, not `a_b`"
    ),
    (
      "name = \"\"",
      "name: must be at most 48 lower-case letters, digits and dashes, with no dash at either end, not ``"
    ),
    (
      "name = \"web\"\nnode = \"a b\"",
      "node: is not the name of a node: letters, digits, `.`, `-` and `_`, at most 63, not `a b`"
    ),
    ("name = \"web\"\nactive = 1", "active: must be a boolean, not an integer"),
    ("name = \"web\"\npath = \"/src\"", "path: must be a relative path, not `/src`"),
    ("name = \"web\"\npath = \"a/../b\"", "path: must not contain `..`"),
    ("name = \"web\"\nbuild = { image = {} }", "build.image: unknown key; did you mean `images`?"),
    (
      "name = \"web\"\nbuild.images.\"A\" = \"Dockerfile\"",
      "build.images.A: is not the name of an image, without tag and digest"
    ),
    (
      "name = \"web\"\nbuild.images.\"a:1\" = \"Dockerfile\"",
      "build.images.\"a:1\": is not the name of an image, without tag and digest"
    ),
    (
      "name = \"web\"\nbuild.images.a = \"../Dockerfile\"",
      "build.images.a: the Dockerfile must not contain `..`"
    ),
    (
      "name = \"web\"\nsnapshot.method = \"half\"",
      "snapshot.method: must be `full`, `default` or `exec: <command>`, not `half`"
    ),
    (
      "name = \"web\"\nsnapshot.method = \"exec: \"",
      "snapshot.method: must be `full`, `default` or `exec: <command>`, not `exec: `"
    ),
    (
      "name = \"web\"\nsnapshot.exclude = [\"a/\", \"/b\"]",
      "snapshot.exclude[1]: must be a relative path, not `/b`"
    ),
  ])
  func `a service's key is judged`(lines: String, expected: String) throws {
    let text = "\(lines)\n[[components]]\nname = \"api\"\nimage = \"example.org/api:1\"\n"
    #expect(try problems(text) == [expected])
  }

  @Test(arguments: [
    ("components = 1", "components: must be an array of tables, written `[[components]]`, not an integer"),
    ("components = [1]", "components[0]: must be a table, not an integer"),
    (
      "[components]\nname = \"api\"",
      "components: must be an array of tables, written `[[components]]`, not a table"
    ),
    ("components = []", "components: at least one component is required"),
  ])
  func `components must be tables`(lines: String, expected: String) throws {
    #expect(try problems("name = \"web\"\n\(lines)\n") == [expected])
  }

  @Test func `two components that claim one host port are both named`() throws {
    let text = """
      name = "web"
      components = [
        { name = "api", image = "x:1", ports = ["80:80", "127.0.0.1:53:53/udp"] },
        { name = "web", image = "x:1", ports = ["81:80", "127.0.0.1:80:8080", "53:53/tcp"] },
        { name = "dns", image = "x:1", ports = ["127.0.0.2:53:53/udp", "53:53/udp"] },
      ]
      """
    #expect(
      try problems(text) == [
        "components[1].ports[1]: host port 80/tcp is claimed by both `api` and `web`",
        "components[2].ports[1]: host port 53/udp is claimed by both `api` and `dns`",
      ])
  }

  @Test func `dependencies must exist and must not go round`() throws {
    let text = """
      name = "web"
      components = [
        { name = "a", image = "x:1", depends_on = ["b", "a"] },
        { name = "b", image = "x:1", depends_on = ["cc"] },
        { name = "cc", image = "x:1", depends_on = ["db", "a", "db"] },
        { name = "db", image = "x:1", depends_on = ["dbb", "other"] },
        { name = "a", image = "x:1" },
      ]
      """
    #expect(
      try problems(text) == [
        "components[0].depends_on: the components wait for each other: a -> b -> cc -> a",
        "components[0].depends_on[1]: a component cannot depend on itself",
        "components[2].depends_on[2]: `db` is named twice",
        "components[3].depends_on[0]: no component is named `dbb`; did you mean `db`?",
        "components[3].depends_on[1]: no component is named `other`",
        "components[4].name: `a` is the name of components[0] as well",
      ])
  }

  @Test func `there are limits to how much a definition holds`() throws {
    let component = "[[components]]\nname = \"c%\"\nimage = \"x:1\"\n"
    func components(_ count: Int) -> String {
      "name = \"web\"\n" + (0..<count).map { component.replacing("%", with: "\($0)") }.joined()
    }
    #expect(try ServiceFile.parse(components(64), source: "web.toml").components.count == 64)
    #expect(try problems(components(65)) == ["components: more than 64 components"])
    let variables = (0...256).map { "\"A\($0)=1\"" }.joined(separator: ",")
    let ports = (1...129).map { "\"\($0):1\"" }.joined(separator: ",")
    let arguments = Array(repeating: "\"x\"", count: 257).joined(separator: ",")
    let long = String(repeating: "x", count: (32 << 10) + 1)
    #expect(
      try problems(
        Samples.component(
          """
          env = [\(variables)]
          ports = [\(ports)]
          cmd = [\(arguments)]
          health = { type = "exec", command = ["\(long)"] }
          """)) == [
          "components[0].cmd: more than 256 elements",
          "components[0].env: more than 256 elements",
          "components[0].health.command[0]: is longer than 32768 bytes",
          "components[0].ports: more than 128 elements",
        ])
  }

  @Test func `a very long list of problems is cut and counted`() throws {
    let lines = (0..<150).map { "unknown\($0) = 1" }.joined(separator: "\n")
    let found = try problems(Samples.component(lines))
    #expect(found.count == 101)
    #expect(found.first == "components[0].unknown0: unknown key")
    #expect(found.last == "and 50 more")
  }
}
