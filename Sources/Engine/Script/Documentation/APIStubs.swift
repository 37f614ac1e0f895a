/// The API as LuaCATS stubs, from which editors complete and check scripts.
///
/// The format is that of the Lua language server's annotations.
public enum APIStubs {
  /// The file.
  public static var text: String {
    var text = """
      ---@meta mcp
      -- Made by `mcp script stubs` from the declarations of mcp \(Version.current).

      ---A span of time: `"30s"`, `"1m30s"`, `"500ms"`, or a number of seconds.
      ---@alias mcp.Duration string|number

      ---A point in time: seconds since 1970, or a duration, which means that long ago.
      ---@alias mcp.Time number|string

      ---`"service"` or `"service/component"`.
      ---@alias mcp.Target string

      ---A service's definition, with the keys of a definition file.
      ---@class mcp.Definition
      ---@field name string
      ---@field node? string
      ---@field active? boolean
      ---@field components table[]

      ---@class mcp
      ---@field env table<string, string> environment variables
      ---@field version string the version
      ---@field place "agent"|"commandLine"|"test" where the script runs
      mcp = {}


      """
    for record in ScriptAPI.records { text += stub(record) }
    var tables: Set<String> = []
    for function in ScriptAPI.functions {
      if let dot = function.name.lastIndex(of: "."),
        tables.insert(String(function.name[..<dot])).inserted
      {
        text += "mcp.\(function.name[..<dot]) = {}\n\n"
      }
      text += stub(function)
    }
    return text
  }

  private static func stub(_ record: APIRecord) -> String {
    var text = "---\(record.summary)\n---@class \(record.name)\n"
    for field in record.fields {
      text +=
        "---@field \(field.name)\(field.isOptional ? "?" : "") \(field.type.annotation) \(field.meaning)\n"
    }
    return text + "\n"
  }

  private static func stub(_ function: APIFunction) -> String {
    var text = "---\(function.summary)\n"
    if !function.details.isEmpty { text += "---\n---\(function.details)\n" }
    for parameter in function.parameters {
      text +=
        "---@param \(parameter.name)\(parameter.isOptional ? "?" : "") \(parameter.type.annotation) \(parameter.meaning)\n"
    }
    for result in function.results {
      let isOptional = function.mayFail && result.type != .any
      text +=
        "---@return \(result.type.annotation)\(isOptional ? "?" : "") \(result.name) \(result.meaning)\n"
    }
    if function.mayFail { text += "---@return mcp.Error? error\n" }
    let names = function.parameters.map { Self.isKeyword($0.name) ? "_\($0.name)" : $0.name }
    return text + "function \(function.fullName)(\(names.joined(separator: ", "))) end\n\n"
  }

  private static func isKeyword(_ name: String) -> Bool {
    ["function", "end", "repeat", "until"].contains(name)
  }
}
