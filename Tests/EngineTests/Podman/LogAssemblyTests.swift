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
    _ = assembler.take(frame("2026-11-22T19:11:16Z a\n"))
    _ = assembler.take(frame("2026-11-22T19:11:17Z b\n"))
    _ = assembler.take(frame("2026-11-22T19:11:17Z c\n"))
    assembler.resume()
    let replay = ["16Z a", "17Z b", "17Z c", "17Z d", "18Z e"].map { "2026-11-22T19:11:\($0)\n" }
    #expect(replay.flatMap { assembler.take(frame($0)) }.map(\.text) == ["d", "e"])
    assembler.resume()
    #expect(replay.flatMap { assembler.take(frame($0)) }.isEmpty)
    #expect(assembler.take(frame("2026-11-22T19:11:19Z f\n")).map(\.text) == ["f"])
  }

  private func frame(_ text: String, _ stream: LogLine.Stream = .stdout) -> LogFrames.Frame {
    .init(stream: stream, bytes: Array(text.utf8))
  }
}
