/// What scripts keep, in the registry.
public struct RegistryScripts: ScriptStore, ScriptVersions {
  private let registry: Registry

  /// Creates a view of a registry.
  public init(_ registry: Registry) { self.registry = registry }

  /// The JSON text of a value; `nil` where there is none.
  public func value(of key: String, script: String) async throws -> String? {
    try await registry.scriptValue(key, of: script)
  }

  /// Keeps a value as JSON text; `nil` removes it.
  public func setValue(_ json: String?, of key: String, script: String) async throws {
    try await registry.setScriptValue(json, for: key, of: script)
  }

  /// The text of a script that was last loaded; `nil` where there is none.
  public func lastGood(_ script: String) async throws -> String? { try await registry.scriptText(script) }

  /// Keeps a text that was loaded; `nil` forgets the script.
  public func keep(_ text: String?, of script: String) async throws {
    try await registry.keepScriptText(text, of: script)
  }
}
