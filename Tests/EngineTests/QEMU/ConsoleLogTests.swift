import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Engine

/// Consoles of VMs, and archives of their files.
@Suite struct ConsoleLogTests {
  private func append(_ text: String, to path: String) throws {
    if !FileManager.default.fileExists(atPath: path) {
      try Data().write(to: URL(filePath: path))
    }
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    defer { try? file.close() }
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
  }

  @Test func `a line has the time at which it was first seen`() async throws {
    try await TemporaryDirectory.with { directory in
      let log = ConsoleLog(path: directory.file("console.log"))
      let noon = Date(timeIntervalSince1970: 1_000_000)
      try append("one\r\ntwo\n", to: log.path)
      log.maintain(limit: 100, at: noon)
      log.maintain(limit: 100, at: noon + 5)
      try append("three\n", to: log.path)
      log.maintain(limit: 100, at: noon + 10)
      let (lines, end) = log.lines(tail: nil)
      #expect(lines.map(\.text) == ["one", "two", "three"])
      #expect(lines.map(\.time) == [noon, noon, noon + 10])
      #expect(end == 15)
      #expect(log.lines(tail: 1).lines.map(\.text) == ["three"])
    }
  }

  @Test func `a log that is too long is put aside, and is read all the same`() async throws {
    try await TemporaryDirectory.with { directory in
      let log = ConsoleLog(path: directory.file("console.log"))
      for turn in 1...5 {
        try append("line \(turn) of a console\n", to: log.path)
        log.maintain(limit: 60)
      }
      let lines = log.lines(tail: nil).lines.map(\.text)
      #expect(lines.last == "line 5 of a console")
      #expect(lines == (1...5).suffix(lines.count).map { "line \($0) of a console" })
      #expect((FileFacts(path: log.path)?.size ?? .max) <= 60)
    }
  }

  @Test(arguments: [1, 7, 511, 512, 513, 100_000])
  func `a file is taken out of an archive in parts of any size`(part: Int) throws {
    func field(_ text: String, _ length: Int) -> [UInt8] {
      Array(text.utf8) + [UInt8](repeating: 0, count: length - text.utf8.count)
    }
    func entry(_ type: String, _ content: [UInt8]) -> [UInt8] {
      let head =
        field("name", 100) + field("0000644\0", 24) + field(String(content.count, radix: 8), 12)
        + field("", 20) + Array(type.utf8)
      let padding = (512 - content.count % 512) % 512
      return head + [UInt8](repeating: 0, count: 512 - head.count) + content
        + [UInt8](repeating: 0, count: padding)
    }
    let content = (0..<3000).map { UInt8(truncatingIfNeeded: $0) }
    let archive =
      entry("x", Array("30 mtime=1\n".utf8)) + entry("5", []) + entry("0", content) + entry("0", [1, 2, 3])
    var reader = TarReader()
    var taken: [UInt8] = []
    var rest = archive[...]
    while !rest.isEmpty {
      try reader.take(ByteBuffer(bytes: rest.prefix(part))) { taken += $0 }
      rest = rest.dropFirst(part)
    }
    #expect(reader.isDone)
    #expect(taken == content)
  }
}
