import Foundation
import TestSupport
import Testing

@testable import Engine

/// The declarations of the API against what is there.
@Suite struct ScriptAPITests {
  private static func host(_ plane: any ControlPlane, role: Role = .admin) async throws -> ScriptHost {
    var surroundings = ScriptSurroundings(
      place: .commandLine, name: "test.lua", role: role, plane: { plane },
      definition: { ServiceDefinition(name: $0, components: [Component(name: "api", image: "a:1")]) },
      definitions: { [] })
    surroundings.http = NetworkHTTP(allowed: ["127.0.0.1:1"])
    return try await ScriptHost(surroundings)
  }

  @Test func `every primitive is a Lua function, with its own role`() {
    for primitive in Primitive.all {
      let functions = ScriptAPI.functions.filter { $0.primitive == primitive }
      #expect(functions.count == 1, "\(primitive.name)")
      #expect(functions.allSatisfy { $0.role == primitive.role && $0.mutating == primitive.mutating })
    }
  }

  @Test func `names are unique, and each has an example that compiles`() async throws {
    #expect(Set(ScriptAPI.functions.map(\.name)).count == ScriptAPI.functions.count)
    let state = try LuaState()
    for function in ScriptAPI.functions {
      #expect(await state.check(function.example, name: "example") == .complete, "\(function.name)")
      #expect(APIHelp.text(about: function.name)?.contains(function.summary) == true)
    }
  }

  @Test func `every function that is declared is registered, and nothing else`() async throws {
    let host = try await Self.host(FakeControlPlane { _ in })
    for function in ScriptAPI.functions where function.topic != .testing {
      #expect(try await host.run("return type(\(function.fullName))") == ["function"], "\(function.name)")
    }
    let count = try await host.run(
      """
      local function count(t)
        local n = 0
        for _, v in pairs(t) do
          if type(v) == "function" then n = n + 1 elseif type(v) == "table" then n = n + count(v) end
        end
        return n
      end
      return count(mcp)
      """)
    #expect(count == [.integer(Int64(ScriptAPI.functions.filter { $0.topic != .testing }.count))])
  }

  @Test(arguments: [
    ("mcp.deploy()", "argument #1 'what' is missing"),
    ("mcp.deploy(5)", "a definition table expected, got 5"),
    ("mcp.deploy('web', {tiemout = 1})", "did you mean 'timeout'?"),
    ("mcp.deploy('web', {timeout = 'soon'})", "a duration such as"),
    ("mcp.stop('Web')", "names no service"),
    ("mcp.undeploy('web/api')", "takes a whole service"),
    ("mcp.ps(1)", "a table of options expected"),
    ("mcp.sleep(-1)", "a duration such as"),
    ("mcp.node(1)", "takes no arguments, got 1"),
    ("mcp.parallel({1})", "a function expected"),
    ("mcp.check{}", "one of the options 'tcp', 'http' and 'grpc'"),
    ("mcp.logs('web', {tail = 1 << 40})", "at most 10000"),
  ])
  func `a mistake in a call raises with the script's line`(_ call: String, _ words: String) async throws {
    let host = try await Self.host(FakeControlPlane { _ in })
    let values = try await host.run("return select(2, pcall(function()\n\(call)\nend))", name: "x.lua")
    let text = try #require(values.first?.string)
    #expect(text.hasPrefix("x.lua:2: mcp."), "\(text)")
    #expect(text.contains(words), "\(text)")
  }

  @Test func `what fails in normal life returns nil and an error`() async throws {
    let host = try await Self.host(
      FakeControlPlane { $0.list = { throw EngineError(.unavailable, "nobody is there", hint: "look") } })
    let values = try await host.run(
      "local s, e = mcp.services() return s, e.code, e.hint, tostring(e), pcall(assert, s, e)")
    #expect(values.prefix(5) == [.nil, "unavailable", "look", "nobody is there", false])
  }

  @Test func `a role that is too low is refused`() async throws {
    let fake = FakeControlPlane { _ in }
    let host = try await Self.host(fake, role: .viewer)
    for function in ScriptAPI.functions where function.role > .viewer {
      let needed = function.parameters.filter { !$0.isOptional }.map { _ in "'web'" }
      let simple = function.parameters.isEmpty ? "()" : "(\(needed.joined(separator: ", ")))"
      let special = [
        "exec": "('web', {'x'})", "sync": "{}", "silence": "{match = 'web', duration = '1s'}",
        "unsilence": "(1)", "create_token": "{name = 'a', role = 'viewer', ttl = '1h'}",
      ]
      let call = special[function.name] ?? simple
      #expect(
        try await host.run("return select(2, \(function.fullName)\(call)).code") == ["permission_denied"],
        "\(function.name)")
    }
    #expect(fake.calls.isEmpty)
  }

  @Test func `HTTP goes to allowed hosts only`() async throws {
    let host = try await Self.host(FakeControlPlane { _ in })
    let code = "return select(2, mcp.http.get(...)).code"
    #expect(try await host.run(code, arguments: ["http://127.0.0.1:2/"]) == ["permission_denied"])
    #expect(try await host.run(code, arguments: ["http://127.0.0.1:1/"]) == ["unavailable"])
    #expect(try await host.run(code, arguments: ["file:///etc/passwd"]) == ["invalid_argument"])
  }

  @Test func `a plan changes nothing and reads what is real`() async throws {
    let fake = FakeControlPlane { _ in }
    let host = try await Self.host(fake)
    let plan = PlanRecorder()
    host.context.surroundings.plan = plan
    let values = try await host.run(
      "mcp.services() mcp.exec('web', {'rm'}) mcp.http.post('http://127.0.0.1:1/') return mcp.deploy('web').planned"
    )
    #expect(values == [true])
    #expect(plan.results.map(\.primitive) == ["exec", "http.post", "deploy"])
    #expect(fake.calls.count == 2)
    #expect(fake.calls.first == .list)
  }

  @Test func `JSON keeps what it is given`() async throws {
    let host = try await Self.host(FakeControlPlane { _ in })
    let values = try await host.run(
      """
      local text = '{"a":[1,2.5,"x",true,false],"b":{"c":null,"d":"\\\\u00e9"},"e":9007199254740993}'
      local value = mcp.json.decode(text)
      return mcp.json.encode(value), value.a[4], math.type(value.a[1]), select(2, mcp.json.decode("{")).code,
        select(2, mcp.json.encode({print})).code
      """)
    #expect(
      values == [
        "{\"a\":[1,2.5,\"x\",true,false],\"b\":{\"d\":\"é\"},\"e\":9007199254740993}", true, "integer",
        "invalid_argument", "invalid_argument",
      ])
  }
}
