import Engine
import Foundation

/// Measures the bridge between Swift and Lua: every figure a median of rounds, what is compared in the same rounds.
@main struct LuaBenchmark {
  static let rounds = 9

  /// Runs them all, or those whose names are given.
  static func main() async throws {
    let names = CommandLine.arguments.dropFirst()
    let all: [(String, () async throws -> Void)] = [
      ("call", synchronousCall), ("wait", waitingCall), ("table", table), ("suspended", suspendedCoroutines),
      ("state", newState),
    ]
    for (name, measure) in all where names.isEmpty || names.contains(name) { try await measure() }
  }

  private static let unlimited = LuaLimits(memory: 1 << 30, cpu: nil, wall: nil, output: nil)

  /// A primitive that answers at once, beside a C function of Lua's own library that does the same.
  private static func synchronousCall() async throws {
    let state = try LuaState(limits: unlimited)
    try await state.registerImmediate("less") { call in
      guard let a = call.integer(0), let b = call.integer(1) else { throw LuaMisuse("two integers expected") }
      return .value(.bool(UInt64(bitPattern: a) < UInt64(bitPattern: b)))
    }
    let count = 1_000_000
    func loop(_ body: String) -> String {
      "local less, ult, x = less, math.ult for i = 1, \(count) do \(body) end return x"
    }
    var ours: [Double] = []
    var plain: [Double] = []
    for _ in 0..<rounds {
      let empty = try await seconds { _ = try await state.run(loop("x = i"), name: "empty.lua") }
      ours.append(
        try await seconds { _ = try await state.run(loop("x = less(i, 5)"), name: "p.lua") } - empty)
      plain.append(
        try await seconds { _ = try await state.run(loop("x = ult(i, 5)"), name: "c.lua") } - empty)
    }
    let nanoseconds = { (values: [Double]) in median(values) * 1e9 / Double(count) }
    let ratio = nanoseconds(ours) / nanoseconds(plain)
    print(
      "a synchronous primitive: \(shown(nanoseconds(ours))) ns; a C function registered with Lua "
        + "\(shown(nanoseconds(plain))) ns (ratio \(shown(ratio)), goal 2.5: \(ratio <= 2.5 ? "met" : "MISSED"))"
    )
  }

  /// A primitive that may wait: out of Lua, through an asynchronous Swift function, and back.
  private static func waitingCall() async throws {
    let state = try LuaState(limits: unlimited)
    try await state.register("ask") { $0 }
    let count = 50_000
    var times: [Double] = []
    for _ in 0..<rounds {
      let took = try await seconds {
        _ = try await state.run("for i = 1, \(count) do ask(i) end", name: "ask.lua")
      }
      times.append(took * 1e6 / Double(count))
    }
    let value = median(times)
    print(
      "an asynchronous primitive's round trip: \(shown(value)) µs (goal 4: \(value < 4 ? "met" : "MISSED"))")
  }

  /// 1,000 entries in nested tables, into Lua and out of it, beside building and walking the same in Lua.
  private static func table() async throws {
    let state = try LuaState(limits: unlimited)
    let rows = (0..<250).map { index in
      ["name": .string("service-\(index)"), "port": .integer(Int64(index)), "up": true] as LuaValue
    }
    let value = LuaValue.array(rows)
    let build = """
      local t = {} for i = 0, 249 do t[#t + 1] = {name = "service-" .. i, port = i, up = true} end
      local n = 0 for _, row in ipairs(t) do for _ in pairs(row) do n = n + 1 end end return n
      """
    _ = try await state.run("function give() return kept end", name: "t.lua")
    var into: [Double] = []
    var out: [Double] = []
    var lua: [Double] = []
    for _ in 0..<(rounds * 20) {
      into.append(
        try await seconds { _ = try await state.run("kept = ...", name: "in.lua", arguments: [value]) })
      out.append(try await seconds { _ = try await state.run("return kept", name: "out.lua") })
      lua.append(try await seconds { _ = try await state.run(build, name: "build.lua") })
    }
    print(
      "a table of 1,000 entries: \(shown(median(into) * 1e6)) µs in, \(shown(median(out) * 1e6)) µs out; "
        + "built and walked in Lua \(shown(median(lua) * 1e6)) µs (ratio in and out "
        + "\(shown((median(into) + median(out)) / median(lua))))")
  }

  /// What it costs to have 10,000 coroutines of scripts wait for a primitive, beside coroutines that nobody drives.
  private static func suspendedCoroutines() async throws {
    let count = 10_000
    let idle = try LuaState(limits: unlimited)
    let before = resident()
    _ = try await idle.run(
      """
      kept = {} for i = 1, \(count) do
        local co = coroutine.create(function() coroutine.yield() end) coroutine.resume(co) kept[i] = co
      end
      """, name: "idle.lua")
    let plain = Double(resident() - before) / Double(count) / 1024
    let state = try LuaState(limits: unlimited)
    let gate = AsyncStream<Void>.makeStream()
    let opened = Task { for await _ in gate.stream {} }
    let (waiting, arrived) = AsyncStream<Void>.makeStream()
    try await state.register("gate") { _ in
      arrived.yield()
      await opened.value
      return []
    }
    let start = resident()
    let tasks = (0..<count).map { _ in Task { try await state.run("gate()", name: "t.lua") } }
    var number = 0
    for await _ in waiting {
      number += 1
      if number == count { break }
    }
    let driven = Double(resident() - start) / Double(count) / 1024
    gate.continuation.finish()
    for task in tasks { _ = try await task.value }
    print(
      "10,000 suspended runs: \(shown(driven)) KiB each with their Swift tasks; bare coroutines "
        + "\(shown(plain)) KiB each (ratio \(shown(driven / plain)))")
  }

  /// A new state with its sandbox, to its first result.
  private static func newState() async throws {
    let count = 200
    var made: [Double] = []
    for _ in 0..<rounds {
      var states: [LuaState] = []
      made.append(
        try await seconds { for _ in 0..<count { states.append(try LuaState()) } } * 1e6 / Double(count))
    }
    // By themselves: the threads of states that have run end beside whatever comes next.
    var run: [Double] = []
    for _ in 0..<rounds {
      let states = try (0..<count).map { _ in try LuaState() }
      run.append(
        try await seconds { for state in states { _ = try await state.run("return 1", name: "n.lua") } } * 1e6
          / Double(count))
    }
    let value = median(made)
    print(
      "a new sandboxed state: \(shown(value)) µs (goal 50: \(value < 50 ? "met" : "MISSED")), to its first result "
        + "\(shown(value + median(run))) µs")
  }

  // MARK: - Measuring

  private static func seconds(_ body: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock.now
    try await body()
    return (ContinuousClock.now - clock) / .seconds(1)
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  private static func shown(_ value: Double) -> String { String(format: "%.2f", value) }

  /// The memory of this process in bytes.
  private static func resident() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
