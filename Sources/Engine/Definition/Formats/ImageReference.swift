/// The parts of an image's name: `[registry[:port]/]path[:tag][@digest]`.
public struct ImageReference: Hashable, Sendable {
  /// Registry and path, without tag and digest.
  public var name: String
  /// The tag, such as `v1.0.0`.
  public var tag: String?
  /// The digest, such as `sha256:` with 64 hexadecimal digits.
  public var digest: String?

  /// The most bytes a reference may have.
  static let maximumBytes = 512

  /// Reads a reference; `nil` where `text` is none.
  public init?(_ text: String) {
    guard let reference = try? Self(parsing: text) else { return nil }
    self = reference
  }

  /// The registry, with its port where the name has one; `nil` for a short name.
  public var registry: String? {
    let segments = Text.split(name, "/")
    return segments.count > 1 && Self.looksLikeRegistry(segments[0]) ? segments[0] : nil
  }

  /// Whether this names the same image tomorrow: it has a digest, or a tag other than `latest`.
  public var isExplicit: Bool { digest != nil || (tag != nil && tag != "latest") }

  init(parsing text: String) throws(ValueError) {
    if let problem = Text.problem(with: text, maximum: Self.maximumBytes) { throw ValueError(problem) }
    let parts = Text.split(text, "@", max: 2)
    if parts.count > 1 {
      guard Self.isDigest(parts[1]) else {
        throw ValueError(
          "the digest must be `sha256:` and 64 hexadecimal digits, not \(Text.quoted(parts[1]))")
      }
      digest = parts[1]
    }
    var segments = Text.split(parts[0], "/")
    let tagged = Text.split(segments.removeLast(), ":", max: 2)
    if tagged.count > 1 {
      guard Self.isTag(tagged[1]) else { throw ValueError("\(Text.quoted(tagged[1])) is not a tag") }
      tag = tagged[1]
    }
    segments.append(tagged[0])
    name = segments.joined(separator: "/")
    if segments.count > 1, Self.looksLikeRegistry(segments[0]) {
      let registry = segments.removeFirst()
      guard Self.isRegistry(registry) else { throw ValueError("\(Text.quoted(registry)) is not a registry") }
    }
    guard name.utf8.count <= 255 else { throw ValueError("the name is longer than 255 characters") }
    for segment in segments where !Self.isPathSegment(segment) {
      throw ValueError(
        "\(Text.quoted(text)) is not an image: a name consists of lower-case letters, digits and `.`, `_`, `-`"
          + " between them")
    }
  }

  /// Whether `text` can name an image, without tag and digest.
  static func isName(_ text: String) -> Bool {
    guard let reference = ImageReference(text) else { return false }
    return reference.tag == nil && reference.digest == nil
  }

  private static func looksLikeRegistry(_ segment: String) -> Bool {
    segment == "localhost" || segment.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
  }

  static func isRegistry(_ text: String) -> Bool {
    if Text.hasPrefix(text, "[") {
      let parts = Text.split(text, "]")
      guard parts.count == 2, parts[0].contains(":"),
        NetworkText.canonicalIP(String(parts[0].dropFirst())) != nil
      else { return false }
      return parts[1].isEmpty
        || (Text.hasPrefix(parts[1], ":") && NetworkText.port(String(parts[1].dropFirst())) != nil)
    }
    let parts = Text.split(text, ":")
    guard parts.count <= 2, NetworkText.problem(hostName: parts[0]) == nil else { return false }
    return parts.count == 1 || NetworkText.port(parts[1]) != nil
  }

  /// Lower-case letters and digits, separated by `.`, `_`, `__` or dashes.
  private static func isPathSegment(_ text: String) -> Bool {
    var separator = ""
    var needsWord = true
    for byte in text.utf8 {
      if Text.isLower(byte) || Text.isDigit(byte) {
        guard
          ["", ".", "_", "__"].contains(separator) || separator.utf8.allSatisfy({ $0 == UInt8(ascii: "-") })
        else {
          return false
        }
        separator = ""
        needsWord = false
      } else {
        guard !needsWord, "._-".utf8.contains(byte) else { return false }
        separator.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    return !needsWord && separator.isEmpty
  }

  private static func isTag(_ text: String) -> Bool {
    text.utf8.count <= 128 && Text.isWord(text, others: "_.-", leading: "_")
  }

  private static func isDigest(_ text: String) -> Bool {
    let parts = Text.split(text, ":")
    guard parts.count == 2, let length = ["sha256": 64, "sha512": 128][parts[0]] else { return false }
    return parts[1].utf8.count == length && isLowerHexadecimal(parts[1])
  }

  static func isLowerHexadecimal(_ text: String) -> Bool {
    text.utf8.allSatisfy { Text.isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
  }
}
