/// A service as its operator defined it: the contents of one definition file.
public struct ServiceDefinition: Hashable, Sendable, Codable {
  /// The name: `[a-z0-9]([a-z0-9-]*[a-z0-9])?`, at most 48 characters.
  public var name: String
  /// The node it belongs to; `nil` where only one node is configured.
  public var node: String?
  /// Whether it should run.
  public var active = true
  /// The source tree for builds, relative to the workspace.
  public var path: String?
  /// Images to build: image name to Dockerfile.
  public var buildImages: [String: String] = [:]
  /// What it consists of; at least one.
  public var components: [Component]
  /// What a snapshot of its directory contains.
  public var snapshot: SnapshotSpec?

  /// Creates a definition.
  public init(name: String, node: String? = nil, components: [Component] = []) {
    self.name = name
    self.node = node
    self.components = components
  }

  /// The component of that name.
  public func component(_ name: String) -> Component? { components.first { $0.name == name } }
}

/// What a snapshot of a service's directory contains.
public struct SnapshotSpec: Hashable, Sendable, Codable {
  /// `full`, `default`, or `exec: <cmd>`.
  public var method: String
  /// Paths left out.
  public var exclude: [String]

  /// Creates a specification.
  public init(method: String = "default", exclude: [String] = []) {
    self.method = method
    self.exclude = exclude
  }
}

/// What a command addresses: a service, or one component of it, written `service[/component]`.
public struct Target: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The service's name.
  public var service: String
  /// The component's name; `nil` is the whole service.
  public var component: String?

  /// Creates a target.
  public init(service: String, component: String? = nil) {
    self.service = service
    self.component = component
  }

  /// Parses `service[/component]`; throws `invalidArgument` where a name is empty or not valid.
  public init(parsing text: String) throws(EngineError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, parts.allSatisfy(ServiceDefinition.isValidName) else {
      throw EngineError(
        .invalidArgument, "'\(text.prefix(120))' names no service or component",
        hint: "write service or service/component; names are lower-case letters, digits and dashes")
    }
    self.init(service: parts[0], component: parts.count == 2 ? parts[1] : nil)
  }

  /// `service` or `service/component`.
  public var description: String { component.map { "\(service)/\($0)" } ?? service }
}

extension ServiceDefinition {
  /// The most characters a service's or component's name may have.
  public static let maximumNameLength = 48

  /// Whether `name` can name a service or a component.
  public static func isValidName(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard (1...maximumNameLength).contains(bytes.count), bytes.first != UInt8(ascii: "-"),
      bytes.last != UInt8(ascii: "-")
    else { return false }
    return bytes.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
    }
  }
}
