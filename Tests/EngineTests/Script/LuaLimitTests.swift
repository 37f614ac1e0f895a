import Engine
import Testing

@Suite struct LuaLimitTests {
  /// How the script is stopped, and after how long, when it may use 100 ms of processor time.
  private func stop(_ text: String, memory: Int = 64 << 20) async throws -> EngineError {
    let state = try LuaState(limits: LuaLimits(memory: memory, cpu: .milliseconds(100)))
    let error = await #expect(throws: EngineError.self) { try await state.run(text, name: "endless.lua") }
    // What one script did leaves the state usable.
    #expect(try await state.run("return 1", name: "after.lua") == [1])
    return try #require(error)
  }

  static let endless: [(String, String)] = [
    ("a plain loop", "while true do end"),
    ("a loop of calls", "local function f() end while true do f() end"),
    ("a loop around pcall", "while true do pcall(function() while true do end end) end"),
    ("nested pcalls", "local function f() pcall(f) while true do pcall(f) end end f()"),
    ("a loop around xpcall", "while true do xpcall(error, function() while true do end end) end"),
    ("a handler that fails", "local function h(e) error(e) end while true do xpcall(error, h, 'x') end"),
    ("a coroutine", "coroutine.wrap(function() while true do end end)()"),
    (
      "coroutines in coroutines",
      "local function f(n) if n == 0 then while true do end end coroutine.wrap(f)(n - 1) end f(40)"
    ),
    (
      "a coroutine that is resumed for ever",
      "while true do local co = coroutine.create(function() while true do coroutine.yield() end end) "
        + "for i = 1, 1000 do coroutine.resume(co) end end"
    ),
    ("a sort comparator", "table.sort({3, 2, 1}, function() while true do end end)"),
    ("a gsub callback", "string.gsub('abc', '.', function() while true do end end)"),
    ("a __tostring", "tostring(setmetatable({}, {__tostring = function() while true do end end}))"),
    ("an __index", "local x = setmetatable({}, {__index = function() while true do end end}).x"),
    (
      "an __index chain of C",
      "local t = setmetatable({}, {__len = function() return 1 << 60 end}) table.insert(t, 1, 1)"
    ),
    ("an iterator", "for _ in function() while true do end end do end"),
    ("a __close", "do local x <close> = setmetatable({}, {__close = function() while true do end end}) end"),
    (
      "a __close of a stopped script",
      "local x <close> = setmetatable({}, {__close = function() while true do end end}) while true do end"
    ),
    (
      "a __close of a failed coroutine",
      "coroutine.wrap(function() local x <close> = setmetatable({}, {__close = function() while true do end end}) "
        + "error('x') end)()"
    ),
    (
      "a coroutine.close",
      "local co = coroutine.create(function() local x <close> = setmetatable({}, "
        + "{__close = function() while true do end end}) coroutine.yield() end) "
        + "coroutine.resume(co) while true do coroutine.close(co) end"
    ),
    (
      "a coroutine in a comparator", "table.sort({3, 2, 1}, coroutine.wrap(function() while true do end end))"
    ),
    (
      "a catastrophic pattern",
      "string.find(string.rep('a', 40000), string.rep('a?', 30) .. string.rep('a*', 30) .. 'b')"
    ),
    (
      "a catastrophic match in pcall", "while true do pcall(string.match, ('a'):rep(300000), '.-.-.-.-b') end"
    ),
    ("a pattern with a balanced search", "string.find(string.rep('(', 3000000), '%b()')"),
    (
      "a table.concat without end",
      "table.concat(setmetatable({}, {__index = function() return '' end}), '', 1, 1 << 60)"
    ),
    ("a table.move without end", "table.move({}, 1, 1 << 60, 2)"),
    (
      "a table.remove without end",
      "table.remove(setmetatable({}, {__len = function() return 1 << 60 end}), 1)"
    ),
    ("a load reader", "while true do pcall(load, function() return ' ' end) end"),
    ("string.rep in a loop", "while true do local s = string.rep('x', 10000000) end"),
    (
      "string.rep refused in a loop",
      "local k = string.rep('x', 30000000) while true do pcall(string.rep, 'x', 60000000) end"
    ),
    (
      "comparisons of long strings",
      "local a, b = ('x'):rep(9999999) .. 'y', ('x'):rep(9999999) .. 'y' while true do local c = a == b end"
    ),
    (
      "long argument lists",
      "local t = {} for i = 1, 200000 do t[i] = i end local function f(...) while true do select('#', ...) end end f(table.unpack(t))"
    ),
    ("goto", "::top:: goto top"),
    ("tail calls", "local function f() return f() end f()"),
    ("a numeric loop", "for i = 1, math.huge do end"),
    ("format", "while true do local s = string.format('%99.99f %s', 1e308, ('x'):rep(1000)) end"),
  ]

