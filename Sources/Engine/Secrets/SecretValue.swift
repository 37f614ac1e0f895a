/// The value of a secret; it shows itself to nobody who prints it.
public struct SecretValue: Hashable, Sendable {
  /// The most bytes that a value may have.
  public static let maximumBytes = 500_000

  /// The value.
  public let bytes: [UInt8]

  /// Creates a value.
  ///
  /// Throws `invalidArgument` where it is empty or too long.
  public init(_ bytes: [UInt8]) throws(EngineError) {
    guard !bytes.isEmpty else {
      throw EngineError(
        .invalidArgument, "the value of the secret is empty", hint: "give it on standard input")
    }
    guard bytes.count <= Self.maximumBytes else {
      throw EngineError(
        .invalidArgument,
        "the value of the secret has \(bytes.count) bytes; \(Self.maximumBytes) is the most")
    }
    self.bytes = bytes
  }
}

extension SecretValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Nothing of the value.
  public var description: String { "(secret)" }
  /// Nothing of the value.
  public var debugDescription: String { description }
  /// Nothing of the value.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
