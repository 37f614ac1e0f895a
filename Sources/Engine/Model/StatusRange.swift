/// The HTTP statuses that count as success.
public struct StatusRange: Hashable, Sendable, Codable, CustomStringConvertible, LosslessStringConvertible {
  /// The first one, 100 to 599.
  public var lower: Int
  /// The last one, not below ``lower``.
  public var upper: Int

  /// What counts where nothing is said: `200-399`.
  public static let standard = StatusRange(lower: 200, upper: 399)

  private init(lower: Int, upper: Int) {
    self.lower = lower
    self.upper = upper
  }

  /// Parses `200` or `200-399`; `nil` for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { part in
      part.utf8.count == 3 && part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
    }
    guard (1...2).contains(parts.count), let lower = parts[0], let upper = parts[parts.count - 1],
      lower <= upper, lower >= 100, upper <= 599
    else { return nil }
    self.init(lower: lower, upper: upper)
  }

  /// Decodes the spelling of the definition format.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let range = StatusRange(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no statuses: \(text)")
    }
    self = range
  }

  /// Encodes the spelling of the definition format.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// The spelling of the definition format.
  public var description: String { lower == upper ? "\(lower)" : "\(lower)-\(upper)" }

  /// Whether a status is one of them.
  public func contains(_ status: Int) -> Bool { (lower...upper).contains(status) }
}