  @Test(arguments: endless)
  func `a script without end is stopped`(_ kind: String, _ text: String) async throws {
    let start = ContinuousClock.now
    let error = try await stop(text)
    #expect(error.code == .resourceExhausted, "\(kind): \(error)")
    #expect(ContinuousClock.now - start < .seconds(10), "\(kind)")
  }

  static let hungry: [(String, String)] = [
    ("a growing table", "local t = {} while true do t[#t + 1] = {} end"),
    (
      "a growing table in pcall",
      "local t = {} while true do pcall(function() while true do t[#t + 1] = {} end end) end"
    ),
    ("a string that doubles", "local s = 'x' while true do s = s .. s end"),
    (
      "one concatenation of many strings",
      "local s = ('x'):rep(3000000) local t = s" + String(repeating: " .. s", count: 150)
        + " while true do end"
    ),
    ("closures", "local f = print while true do local g = f f = function() g() end end"),
    ("coroutines", "local t = {} while true do t[#t + 1] = coroutine.wrap(function() end) end"),
    ("in a coroutine", "coroutine.wrap(function() local t = {} while true do t[#t + 1] = {} end end)()"),
    (
      "in a comparator", "table.sort({3, 2, 1}, function() local t = {} while true do t[#t + 1] = {} end end)"
    ),
    (
      "weak tables",
      "local t = setmetatable({}, {__mode = 'k'}) local keep = {} while true do local k = {} keep[#keep + 1] = k t[k] = k end"
    ),
    ("a hash table", "local t, i = {}, 0 while true do i = i + 1 t['k' .. i] = i end"),
  ]

  @Test(arguments: hungry)
  func `a script that eats memory is stopped`(_ kind: String, _ text: String) async throws {
    let state = try LuaState(limits: LuaLimits(memory: 8 << 20, cpu: .seconds(20)))
    let found = await #expect(throws: EngineError.self) { try await state.run(text, name: "hungry.lua") }
    let error = try #require(found)
    #expect(error.code == .resourceExhausted, "\(kind): \(error)")
    #expect(error.message.contains("8192 KiB of memory"), "\(kind): \(error)")
    // What it held is free again.
    await state.collect()
    #expect(await state.memory < 4 << 20, "\(kind)")
    #expect(try await state.run("return 1", name: "after.lua") == [1])
  }

  static let refused = [
    "string.rep('x', 1 << 40)", "string.rep('x', 100, string.rep('y', 1000000))",
    "string.rep('', 1 << 62, 'ab')",
    "string.format('%s%s%s%s%s%s%s%s%s%s', s, s, s, s, s, s, s, s, s, s)", "string.pack('c999999999', 'x')",
    "string.gsub(s, '.', string.rep('x', 1000))", "table.concat({s, s, s, s, s, s, s, s, s, s})",
    "string.gsub(s, '.', function() return s end)",
    "table.concat({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, s)",
  ]

  @Test(arguments: refused)
  func `a library function refuses a result beyond the memory limit`(_ expression: String) async throws {
    let state = try LuaState(limits: LuaLimits(memory: 8 << 20, cpu: .seconds(20)))
    let text =
      "local s = string.rep('x', 1000000) local ok, why = pcall(function() return \(expression) end) return ok, why"
    let values = try await state.run(text, name: "big.lua")
    #expect(values.first == false)
    #expect(values.last?.string?.contains("not enough memory") == true, "\(values.last?.string ?? "")")
  }

