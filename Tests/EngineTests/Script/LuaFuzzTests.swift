import Engine
import Foundation
import Synchronization
import Testing

/// Generated scripts that nest what is dangerous in every way.
@Suite struct LuaFuzzTests {
  private struct Generator {
    var random: SplitMix

    mutating func pick(_ choices: [String]) -> String { choices[Int(random.next() % UInt64(choices.count))] }

    mutating func expression(_ depth: Int) -> String {
      if depth <= 0 {
        return pick([
          "x", "1", "'abc'", "{}", "nil", "1 << 62", "-1", "0.5", "{1, 2, 3}", "big", "print", "t", "co",
          "ask(x)",
          "math.huge", "('x'):rep(1 << 40)", "string", "coroutine.running()", "select('#', ...)",
        ])
      }
      let a = expression(depth - 1)
      let b = expression(depth - 2)
      let body = block(depth - 1)
      return pick([
        "pcall(function(...) \(body) end, \(a))",
        "xpcall(function(...) \(body) end, function(e, ...) \(block(depth - 2)) do return \(b) end end)",
        "coroutine.wrap(function(...) \(body) end)(\(a))",
        "coroutine.resume(coroutine.create(function(...) \(body) end), \(a))",
        "coroutine.close(coroutine.create(function(...) \(body) end))",
        "tostring(mt(function(...) \(body) end))",
        "mt(function(...) \(body) end).x", "mt(function(...) \(body) end) + \(a)",
        "#mt(function(...) \(body) end)",
        "mt(function(...) \(body) end)(\(a))", "mt(function(...) \(body) end) .. big", "\(a) == \(b)",
        "table.sort({3, 1, 2, \(a)}, function(a, b, ...) \(body) end)",
        "('abc'):gsub('.', function(...) \(body) end)",
        "string.find(big, '\(pick(["a*a*a*b", ".-.-.-b", "%b()", "(a*)%1b", "[^x]*x", "(()a)*", "%f[b]"]))')",
        "string.rep(big, \(a))", "table.concat(t, \(a), 1, \(b))", "table.unpack(\(a), 1, \(b))",
        "string.format('%s %q', \(a), \(b))",
        "load(function(...) \(body) return 'x' end)", "load('return ' .. tostring(\(a)))",
        "setmetatable(\(a), \(b))",
        "coroutine.yield(\(a))", "ask(\(a), function(...) \(body) end)", "back(function(...) \(body) end)",
        "require('m')",
        "table.move(t, 1, \(a), 2)", "error(\(a))", "next(\(a))", "ipairs(\(a))", "select(\(a), ...)",
        "print(\(a))",
      ])
    }

    mutating func block(_ depth: Int) -> String {
      if depth <= 0 { return "x = " + expression(0) }
      let value = expression(depth)
      return pick([
        "do return \(value) end", "x = \(value)", "x = function(...) \(block(depth - 2)) end x = x(\(value))",
        "while true do x = \(value) end", "for i = 1, 3 do t[i] = \(value) end",
        "co = coroutine.create(function(...) x = \(value) end)",
        "for k, v in coroutine.wrap(function(...) x = \(value) coroutine.yield(x) end) do x = v end",
        "error(\(value))",
        "local y <close> = mt(function(...) x = \(expression(depth - 1)) end) x = \(value)",
        "big = big .. tostring(\(value))",
        "repeat x = \(value) until x", "t[#t + 1] = \(value)", "x = \(value) x = \(expression(depth - 1))",
        "coroutine.resume(co, \(value)) coroutine.close(co)", "goto done do x = \(value) end ::done::",
      ])
    }
  }

  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  private static let first =
    ProcessInfo.processInfo.environment["MCP_LUA_FUZZ_FIRST"].flatMap(UInt64.init) ?? 0
  private static let count = ProcessInfo.processInfo.environment["MCP_LUA_FUZZ"].flatMap(UInt64.init) ?? 300

  @Test func `no generated script does more than fail`() async throws {
    let prelude = """
      x, t, big = 1, {1, 2, 3}, ('a'):rep(100000)
      co = coroutine.create(function() coroutine.yield() end)
      function mt(f)
        local m = {__index = f, __newindex = f, __call = f, __add = f, __len = f, __tostring = f, __close = f, __eq = f,
          __lt = f, __pairs = f, __mode = 'k', __name = 'mt'}
        local object = setmetatable({}, m)
        m.__concat = f
        return object
      end

      """
    let heartbeat = Heartbeat()
    let memory = Self.residentBytes
    let began = ContinuousClock.now
    for seed in Self.first..<(Self.first + Self.count) {
      var generator = Generator(random: SplitMix(state: seed))
      let state = try LuaState(
        limits: LuaLimits(memory: 4 << 20, cpu: .milliseconds(4), wall: .seconds(5), output: 10_000),
        modules: { $0 == "m" ? LuaModule(name: "m.lua", text: "return ask('m')") : nil })
      try await state.register("ask") { arguments in
        await Task.yield()
        return arguments
      }
      try await state.register("back") { [unowned state] arguments in
        guard let function = arguments.first?.function else { throw LuaMisuse("a function expected") }
        return try await state.call(function)
      }
      let text = prelude + (0..<3).map { _ in "pcall(function(...) \(generator.block(4)) end)\n" }.joined()
      let clock = ContinuousClock.now
      do { _ = try await state.run(text, name: "fuzz.lua") } catch {}
      #expect(ContinuousClock.now - clock < .seconds(20), "seed \(seed):\n\(text)")
      // Whatever happened, the state is still sound.
      await state.collect()
      let after = try await state.run("return 1 + 1", name: "after.lua", limits: LuaLimits())
      #expect(after == [2], "seed \(seed)")
    }
    let gap = heartbeat.stop()
    let growth = (Self.residentBytes - memory) >> 20
    // A sanitizer keeps what was freed.
    if !Self.isSanitized { #expect(growth < 200, "MiB more than before \(Self.count) scripts") }
    print(
      "\(Self.count) scripts in \(ContinuousClock.now - began): \(growth) MiB grown, other work waited at most \(gap)"
    )
  }

  /// The memory that this process has in use.
  private static var residentBytes: Int {
    let fields =
      (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  private static var isSanitized: Bool {
    let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
    return maps.contains("clang_rt.") || ProcessInfo.processInfo.environment["ASAN_OPTIONS"] != nil
  }

  /// Work beside the scripts that wants to go on every millisecond, and how long it had to wait at most.
  private final class Heartbeat: Sendable {
    private let longest = Mutex(Duration.zero)
    private let task = Mutex<Task<Void, Never>?>(nil)

    init() {
      let beat = Task { [weak self] in
        var last = ContinuousClock.now
        while (try? await Task.sleep(for: .milliseconds(1))) != nil {
          let now = ContinuousClock.now
          self?.longest.withLock { $0 = max($0, now - last) }
          last = now
        }
      }
      task.withLock { $0 = beat }
    }

    func stop() -> Duration {
      task.withLock { $0?.cancel() }
      return longest.withLock { $0 }
    }
  }
}
