import Engine
import Testing

@Suite struct LuaSuspensionTests {
  /// A state with `ask(x)`, which waits and returns its argument.
  private func state(modules: @escaping LuaState.Loader = { _ in nil }) async throws -> LuaState {
    let state = try LuaState(modules: modules)
    try await state.register("ask") { arguments in
      await Task.yield()
      return arguments
    }
    return state
  }

  static let places: [(String, String)] = [
    ("the main chunk", "return ask('x')"),
    ("pcall", "return select(2, pcall(ask, 'x'))"),
    ("a function in pcall", "return select(2, pcall(function() return ask('x') end))"),
    ("xpcall", "return select(2, xpcall(function() return ask('x') end, print))"),
    ("an iterator", "for v in function() return ask('x') end do return v end"),
    ("an __index", "return setmetatable({}, {__index = function(_, k) return ask(k) end}).x"),
    ("a __call", "return setmetatable({}, {__call = function(_, k) return ask(k) end})('x')"),
    ("an __add", "return setmetatable({}, {__add = function(_, k) return ask(k) end}) + 'x'"),
    (
      "an __eq",
      "local m = {__eq = function() return ask(true) end} return setmetatable({}, m) == setmetatable({}, m) and 'x'"
    ),
    (
      "a __lt",
      "local m = {__lt = function() return ask(true) end} return setmetatable({}, m) < setmetatable({}, m) and 'x'"
    ),
    (
      "a __newindex",
      "local r local t = setmetatable({}, {__newindex = function(_, k, v) r = ask(v) end}) t.y = 'x' return r"
    ),
    (
      "a __pairs",
      "for k in pairs(setmetatable({}, {__pairs = function() return next, {[ask('x')] = 1} end})) do return k end"
    ),
    (
      "a __close",
      "local r do local c <close> = setmetatable({}, {__close = function() r = ask('x') end}) end return r"
    ),
    ("coroutine.wrap", "return coroutine.wrap(function() return ask('x') end)()"),
    (
      "coroutine.resume",
      "return select(2, coroutine.resume(coroutine.create(function() return ask('x') end)))"
    ),
    (
      "a generator",
      "local s = '' for v in coroutine.wrap(function() for _, c in ipairs {'a', 'b', 'x'} do coroutine.yield(ask(c)) end end) "
        + "do s = v end return s"
    ),
    (
      "pcall in a wrap in pcall in a wrap",
      "return coroutine.wrap(function() return select(2, pcall(function() return coroutine.wrap(function() "
        + "return select(2, pcall(ask, 'x')) end)() end)) end)()"
    ),
    (
      "a nest of wraps",
      "local function f(n) if n == 0 then return ask('x') end return coroutine.wrap(f)(n - 1) end return f(30)"
    ),
    ("load", "return load('return ask(...)')('x')"),
  ]

  @Test(arguments: places)
  func `a function that waits can be called from anywhere`(_ place: String, _ text: String) async throws {
    #expect(try await state().run(text, name: "wait.lua") == ["x"], "\(place)")
  }

  static let refusals = [
    "table.sort({2, 1}, function() ask() end)", "('x'):gsub('.', function() ask() end)",
    "tostring(setmetatable({}, {__tostring = function() ask() end}))",
    "table.sort({2, 1}, coroutine.wrap(function() ask() end))",
    "local co = coroutine.create(function() local c <close> = setmetatable({}, {__close = function() ask() end}) "
      + "coroutine.yield() end) coroutine.resume(co) assert(coroutine.close(co))",
  ]

  @Test(arguments: refusals)
  func `where Lua cannot wait an error says so and can be caught`(_ text: String) async throws {
    let values = try await state().run("return pcall(function() \(text) end)", name: "no.lua")
    #expect(values.first == false)
    #expect(values.last?.string?.contains("ask cannot wait here") == true)
  }

