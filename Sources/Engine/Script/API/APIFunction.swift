/// Where a script runs.
public enum ScriptPlace: String, Sendable, Hashable, CaseIterable {
  /// In an agent: hooks and schedules.
  case agent
  /// On the operator's side: `mcp run` and `mcp shell`.
  case commandLine
  /// In `mcp script test`, against a simulated node.
  case test
}

/// A function of the global table `mcp`.
///
/// This one declaration is what arguments are checked against, what authorises the call, and what help, completion, the
/// reference and the LuaCATS stubs are made of.
public struct APIFunction: Sendable {
  typealias Waiting = @Sendable (APICall) async throws -> [LuaValue]
  typealias Immediate = @Sendable (APICall) throws -> [LuaValue]

  enum Body: Sendable {
    case waiting(Waiting)
    case immediate(Immediate)
  }

  /// The name below `mcp`, such as `deploy` or `log.info`.
  public let name: String
  /// The chapter of the reference that it belongs to.
  public let topic: APITopic
  /// What it does, in one sentence.
  public let summary: String
  /// What else there is to know; may be empty.
  public let details: String
  /// What it takes.
  public let parameters: [APIParameter]
  /// What it returns where it succeeds.
  public let results: [APIResult]
  /// The primitive of the control plane behind it; `nil` for what happens in the script alone.
  public let primitive: Primitive?
  /// Whether it changes something outside of the script.
  public let mutating: Bool
  /// Where it is available.
  public let places: Set<ScriptPlace>
  /// Whether it returns `nil` and an error where it fails in normal life.
  public let mayFail: Bool
  /// A line or two that show it in use.
  public let example: String
  let body: Body

  init(
    _ name: String, _ topic: APITopic, _ summary: String, details: String = "",
    parameters: [APIParameter] = [], results: [APIResult] = [], primitive: Primitive? = nil,
    mutating: Bool? = nil, places: Set<ScriptPlace> = Set(ScriptPlace.allCases), mayFail: Bool = false,
    example: String, body: Body
  ) {
    self.name = name
    self.topic = topic
    self.summary = summary
    self.details = details
    self.parameters = parameters
    self.results = results
    self.primitive = primitive
    self.mutating = mutating ?? primitive?.mutating ?? false
    self.places = places
    self.mayFail = mayFail
    self.example = example
    self.body = body
  }

  /// The name with `mcp.` before it.
  public var fullName: String { "mcp.\(name)" }

  /// The least role that may call it.
  public var role: Role { primitive?.role ?? .viewer }

  /// How it is called, such as `mcp.stop(target [, options])`.
  public var signature: String {
    var text = "\(fullName)("
    for (index, parameter) in parameters.enumerated() {
      let separator = index == 0 ? "" : ", "
      text += parameter.isOptional ? "[\(separator)\(parameter.name)]" : separator + parameter.name
    }
    return text + ")"
  }
}

/// The chapters of the reference.
public enum APITopic: String, Sendable, Hashable, CaseIterable {
  /// What is there.
  case reading = "Reading"
  /// What changes the node.
  case operating = "Operating"
  /// What hooks are made of.
  case reacting = "Reacting"
  /// What holds calls together.
  case structure = "Structure"
  /// Time, host, environment, log.
  case surroundings = "Surroundings"
  /// What boot sequences are made of.
  case booting = "Boot sequences"
  /// What is kept and sent.
  case storing = "Storing and sending"
  /// Formats.
  case encoding = "Encoding"
  /// What tests of scripts have.
  case testing = "Testing"
}

/// What a function takes at one position.
public struct APIParameter: Sendable {
  /// The name.
  public let name: String
  /// The type.
  public let type: APIType
  /// Whether it may be left out.
  public let isOptional: Bool
  /// What it means.
  public let meaning: String

  init(_ name: String, _ type: APIType, optional: Bool = false, _ meaning: String) {
    self.name = name
    self.type = type
    isOptional = optional
    self.meaning = meaning
  }
}

/// What a function returns at one position.
public struct APIResult: Sendable {
  /// The name.
  public let name: String
  /// The type.
  public let type: APIType
  /// What it means.
  public let meaning: String

  init(_ name: String, _ type: APIType, _ meaning: String) {
    self.name = name
    self.type = type
    self.meaning = meaning
  }
}

/// A named key of an options table or of a record.
public struct APIField: Sendable, Hashable {
  /// The key.
  public let name: String
  /// The type.
  public let type: APIType
  /// Whether it may be absent.
  public let isOptional: Bool
  /// What it means.
  public let meaning: String

  init(_ name: String, _ type: APIType, optional: Bool = false, _ meaning: String) {
    self.name = name
    self.type = type
    isOptional = optional
    self.meaning = meaning
  }
}

/// A kind of table that functions return or take.
public struct APIRecord: Sendable {
  /// The name, such as `mcp.Event`.
  public let name: String
  /// What it is.
  public let summary: String
  /// Its keys.
  public let fields: [APIField]

  init(_ name: String, _ summary: String, _ fields: [APIField]) {
    self.name = name
    self.summary = summary
    self.fields = fields
  }
}