  @Test func `garbage does not count against the memory limit`() async throws {
    let state = try LuaState(limits: LuaLimits(memory: 8 << 20))
    #expect(
      try await state.run(
        "local keep = {} for i = 1, 20000 do keep[i] = {} end for i = 1, 300000 do local t = {i, i, i} end return #keep",
        name: "garbage.lua") == [20000])
  }

  @Test func `a script that waits too long is stopped, though what it waits for ignores that`() async throws {
    let state = try LuaState(limits: LuaLimits(wall: .milliseconds(50)))
    let never = AsyncStream<Void>.makeStream()
    try await state.register("mcp.never") { _ in
      await Task.detached { for await _ in never.stream {} }.value
      return []
    }
    let error = await #expect(throws: EngineError.self) {
      try await state.run("mcp.never()", name: "wait.lua")
    }
    #expect(error?.code == .timeout)
    #expect(error?.details == ["wait.lua:1: in main chunk"])
    never.continuation.finish()
  }

  @Test func `a loop past the deadline is stopped`() async throws {
    let state = try LuaState(limits: LuaLimits(cpu: nil, wall: .milliseconds(50)))
    let error = await #expect(throws: EngineError.self) {
      try await state.run("while true do end", name: "loop.lua")
    }
    #expect(error?.code == .timeout)
    #expect(error?.message.hasSuffix("at loop.lua:1: in main chunk") == true)
  }

  @Test func `a script that prints without end is stopped`() async throws {
    let lines = Lines()
    let state = try LuaState(limits: LuaLimits(output: 1000), output: lines.add)
    let error = await #expect(throws: EngineError.self) {
      try await state.run("while true do pcall(print, 'hello') end", name: "print.lua")
    }
    #expect(error?.code == .resourceExhausted)
    #expect(error?.message.contains("printed more than 1000 bytes") == true)
    #expect(lines.all.count == 1000 / 6)
  }

  @Test func `cancelling the task stops a script that runs and one that waits`() async throws {
    for text in [
      "mcp.begun() while true do pcall(function() while true do end end) end", "mcp.begun() mcp.never()",
    ] {
      let state = try LuaState(limits: LuaLimits(cpu: nil))
      let begun = AsyncStream<Void>.makeStream()
      let never = AsyncStream<Void>.makeStream()
      try await state.registerImmediate("mcp.begun") { _ in
        begun.continuation.finish()
        return .nothing
      }
      try await state.register("mcp.never") { _ in
        for await _ in never.stream {}
        return []
      }
      let task = Task { try await state.run(text, name: "cancel.lua") }
      for await _ in begun.stream {}
      task.cancel()
      let error = await #expect(throws: EngineError.self) { try await task.value }
      #expect(error?.code == .cancelled)
    }
  }

  @Test func `a script in an endless loop leaves others of its state their turn`() async throws {
    let state = try LuaState(limits: LuaLimits(cpu: nil))
    let begun = AsyncStream<Void>.makeStream()
    try await state.registerImmediate("mcp.begun") { _ in
      begun.continuation.finish()
      return .nothing
    }
    let endless = Task {
      try await state.run("mcp.begun() while not done do end return 'seen'", name: "endless.lua")
    }
    for await _ in begun.stream {}
    #expect(try await state.run("done = true return 2", name: "short.lua") == [2])
    #expect(try await endless.value == ["seen"])
  }

  @Test func `pending closes of a stopped script run`() async throws {
    let lines = Lines()
    let state = try LuaState(limits: LuaLimits(cpu: .milliseconds(20)), output: lines.add)
    let text = """
      local function closing(name) return setmetatable({}, {__close = function() print('close ' .. name) end}) end
      local outer <close> = closing 'outer'
      coroutine.wrap(function()
        local inner <close> = closing 'inner'
        while true do end
      end)()
      """
    await #expect(throws: EngineError.self) { try await state.run(text, name: "close.lua") }
    #expect(lines.all == ["close inner", "close outer"])
  }

  @Test func `recursion without end fails and can be caught`() async throws {
    let state = try LuaState(limits: LuaLimits(memory: 256 << 20))
    let text = """
      local function plain() return 1 + plain() end
      local function wrapped() return coroutine.wrap(wrapped)() end
      local function protected() local ok, e = pcall(protected) if not ok then error(e, 0) end end
      local indexed = setmetatable({}, {}) getmetatable(indexed).__index = function(t, k) return t[k] end
      local function sorted() table.sort({2, 1}, sorted) end
      local function closed()
        local co = coroutine.create(function()
          local x <close> = setmetatable({}, {__close = function() closed() end})
          coroutine.yield()
        end)
        coroutine.resume(co)
        assert(coroutine.close(co))
      end
      local result = {}
      for i, f in ipairs {plain, wrapped, protected, function() return indexed.x end, sorted, closed} do
        local ok, why = pcall(f)
        result[i] = ok == false and tostring(why):match('overflow') or tostring(why)
      end
      return result
      """
    let values = try await state.run(text, name: "deep.lua")
    #expect(values == [.array(Array(repeating: "overflow", count: 6))])
  }
}
