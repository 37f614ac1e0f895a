/// Free text as the registry stores it.
enum StoredText {
  /// Returns `text` without NUL characters, at which SQLite would end it.
  static func stored(_ text: String) -> String {
    guard text.utf8.contains(0) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
  }

  /// Returns `text` without NUL characters, or `nil` where there is none.
  static func stored(_ text: String?) -> String? { text.map { stored($0) } }
}
