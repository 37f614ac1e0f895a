internal import Crypto
internal import Foundation

/// The identity of what a component's runtime object was created from.
///
/// Drift and deploys compare hashes, never a runtime's own view of its arguments. Two components that
/// would give the same runtime object have the same hash, and nothing that does not reach the runtime
/// object (health, heal, dependencies) changes it.
public enum SpecHash {
  /// Returns the hash of `component` in `service`: 64 hexadecimal digits, stable between versions of this
  /// program that write the same ``format``.
  ///
  /// `given` is what the runtime object gets beside the definition.
  public static func of(
    _ component: Component, in service: String, given: SpecGivens = SpecGivens()
  ) -> String {
    var essential = component
    essential.health = nil
    essential.dependsOn = []
    essential.heal = true
    essential.allowLatest = false
    essential.pull = .missing
    // Where the outside reaches it is the agent's affair.
    essential.routes = component.routes.map {
      Route(name: $0.name, port: 0, target: $0.target, transport: $0.transport)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let subject = Subject(
      format: format, service: service, component: essential,
      given: given == SpecGivens() ? nil : given)
    guard let data = try? encoder.encode(subject) else {
      preconditionFailure("a component always encodes: it holds no floating point infinity")
    }
    return SHA256.hash(data: data).hexadecimal
  }

  /// The format of what is hashed; a change of it makes every component look changed.
  static let format = 1

  private struct Subject: Encodable {
    let format: Int
    let service: String
    let component: Component
    let given: SpecGivens?
  }
}

/// What a runtime object is created from beside its definition.
public struct SpecGivens: Hashable, Sendable, Codable {
  /// The versions of its secrets, by their names.
  public var secrets: [String: String] = [:]
  /// The id of the image that its tag named, where every deploy asks the registry.
  public var image: String?
  /// What its runtime makes it from beside its image, such as the digests of files on the node.
  public var content: String?

  /// Creates what is given to a component that needs nothing.
  public init() {}
}
