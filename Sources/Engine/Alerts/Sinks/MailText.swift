internal import Foundation

/// Mail as text.
///
/// RFC 5322, RFC 2045, RFC 2047.
enum MailText {
  /// A header's value: as it is where it is plain, else as an encoded word; always one line.
  static func header(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    let isPlain = line.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !line.contains("=?")
    if isPlain { return String(line.prefix(900)) }
    // Each encoded word has at most 75 characters, and whole characters.
    var words: [String] = []
    var current: [UInt8] = []
    for character in line.prefix(300) {
      let bytes = Array(String(character).utf8)
      if current.count + bytes.count > 42 {
        words.append(encoded(current))
        current = []
      }
      current += bytes
    }
    if !current.isEmpty { words.append(encoded(current)) }
    return words.joined(separator: " ")
  }

  private static func encoded(_ bytes: [UInt8]) -> String {
    "=?utf-8?B?\(Data(bytes).base64EncodedString())?="
  }

  /// A whole message, with the line ends and the escaped dots that SMTP wants, without the dot at its end.
  static func message(from: String, to: [String], subject: String, text: String, id: String, at time: Date)
    -> String
  {
    let body = Data((text + "\n").utf8).base64EncodedString(options: [
      .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
    ])
    let lines = [
      "From: \(header(from))", "To: \(to.map(header).joined(separator: ", "))",
      "Subject: \(folded(header(subject)))",
      "Date: \(date(time))", "Message-ID: <\(id)>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "", body,
    ]
    return lines.joined(separator: "\r\n")
  }

  /// Long headers go on in the next line, after a space.
  private static func folded(_ value: String) -> String {
    value.replacing("?= =?", with: "?=\r\n =?")
  }

  private static func date(_ time: Date) -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "UTC")
    format.dateFormat = "EEE, d MMM yyyy HH:mm:ss Z"
    return format.string(from: time)
  }
}
