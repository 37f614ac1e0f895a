internal import Crypto
internal import Foundation

extension ScriptAPI {
  /// Formats.
  static let encoding: [APIFunction] = [
    APIFunction(
      "json.encode", .encoding, "Writes a value as JSON, keys in order.",
      details: "An empty table becomes `{}`.",
      parameters: [
        APIParameter("value", .any, "the value"),
        APIParameter(
          "options", .options([APIField("pretty", .boolean, optional: true, "on several lines")]),
          optional: true, "how"),
      ], results: [APIResult("text", .string, "the JSON text")], mayFail: true,
      example: "print(mcp.json.encode({a = 1}))",
      body: .immediate { call in
        [.string(try LuaJSON.encode(call[0], pretty: call.options(1).flag("pretty")))]
      }),
    APIFunction(
      "json.decode", .encoding, "Reads JSON.", details: "`null` becomes nil.",
      parameters: [APIParameter("text", .string, "the JSON text")],
      results: [APIResult("value", .any, "the value")], mayFail: true,
      example: "print(mcp.json.decode('{\"a\": 1}').a)",
      body: .immediate { call in [try LuaJSON.decode(call.bytes(0))] }),
    APIFunction(
      "toml.decode", .encoding, "Reads a TOML document.",
      parameters: [APIParameter("text", .string, "the document")],
      results: [APIResult("document", .table, "the document")], mayFail: true,
      example: "print(mcp.toml.decode('name = \"web\"').name)",
      body: .immediate { call in [try LuaTOML.decode(call.string(0), source: "the text")] }),
    APIFunction(
      "sha256", .encoding, "Returns the SHA-256 of a string, in hexadecimal.",
      parameters: [APIParameter("text", .string, "the string")],
      results: [APIResult("digest", .string, "64 hexadecimal digits")], example: "print(mcp.sha256(\"abc\"))",
      body: .immediate { call in
        [.string(SHA256.hash(data: call.bytes(0)).map { String(format: "%02x", $0) }.joined())]
      }),
    APIFunction(
      "base64.encode", .encoding, "Writes a string in Base64 (RFC 4648).",
      parameters: [APIParameter("text", .string, "the string")],
      results: [APIResult("encoded", .string, "the Base64 text")],
      example: "print(mcp.base64.encode(\"abc\"))",
      body: .immediate { call in [.string(Data(call.bytes(0)).base64EncodedString())] }),
    APIFunction(
      "base64.decode", .encoding, "Reads Base64 (RFC 4648).",
      parameters: [APIParameter("encoded", .string, "the Base64 text")],
      results: [APIResult("text", .string, "the string")], mayFail: true,
      example: "print(mcp.base64.decode(\"YWJj\"))",
      body: .immediate { call in
        guard let data = Data(base64Encoded: call.string(0)) else {
          throw EngineError(.invalidArgument, "the text is not Base64")
        }
        return [.text([UInt8](data))]
      }),
  ]
}
