import Foundation
import NIOCore
import Testing

@testable import Engine

@Suite struct LogAssemblyTests {
  @Test func `frames are taken from bytes cut anywhere`() throws {
    let bytes: [UInt8] = [
      1, 0, 0, 0, 0, 0, 0, 2, 104, 105, 2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1, 33,
    ]
    for cut in 0...bytes.count {
      var frames = LogFrames()
      var found: [LogFrames.Frame] = []
      for part in [bytes[..<cut], bytes[cut...]] {
        frames.append(ByteBuffer(bytes: part))
        while let frame = try frames.next() { found.append(frame) }
      }
      #expect(
        found == [
          .init(stream: .stdout, bytes: Array("hi".utf8)), .init(stream: .stderr, bytes: []),
          .init(stream: .stderr, bytes: Array("!".utf8)),
        ])
    }
  }

  @Test func `bytes that are no frames are an error`() {
    var frames = LogFrames()
    frames.append(ByteBuffer(string: "HTTP/1.1 200 OK"))
    #expect(throws: EngineError.self) { try frames.next() }
  }

  @Test func `a line that comes in parts is one line, whatever lies between`() {
    var assembler = LogAssembler()
    var lines = assembler.take(frame("2026-11-22T19:11:16Z part"))
    lines += assembler.take(frame("2026-11-22T19:11:16Z err\n", .stderr))
    lines += assembler.take(frame("2026-11-22T19:11:17Z  end\r\n"))
    lines += assembler.take(frame("2026-11-22T19:11:17.5+01:00 rest"))
    lines += assembler.finish()
    #expect(lines.map(\.text) == ["err", "part end", "rest"])
    #expect(lines.map(\.stream) == [.stderr, .stdout, .stdout])
    #expect(lines[1].time == PodmanTime.parse("2026-11-22T19:11:16Z"))
    #expect(assembler.finish().isEmpty)
  }

  @Test func `a line of any length comes in pieces of at most 64 KiB`() {
    var assembler = LogAssembler()
    var lines: [LogLine] = []
    for _ in 0..<10 {
      lines += assembler.take(frame("2026-11-22T19:11:16Z " + String(repeating: "x", count: 16_384)))
    }
    lines += assembler.take(frame("2026-11-22T19:11:16Z y\n"))
    #expect(lines.map(\.text.utf8.count) == [65_536, 65_536, 32_769])
  }

  @Test func `bytes that are no text are repaired`() {
    var assembler = LogAssembler()
    let bytes = Array("2026-11-22T19:11:16Z a".utf8) + [0xFF, 0x62, 10]
    #expect(assembler.take(.init(stream: .stdout, bytes: bytes)).map(\.text) == ["a\u{FFFD}b"])
  }

  @Test func `after a resume what was seen is left out, to the frame`() {
    var assembler = LogAssembler()
    for text in ["15Z a", "16Z b", "17Z c", "17Z c", "17Z d"] { _ = assembler.take(frame(at(text))) }
    #expect(assembler.resumption == PodmanTime.parse("2026-11-22T19:11:16Z"))
    assembler.resume()
    let replay = ["16Z b", "17Z c", "17Z c", "17Z d", "17Z e", "18Z f"].map { frame(at($0)) }
    #expect(replay.flatMap { assembler.take($0) }.map(\.text) == ["e", "f"])
    assembler.resume()
    #expect(replay.dropFirst().flatMap { assembler.take($0) }.isEmpty)
    #expect(assembler.take(frame(at("19Z g"))).map(\.text) == ["g"])
  }

  @Test func `a line that the first stream lost comes with the resume`() {
    var assembler = LogAssembler()
    for text in ["16Z end", "17Z 1"] { _ = assembler.take(frame(at(text))) }
    assembler.resume()
    let replay = ["16Z end", "17Z begin", "17Z 1", "17Z 2"].map { frame(at($0)) }
    #expect(replay.flatMap { assembler.take($0) }.map(\.text) == ["begin", "2"])
  }

  @Test func `what a tail left out stays left out`() {
    var assembler = LogAssembler(isTail: true)
    _ = assembler.take(frame(at("17Z c")))
    assembler.resume()
    let replay = ["17Z a", "17Z b", "17Z c", "17Z d"].map { frame(at($0)) }
    #expect(replay.flatMap { assembler.take($0) }.map(\.text) == ["d"])
  }

  @Test func `what is remembered of a fast log is bounded`() {
    var replay = LogReplay(isTail: false)
    let time = Date(timeIntervalSince1970: 1_000)
    let count = LogReplay.mostFrames * 3
    for number in 0..<count { _ = replay.isNew(time, frame("\(number)\n")) }
    replay.restart()
    var repeated = 0
    for number in 0..<count where replay.isNew(time, frame("\(number)\n")) { repeated += 1 }
    #expect(repeated == 0)
    let isNew = replay.isNew(time, frame("new\n"))
    #expect(isNew)
  }

  private func at(_ text: String) -> String { "2026-11-22T19:11:\(text)\n" }

  private func frame(_ text: String, _ stream: LogLine.Stream = .stdout) -> LogFrames.Frame {
    .init(stream: stream, bytes: Array(text.utf8))
  }
}
