/// The reference of the API as Markdown, made from the declarations.
public enum APIReference {
  /// The document.
  public static var text: String {
    var text = """
      # Reference of the Lua API

      Made from the declarations by `mcp script reference`; the guide is [lua.md](lua.md).

      What can fail in normal life returns `nil` and an [error](#mcperror); mistakes in a call raise, with the script's name
      and line. A duration is a string such as `"30s"`, `"1m30s"` or `"500ms"`, or a number of seconds. Points in time are
      seconds since 1970, as `mcp.now()` returns them. A target is `"service"` or `"service/component"`.

      Besides functions, `mcp.env` is a table of environment variables (in the agent those that `env` of `[scripts]` names),
      `mcp.version` the version, and `mcp.place` where the script runs: `agent`, `commandLine` or `test`.


      """
    for topic in APITopic.allCases {
      text += "## \(topic.rawValue)\n\n"
      for function in ScriptAPI.functions where function.topic == topic { text += section(function) }
    }
    text += "## Records\n\n"
    for record in ScriptAPI.records { text += section(record) }
    return text
  }

  private static func section(_ function: APIFunction) -> String {
    var text = "### \(function.fullName)\n\n```\n\(function.signature)\n```\n\n\(function.summary)"
    if !function.details.isEmpty { text += " \(function.details)" }
    text += "\n\n"
    if !function.parameters.isEmpty {
      text += "| argument | type | meaning |\n| --- | --- | --- |\n"
      for parameter in function.parameters {
        let name = "`\(parameter.name)`" + (parameter.isOptional ? ", optional" : "")
        if case .options(let fields) = parameter.type {
          text += "| \(name) | table | \(parameter.meaning) |\n"
          for field in fields {
            let key = "`\(parameter.name).\(field.name)`" + (field.isOptional ? ", optional" : "")
            text += "| \(key) | \(shown(field.type)) | \(field.meaning) |\n"
          }
        } else {
          text += "| \(name) | \(shown(parameter.type)) | \(parameter.meaning) |\n"
        }
      }
      text += "\n"
    }
    for result in function.results {
      text += "Returns `\(result.name)` (\(shown(result.type))): \(result.meaning)"
      text += function.mayFail ? "; or `nil` and an error.\n\n" : ".\n\n"
    }
    var facts: [String] = []
    if let primitive = function.primitive { facts.append("Role: \(primitive.role.rawValue).") }
    if function.mutating { facts.append("Changes something; only planned under `--plan`.") }
    if function.places.count < ScriptPlace.allCases.count {
      facts.append("Only in \(function.places.map(\.description).sorted().joined(separator: " and ")).")
    }
    if !facts.isEmpty { text += facts.joined(separator: " ") + "\n\n" }
    return text + "```lua\n\(function.example)\n```\n\n"
  }

  private static func section(_ record: APIRecord) -> String {
    var text = "### \(record.name)\n\n\(record.summary)\n\n| key | type | meaning |\n| --- | --- | --- |\n"
    for field in record.fields {
      let key = "`\(field.name)`" + (field.isOptional ? ", may be absent" : "")
      text += "| \(key) | \(shown(field.type)) | \(field.meaning) |\n"
    }
    return text + "\n"
  }

  private static func shown(_ type: APIType) -> String {
    let text =
      switch type {
      case .options: "table"
      case .duration: "duration"
      case .time: "time"
      case .target: "target"
      case .definition: "definition"
      case .either(let types): types.map(shown).joined(separator: " or ")
      default: "`\(type.annotation)`"
      }
    return text.replacing("|", with: "\\|")
  }
}
