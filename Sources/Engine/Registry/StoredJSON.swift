internal import Foundation

/// Values as the registry stores them in JSON columns: keys sorted, times in milliseconds.
enum StoredJSON {
  /// Returns `value` as JSON text, the same for equal values.
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var container = encoder.singleValueContainer()
      try container.encode(StoredTime.milliseconds(date))
    }
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// Returns the value of JSON text.
  static func decode<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
    try decode(type, from: Data(text.utf8))
  }

  /// Returns the definition of JSON text, also where an earlier version wrote it that did not know all of
  /// today's keys.
  static func decodeDefinition(_ text: String) throws -> ServiceDefinition {
    do {
      return try decode(ServiceDefinition.self, from: text)
    } catch {
      let filled = try DefinitionDefaults.fill(object(text))
      return try decode(ServiceDefinition.self, from: JSONSerialization.data(withJSONObject: filled))
    }
  }

  /// Returns the service record of JSON text, also where an earlier version wrote it.
  static func decodeRecord(_ text: String) throws -> ServiceRecord {
    do {
      return try decode(ServiceRecord.self, from: text)
    } catch {
      var record = try object(text)
      if let definition = record["definition"] as? [String: Any] {
        record["definition"] = try DefinitionDefaults.fill(definition)
      }
      return try decode(ServiceRecord.self, from: JSONSerialization.data(withJSONObject: record))
    }
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .custom { decoder in
      StoredTime.date(try decoder.singleValueContainer().decode(Int64.self))
    }
    return try decoder.decode(type, from: data)
  }

  static func object(_ text: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }
}

/// The keys that a stored definition may lack because it is older than they are.
private enum DefinitionDefaults {
  /// Returns `definition` with the defaults of today's format where it has no value.
  static func fill(_ definition: [String: Any]) throws -> [String: Any] {
    let component = try keys(of: Component(name: ""))
    let health = try keys(of: HealthCheck(kind: .tcp))
    var filled = definition
    for (key, value) in try keys(of: ServiceDefinition(name: "")) where filled[key] == nil {
      // A definition without these is damaged, not old.
      if key != "name" && key != "components" { filled[key] = value }
    }
    if let components = definition["components"] as? [[String: Any]] {
      filled["components"] = components.map { stored in
        var stored = stored.merging(component.filter { $0.key != "name" }) { own, _ in own }
        if let check = stored["health"] as? [String: Any] {
          stored["health"] = check.merging(health.filter { $0.key != "kind" }) { own, _ in own }
        }
        return stored
      }
    }
    return filled
  }

  private static func keys(of value: some Encodable) throws -> [String: Any] {
    try StoredJSON.object(StoredJSON.encode(value))
  }
}
