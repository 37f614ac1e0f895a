internal import Foundation

/// What a guest has written to its serial line, in a file that QEMU appends to.
///
/// A file that has grown too large is copied aside and emptied. QEMU writes no times, so they are noted beside it
/// while the agent looks: a line has the time at which it was there for the first time.
struct ConsoleLog: Sendable {
  let path: String

  private var older: String { path + ".1" }
  private var times: String { path + ".times" }

  private static let longestTimes: Int64 = 1 << 20

  /// Notes how long the file is now, and puts it aside where it is longer than `limit`.
  func maintain(limit: Int64, at now: Date = .now) {
    guard let size = FileFacts(path: path)?.size else { return }
    if size > limit {
      try? FileManager.default.removeItem(atPath: older)
      guard (try? FileManager.default.copyItem(atPath: path, toPath: older)) != nil, truncate(path, 0) == 0
      else {
        return
      }
      try? FileManager.default.removeItem(atPath: times)
      return
    }
    let marks = marks()
    guard size > 0, marks.last?.offset != size else { return }
    if (FileFacts(path: times)?.size ?? 0) > Self.longestTimes {
      // Every other mark will do for what is old.
      let kept = marks.enumerated().filter { $0.offset % 2 == 1 }.map {
        "\($0.element.offset) \($0.element.time)\n"
      }
      try? Data(kept.joined().utf8).write(to: URL(filePath: times))
    }
    let mark = Data("\(size) \(Int64(now.timeIntervalSince1970 * 1000))\n".utf8)
    if let file = FileHandle(forWritingAtPath: times) {
      _ = try? file.seekToEnd()
      try? file.write(contentsOf: mark)
      try? file.close()
    } else {
      _ = FileManager.default.createFile(atPath: times, contents: mark)
    }
  }

  /// Lines that were written, oldest first: with `tail` the last ones.
  func lines(tail: Int?) -> (lines: [LogLine], end: UInt64) {
    var found: [LogLine] = []
    let put = (try? Data(contentsOf: URL(filePath: older))) ?? Data()
    let asideTime = (try? FileManager.default.attributesOfItem(atPath: older))?[.modificationDate] as? Date
    Self.split(put) { text, _ in found.append(LogLine(time: asideTime, stream: .stdout, text: text)) }
    let data = (try? Data(contentsOf: URL(filePath: path))) ?? Data()
    let marks = marks()
    let last =
      (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date ?? Date()
    var next = marks.startIndex
    Self.split(data) { text, end in
      while next < marks.endIndex, marks[next].offset < end { next += 1 }
      let time = next < marks.endIndex ? Date(timeIntervalSince1970: Double(marks[next].time) / 1000) : last
      found.append(LogLine(time: time, stream: .stdout, text: text))
    }
    return (tail.map { Array(found.suffix(max(0, $0))) } ?? found, UInt64(data.count))
  }

  private func marks() -> [(offset: Int64, time: Int64)] {
    let text = (try? String(contentsOfFile: times, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ").compactMap { Int64($0) }
      return fields.count == 2 ? (fields[0], fields[1]) : nil
    }
  }

  private static func split(_ data: Data, _ body: (String, Int64) -> Void) {
    var start = data.startIndex
    while start < data.endIndex {
      let end = data[start...].firstIndex(of: 10) ?? data.endIndex
      body(text(data[start..<end]), Int64(end - data.startIndex))
      start = end < data.endIndex ? end + 1 : end
    }
  }

  /// A line as text; consoles end lines with a carriage return as well.
  static func text(_ bytes: Data) -> String {
    var text = String(decoding: bytes, as: UTF8.self)
    while text.last == "\r" || text.last == "\r\n" { text.removeLast() }
    return text
  }
}
