import Engine
import Testing

@Suite struct LuaSandboxTests {
  @Test func `scripts see an allow-list of globals and nothing else`() async throws {
    let state = try LuaState()
    #expect(
      await state.names() == [
        "_G", "_VERSION", "assert", "collectgarbage", "coroutine", "error", "getmetatable", "ipairs", "load",
        "math",
        "next", "os", "pairs", "pcall", "print", "rawequal", "rawget", "rawlen", "rawset", "require",
        "select",
        "setmetatable", "string", "table", "tonumber", "tostring", "type", "utf8", "xpcall",
      ])
    #expect(await state.names(in: "os") == ["clock", "date", "difftime", "time"])
    #expect(await !state.names(in: "string").contains("dump"))
    #expect(
      await state.names(in: "coroutine") == [
        "close", "create", "isyieldable", "resume", "running", "status", "wrap", "yield",
      ])
    #expect(
      await state.names(in: "table") == ["concat", "insert", "move", "pack", "remove", "sort", "unpack"])
  }

  static let refused: [(String, String)] = [
    ("load('\\27Lua')", "attempt to load a binary chunk"), ("load('return 1', 'x', 'b')", "mode is 'b'"),
    ("load('\\27Lua', 'x', 'bt')", "attempt to load a binary chunk"),
    ("load(function() return nil end, 'x', 'b')", "mode is 'b'"),
  ]

  @Test(arguments: refused)
  func `binary chunks are refused`(_ expression: String, _ message: String) async throws {
    let values = try await LuaState().run("return \(expression)", name: "b.lua")
    #expect(values.first == LuaValue.nil)
    #expect(values.last?.string?.contains(message) == true)
    let error = await #expect(throws: EngineError.self) {
      try await LuaState().run("\u{1b}Lua", name: "b.lua")
    }
    #expect(error?.message.contains("attempt to load a binary chunk") == true)
  }

  @Test func `finalizers and the collector are out of reach`() async throws {
    let state = try LuaState()
    for text in [
      "setmetatable({}, {__gc = function() while true do end end})", "collectgarbage()",
      "collectgarbage('stop')",
      "setmetatable('', {})",
    ] {
      await #expect(throws: EngineError.self) { try await state.run(text, name: "gc.lua") }
    }
    #expect(
      try await state.run(
        "local m = {} local t = setmetatable({}, m) m.__gc = function() called = true end t = nil "
          + "for i = 1, 200000 do local x = {} end return called, collectgarbage('count') > 1", name: "gc.lua"
      ) == [
        nil, true,
      ])
    #expect(
      try await state.run("return getmetatable(select(2, pcall(error, 'x')))", name: "gc.lua").count == 1)
  }

  @Test func `a __concat is refused where the library's own is not safe, however its name is made`()
    async throws
  {
    let state = try LuaState()
    let set = "return pcall(setmetatable, {}, {__concat = function() return 'joined' end})"
    guard try await state.run(set, name: "c.lua").first == false else { return }
    #expect(
      try await state.run(
        """
        local m = {}
        local t = setmetatable({}, m)
        m["__con" .. "cat"] = function() return "joined" end
        local ok, why = pcall(function() return t .. "x" end)
        return ok, why, ("a" .. "b"):rep(2), m.__concat()
        """, name: "c.lua") == [
          false, "c.lua:4: attempt to concatenate a table value (upvalue 't')", "abab", "joined",
        ])
  }

  @Test func `load takes text, a name and an environment`() async throws {
    let state = try LuaState()
    #expect(
      try await state.run(
        "local parts = {'return ', 'x'} local i = 0 "
          + "return load(function() i = i + 1 return parts[i] end, 'p', 't', {x = 5})()", name: "l.lua") == [
          5
        ])
    #expect(
      try await state.run("return load('x =')", name: "l.lua").last
        == "[string \"x =\"]:1: unexpected symbol near <eof>")
  }

  @Test func `patterns are those of Lua`() async throws {
    let state = try LuaState()
    let cases: [(String, [LuaValue])] = [
      ("('hello world'):find('o w')", [5, 7]), ("('hello'):find('l+')", [3, 4]),
      ("('a.b'):find('.', 1, true)", [2, 2]),
      ("('hello'):find('xyz')", [nil]), ("('hello'):find('')", [1, 0]), ("('hello'):find('', 10)", [nil]),
      ("('key = value'):match('^(%w+)%s*=%s*(%w+)$')", ["key", "value"]),
      ("('f(a(b)c)d'):match('%b()')", ["(a(b)c)"]),
      ("('THE (quick) fox'):find('%((%a+)%)')", [5, 11, "quick"]), ("('hello'):match('()ll()')", [3, 5]),
      ("('x=1,y=2'):gsub('(%w)=(%w)', '%2=%1')", ["1=x,2=y", 2]), ("('abc'):gsub('', '-')", ["-a-b-c-", 4]),
      ("('abc'):gsub('%w', '%0%0', 2)", ["aabbc", 2]),
      ("('$name'):gsub('%$(%w+)', {name = 'lua'})", ["lua", 1]),
      ("('hello'):gsub('l', function(c) return nil end)", ["hello", 2]), ("('[a]]'):match('[]]+')", ["]]"]),
      ("('a-b'):match('[a-]+')", ["a-"]), ("('THE (quick) fox'):find('%f[%a]%a+%f[%A]')", [1, 3]),
      ("('xyzzy'):match('(.)%1')", ["z"]), ("('aXb'):match('%u')", ["X"]),
      ("('  trim '):match('^%s*(.-)%s*$')", ["trim"]),
      ("('^x'):gsub('^%^', '')", ["x", 1]), ("('abc'):gsub('b', '%%')", ["a%c", 1]),
      ("('abc'):find('b', -1)", [nil]),
      ("('aaa'):match('a-$')", ["aaa"]), ("('[^x]'):match('[^^x]')", ["["]),
      ("('12ab'):match('[%d%a]+')", ["12ab"]),
    ]
    for (expression, expected) in cases {
      #expect(try await state.run("return \(expression)", name: "p.lua") == expected, "\(expression)")
    }
    #expect(
      try await state.run(
        "local r = {} for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do r[#r + 1] = k .. v end "
          + "for p in ('ab'):gmatch('()') do r[#r + 1] = p end return r", name: "p.lua") == [
          ["a1", "b2", 1, 2, 3]
        ])
    for pattern in ["[", "%", "(", "%1", "[a", "%b", "%f", "(()"] {
      #expect(
        try await state.run(
          "return (pcall(string.find, 'aaa', ...))", name: "p.lua", arguments: [.string(pattern)]) == [false])
    }
  }

  @Test func `tables are sorted, moved and taken apart as in Lua`() async throws {
    let state = try LuaState()
    let text = """
      local t = {} for i = 1, 500 do t[i] = (i * 7919) % 503 end
      table.sort(t) for i = 2, #t do assert(t[i - 1] <= t[i]) end
      table.sort(t, function(a, b) return a > b end) for i = 2, #t do assert(t[i - 1] >= t[i]) end
      for n = 0, 6 do local s = {} for i = 1, n do s[i] = -i end table.sort(s) for i = 1, n do assert(s[i] == i - n - 1) end end
      assert(not pcall(table.sort, {1, 'x'}))
      local l = {1, 2, 3} table.insert(l, 4) table.insert(l, 1, 0) assert(table.concat(l, ',') == '0,1,2,3,4')
      assert(table.remove(l) == 4 and table.remove(l, 1) == 0 and #l == 3 and table.remove({}) == nil)
      assert(not pcall(table.insert, l, 9, 1) and not pcall(table.remove, l, 9))
      assert(table.concat(table.move({1, 2, 3}, 1, 3, 2), ',') == '1,1,2,3')
      assert(table.concat(table.move({1, 2, 3}, 2, 3, 1), ',') == '2,3,3')
      assert(#table.move({1, 2, 3}, 1, 3, 1, {}) == 3)
      local p = table.pack(1, nil, 3) assert(p.n == 3 and p[3] == 3)
      assert(select('#', table.unpack({}, 1, 3)) == 3 and not pcall(table.unpack, {}, 1, 1e8))
      assert(table.concat({1, 'a', 2.5}) == '1a2.5' and not pcall(table.concat, {{}}))
      return true
      """
    #expect(try await state.run(text, name: "t.lua") == [true])
  }
}
