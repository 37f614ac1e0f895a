import Engine
import Foundation
import Logging
import Synchronization

/// Writes log lines to standard error, as text for people or one JSON object a line.
struct AgentLogHandler: LogHandler {
  typealias Format = AgentConfiguration.Log.Format

  /// The level of every logger of this process; changed by a reload.
  private static let level = Mutex(Logger.Level.info)

  /// Sets the level of every logger of this process.
  static func setLevel(_ level: AgentConfiguration.Log.Level) {
    Self.level.withLock { $0 = Logger.Level(rawValue: level.rawValue) ?? .info }
  }

  let format: Format
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level {
    get { Self.level.withLock { $0 } }
    set { Self.level.withLock { $0 = newValue } }
  }

  init(format: Format) { self.format = format }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var fields = metadata
    if let more = event.metadata { fields.merge(more) { _, new in new } }
    let time = Date().formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
    let line = Self.line(
      format, time: time + (time.hasSuffix("Z") ? "" : "Z"), level: event.level, message: "\(event.message)",
      fields: fields)
    FileHandle.standardError.write(Data(line.utf8))
  }

  /// Returns the finished line with its end.
  ///
  /// Pure.
  static func line(
    _ format: Format, time: String, level: Logger.Level, message: String, fields: Logger.Metadata
  ) -> String {
    switch format {
    case .text:
      let name = level.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
      let rest = fields.sorted { $0.key < $1.key }.map { " \($0.key)=\(quoted("\($0.value)"))" }.joined()
      return "\(time) \(name) \(message.replacing("\n", with: "\\n"))\(rest)\n"
    case .json:
      var object = ["time": time, "level": level.rawValue, "message": message]
      for (key, value) in fields where object[key] == nil { object[key] = "\(value)" }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let data = (try? encoder.encode(object)) ?? Data()
      return String(decoding: data, as: UTF8.self) + "\n"
    }
  }

  private static func quoted(_ text: String) -> String {
    guard text.isEmpty || text.contains(where: { $0 == " " || $0 == "\"" || $0.isNewline }) else {
      return text
    }
    return "\"" + text.replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
  }
}
