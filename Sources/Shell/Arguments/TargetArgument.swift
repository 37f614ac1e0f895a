import ArgumentParser
import Engine

/// Reads names of services and components from the command line.
enum TargetArgument {
  /// Parses `service[/component]`.
  @Sendable static func target(_ text: String) throws -> Target {
    do {
      return try Target(parsing: text)
    } catch {
      throw ValidationError([error.message, error.hint].compactMap(\.self).joined(separator: "; "))
    }
  }

  /// Parses the name of a whole service.
  @Sendable static func service(_ text: String) throws -> String {
    let target = try target(text)
    guard target.component == nil else {
      throw ValidationError("'\(text)' is a component; this command takes a whole service")
    }
    return target.service
  }
}
