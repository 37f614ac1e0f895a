/// A podman's version.
struct PodmanVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The oldest that this driver is built for.
  static let oldestSupported = PodmanVersion(major: 4, minor: 3, text: "4.3")
  /// The first that this driver does not know.
  static let firstUnknown = PodmanVersion(major: 6, minor: 0, text: "6.0")

  var major: Int
  var minor: Int
  /// As podman writes it, such as `5.4.0-dev`.
  var text: String

  init(major: Int, minor: Int, text: String) {
    self.major = major
    self.minor = minor
    self.text = text
  }

  /// Parses `major.minor` and whatever follows; `nil` where it is none.
  init?(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, let major = Int(parts[0]),
      let minor = Int(parts[1].prefix(while: \.isNumber))
    else { return nil }
    self.init(major: major, minor: minor, text: text)
  }

  var description: String { text }

  var isSupported: Bool { self >= Self.oldestSupported && self < Self.firstUnknown }

  /// Whether finished exec sessions can be removed over the API; earlier ones only forget them by themselves.
  var canRemoveExecSessions: Bool { (major, minor) >= (4, 8) }

  static func < (left: PodmanVersion, right: PodmanVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }

  static func == (left: PodmanVersion, right: PodmanVersion) -> Bool {
    (left.major, left.minor, left.text) == (right.major, right.minor, right.text)
  }
}