  @Test func `a module waits while it loads, once for all who need it`() async throws {
    let state = try await state { name in
      switch name {
      case "lib.slow":
        LuaModule(
          name: "lib/slow.lua", text: "count = (count or 0) + 1 return {name = ..., asked = ask('x')}")
      case "loop": LuaModule(name: "loop.lua", text: "require 'loop'")
      case "bad": LuaModule(name: "bad.lua", text: "\nerror('broken')")
      case "syntax": LuaModule(name: "syntax.lua", text: "x = = 1")
      case "unreadable": throw EngineError(.permissionDenied, "lib/unreadable.lua cannot be read")
      case "binary": LuaModule(name: "binary.lua", text: "\u{1b}Lua")
      default: nil
      }
    }
    let text = "local m = require 'lib.slow' return m.name, m.asked, m == require('lib.slow'), count"
    async let first = state.run(text, name: "a.lua")
    async let second = state.run(text, name: "b.lua")
    #expect(try await first == ["lib.slow", "x", true, 1])
    #expect(try await second == ["lib.slow", "x", true, 1])
    for (name, message) in [
      ("loop", "loop.lua:1: module 'loop' requires itself, directly or through others"),
      ("bad", "bad.lua:2: broken"), ("syntax", "syntax.lua:1: unexpected symbol near '='"),
      ("missing", "r.lua:1: module 'missing' not found"), ("../x", "r.lua:1: '../x' is not a module name"),
      ("a..b", "r.lua:1: 'a..b' is not a module name"),
      ("/etc/passwd", "r.lua:1: '/etc/passwd' is not a module name"),
      ("unreadable", "r.lua:1: module 'unreadable' cannot be read: lib/unreadable.lua cannot be read"),
    ] {
      for _ in 1...2 {
        let error = await #expect(throws: EngineError.self) {
          try await state.run("require '\(name)'", name: "r.lua")
        }
        #expect(error?.message == message)
      }
    }
    let binary = await #expect(throws: EngineError.self) {
      try await state.run("require 'binary'", name: "r.lua")
    }
    #expect(binary?.message.contains("attempt to load a binary chunk") == true)
    #expect(try await state.run("return require('string') == string", name: "r.lua") == [true])
  }

  @Test func `coroutines behave as the manual says`() async throws {
    let text = """
      local r = {}
      local function add(...) for _, v in ipairs {...} do r[#r + 1] = tostring(v) end end
      local co co = coroutine.create(function(a, b)
        add(a, b, coroutine.status(co), coroutine.isyieldable(), select(2, coroutine.running()))
        add(coroutine.yield(1, 2)) error('oops')
      end)
      add(coroutine.status(co), coroutine.resume(co, 'a', 'b')) add(coroutine.status(co))
      add(coroutine.resume(co, 'c')) add(coroutine.status(co)) add(coroutine.resume(co))
      add(coroutine.close(co)) add(coroutine.close(co))
      add(coroutine.isyieldable(), select(2, coroutine.running()))
      add(pcall(coroutine.yield, 1)) add(pcall(coroutine.wrap(function() error('w') end)))
      local self self = coroutine.wrap(function() return pcall(self) end) add(self())
      local outer = coroutine.create(function() local me = coroutine.running()
        return coroutine.wrap(function() return coroutine.status(me) .. tostring(coroutine.resume(me)) end)() end)
      add(coroutine.resume(outer))
      return r
      """
    let values = try await state().run(text, name: "co.lua")
    #expect(
      values.first?.array?.compactMap(\.string) == [
        "a", "b", "running", "true", "false", "suspended", "true", "1", "2", "suspended", "c", "false",
        "co.lua:5: oops", "dead", "false", "cannot resume dead coroutine", "false", "co.lua:5: oops", "true",
        "false",
        "true", "false", "attempt to yield from outside a coroutine", "false", "co.lua:11: w", "false",
        "cannot resume non-suspended coroutine", "true", "normalfalse",
      ])
  }

  @Test func `a coroutine that waits for one run cannot be resumed by another`() async throws {
    let state = try await state()
    let gate = AsyncStream<Void>.makeStream()
    let begun = AsyncStream<Void>.makeStream()
    try await state.register("gate") { _ in
      begun.continuation.finish()
      for await _ in gate.stream {}
      return ["through"]
    }
    let waiting = Task {
      try await state.run("co = coroutine.create(gate) return coroutine.resume(co)", name: "a.lua")
    }
    for await _ in begun.stream {}
    let values = try await state.run(
      "return coroutine.status(co), select(2, coroutine.resume(co)), select(2, pcall(coroutine.close, co))",
      name: "b.lua")
    #expect(values == ["normal", "cannot resume non-suspended coroutine", "cannot close a normal coroutine"])
    gate.continuation.finish()
    #expect(try await waiting.value == [true, "through"])
  }

  @Test func `a function that waits may call back into its script`() async throws {
    let state = try await state()
    try await state.register("twice") { [unowned state] arguments in
      guard let function = arguments.first?.function else { throw LuaMisuse("a function expected") }
      let first = try await state.call(function, [1])
      return first + (try await state.call(function, [2]))
    }
    #expect(
      try await state.run("return twice(function(n) return ask(n * 10) end)", name: "t.lua") == [10, 20])
    let error = await #expect(throws: EngineError.self) {
      try await state.run("assert(twice(function() error('inside') end))", name: "t.lua")
    }
    #expect(error?.message == "t.lua:1: inside")
  }
}
