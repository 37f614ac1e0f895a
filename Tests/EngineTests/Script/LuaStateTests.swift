import Engine
import Testing

@Suite struct LuaStateTests {
  @Test func `values survive the way in and out`() async throws {
    let state = try LuaState()
    let values: [LuaValue] = [
      1, "a", [1, 2, ["x"]], ["x": 1.5, "list": ["a", "b"]], true, false, .integer(.min), .number(.infinity),
      "",
      .bytes([0xff, 0, 0xfe]), "naïve \u{1F600}\0", .table(LuaTable()),
      .table(
        LuaTable([.init(key: 1, value: "one"), .init(key: 3, value: "three"), .init(key: true, value: 2)])),
      .failure(
        EngineError(.notFound, "no such service", cause: "gone", hint: "look", service: "web", details: ["x"])
      ),
      nil, 2,
    ]
    #expect(try await state.run("return ...", name: "t.lua", arguments: values) == values)
    #expect(
      try await state.run("local t = {} for i = 9, 1, -1 do t[i] = i end return t", name: "t.lua") == [
        [1, 2, 3, 4, 5, 6, 7, 8, 9]
      ])
  }

  @Test func `huge tables come out, and too deep ones are refused`() async throws {
    let state = try LuaState()
    let values = try await state.run(
      "local t = {} for i = 1, 100000 do t[i] = {name = 'n' .. i} end return t", name: "huge.lua")
    #expect(values.first?.array?.count == 100000)
    #expect(values.first?.array?.last == ["name": "n100000"])
    #expect(try await state.run("return #...", name: "in.lua", arguments: values) == [100000])
    for text in ["local t = {} t.t = t return t", "local t = {} for i = 1, 100 do t = {t} end return t"] {
      let error = await #expect(throws: EngineError.self) { try await state.run(text, name: "deep.lua") }
      #expect(error?.message.contains("nested deeper than 64 levels") == true)
    }
    let error = await #expect(throws: EngineError.self) {
      try await state.run("return coroutine.create(print)", name: "thread.lua")
    }
    #expect(error?.message == "a thread cannot be passed out of the script")
  }

  @Test func `an error tells the script and the line`() async throws {
    let state = try LuaState()
    let text =
      "local function inner() local x = nil; return x.y end\n\nlocal function outer() inner() end\nouter()"
    let error = await #expect(throws: EngineError.self) { try await state.run(text, name: "bad.lua") }
    #expect(error?.code == .operationFailed)
    #expect(error?.message == "bad.lua:1: attempt to index a nil value (local 'x')")
    #expect(error?.details == ["bad.lua:1: in 'inner'", "bad.lua:3: in 'outer'", "bad.lua:4: in main chunk"])
    let syntax = await #expect(throws: EngineError.self) {
      try await state.run("x = = 1", name: "syntax.lua")
    }
    #expect(syntax?.code == .invalidArgument)
    #expect(syntax?.message == "syntax.lua:1: unexpected symbol near '='")
    for (raised, message) in [
      ("error({})", "the script raised a table value as an error"),
      ("error()", "the script raised a nil value as an error"),
      ("error(12)", "12"), ("error({message = 'm', code = 'conflict'})", "m"),
      ("error(setmetatable({}, {__tostring = function() return 'told' end}))", "told"),
      (
        "error(setmetatable({}, {__tostring = function() error('x') end}))",
        "an error value that cannot be read"
      ),
      ("error(print)", "the script raised a function value as an error"),
    ] {
      let error = await #expect(throws: EngineError.self) { try await state.run(raised, name: "e.lua") }
      #expect(error?.message == message)
    }
  }

  @Test func `a failure is nil and an error table that reads well, can be asserted and comes back whole`()
    async throws
  {
    let state = try LuaState()
    let failure = EngineError(.notFound, "no such service", cause: "gone", hint: "try list", service: "web")
    try await state.register("mcp.deploy") { _ in throw failure }
    try await state.registerImmediate("mcp.now") { _ in throw failure }
    try await state.registerImmediate("mcp.raise", failures: .raised) { _ in throw failure }
    try await state.register("mcp.misuse") { _ in throw LuaMisuse("mcp.misuse: a name expected") }
    for name in ["mcp.deploy", "mcp.now"] {
      #expect(
        try await state.run(
          "local r, e = \(name)() return r, tostring(e), e.code, e.hint, e.service, e.component",
          name: "e.lua")
          == [nil, "no such service: gone", "not_found", "try list", "web", nil])
    }
    for text in ["assert(mcp.deploy())", "error(select(2, mcp.now()))", "mcp.raise()"] {
      let error = await #expect(throws: EngineError.self) { try await state.run(text, name: "e.lua") }
      #expect(error?.code == .notFound)
      #expect(error?.hint == "try list")
      #expect(error?.details == ["e.lua:1: in main chunk"])
    }
    let misuse = await #expect(throws: EngineError.self) {
      try await state.run("\nmcp.misuse()", name: "e.lua")
    }
    #expect(misuse?.message == "e.lua:2: mcp.misuse: a name expected")
  }

  @Test func `immediate functions read their arguments one by one or all at once`() async throws {
    let state = try LuaState()
    try await state.registerImmediate("add") { call in
      guard let a = call.integer(0), let b = call.integer(1) else { throw LuaMisuse("two integers expected") }
      return .value(.integer(a &+ b))
    }
    try await state.registerImmediate("all") { .values($0.arguments) }
    try await state.registerImmediate("greet") { .value(.string("hello " + ($0.string(0) ?? "nobody"))) }
    let values = try await state.run(
      "return add(1, 2), select('#', all(1, nil, {1})), greet('x'), greet({}), pcall(add, 1)", name: "i.lua")
    #expect(values == [3, 3, "hello x", "hello nobody", false, "two integers expected"])
    #expect(
      try await state.run("return all(1.5, 'x', {y = 1}, nil)", name: "i.lua") == [1.5, "x", ["y": 1], nil])
  }

  @Test func `functions are kept by reference, called back and let go`() async throws {
    let state = try LuaState()
    var function = try #require(
      try await state.run("local n = 0 return function(by) n = n + by return n end", name: "f.lua").first?
        .function)
    #expect(try await state.call(function, [2]) == [2])
    #expect(try await state.call(function, [3]) == [5])
    #expect(
      try await state.run("local f = ... return f(1)", name: "g.lua", arguments: [.function(function)]) == [6]
    )
    let other = try LuaState()
    let error = await #expect(throws: EngineError.self) { try await other.call(function) }
    #expect(error?.code == .invalidArgument)
    await state.collect()
    let before = await state.memory
    let big = "local keep = {} for i = 1, 10000 do keep[i] = {} end return function() return keep end"
    function = try #require(try await state.run(big, name: "big.lua").first?.function)
    await state.collect()
    #expect(await state.memory > before + 500_000)
    function = try #require(try await state.run("return print", name: "small.lua").first?.function)
    await state.collect()
    #expect(await state.memory < before + 100_000)
  }

  @Test func `what is printed comes line by line`() async throws {
    let lines = Lines()
    let state = try LuaState(output: lines.add)
    _ = try await state.run("print(1, nil, 'a\\nb') print() print('end')", name: "p.lua")
    #expect(lines.all == ["1\tnil\ta", "b", "", "end"])
  }

  @Test func `a text is checked without running`() async throws {
    let state = try LuaState()
    #expect(await state.check("x = 1", name: "c") == .complete)
    for text in ["if x then", "f(", "x = [[abc", "local function f()", "x ="] {
      #expect(await state.check(text, name: "c") == .incomplete, "\(text)")
    }
    #expect(await state.check("x = 'abc", name: "c") == .invalid("c:1: unfinished string near <eof>"))
    #expect(await state.check("end", name: "c") == .invalid("c:1: <eof> expected near 'end'"))
    #expect(try await state.run("return x", name: "c") == [nil])
  }

  @Test func `values are set and names are listed`() async throws {
    let state = try LuaState()
    try await state.set("mcp.env", ["HOME": "/root"])
    try await state.register("mcp.log.info") { _ in [] }
    #expect(try await state.run("return mcp.env.HOME", name: "s.lua") == ["/root"])
    #expect(await state.names(in: "mcp") == ["env", "log"])
    #expect(await state.names(in: "mcp.env.HOME") == [])
    await #expect(throws: EngineError.self) { try await state.set("mcp.env.HOME.x", 1) }
  }

  @Test func `a thousand states come and go`() async throws {
    for i in 0..<1000 {
      let state = try LuaState()
      #expect(
        try await state.run("return ...", name: "t.lua", arguments: [.integer(Int64(i))]) == [
          .integer(Int64(i))
        ])
    }
  }

  @Test func `states run side by side`() async throws {
    try await withThrowingTaskGroup(of: [LuaValue].self) { group in
      for i in 1...50 {
        group.addTask {
          let state = try LuaState()
          try await state.register("pause") { _ in
            await Task.yield()
            return []
          }
          return try await state.run(
            "local n = 0 for i = 1, 200 do pause() n = n + ... end return n", name: "t.lua",
            arguments: [.integer(Int64(i))])
        }
      }
      var sum: Int64 = 0
      for try await values in group { sum += values.first?.integer ?? 0 }
      #expect(sum == 200 * 50 * 51 / 2)
    }
  }

  @Test func `ten thousand runs of one state wait at once`() async throws {
    let state = try LuaState()
    let gate = AsyncStream<Void>.makeStream()
    let opened = Task { for await _ in gate.stream {} }
    try await state.register("gate") { _ in
      await opened.value
      return [1]
    }
    let tasks = (0..<10_000).map { _ in Task { try await state.run("return gate()", name: "t.lua") } }
    _ = try await state.run("return 1", name: "t.lua")
    gate.continuation.finish()
    for task in tasks { #expect(try await task.value == [1]) }
  }
}
