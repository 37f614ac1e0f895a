/// What people call the version of an image.
public enum ImageVersion {
  /// Returns the tag of an image reference, or the first twelve digits of its digest; `-` where it has neither.
  public static func of(_ reference: String) -> String {
    if let at = reference.lastIndex(of: "@") {
      let digest = reference[reference.index(after: at)...]
      let digits = digest.split(separator: ":").last.map(String.init) ?? String(digest)
      return String(digits.prefix(12))
    }
    let afterSlash = reference.lastIndex(of: "/").map { reference.index(after: $0) } ?? reference.startIndex
    guard let colon = reference[afterSlash...].lastIndex(of: ":") else { return "-" }
    return String(reference[reference.index(after: colon)...])
  }
}
