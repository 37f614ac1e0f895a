internal import Foundation

extension ClientConfiguration {
  /// Returns the definition of `service` and the file that it comes from.
  ///
  /// Throws `notFound` with where it looked and what is there, `invalidArgument` for a file that is not valid or
  /// defines another service.
  public func definition(
    named service: String
  ) throws(EngineError) -> (definition: ServiceDefinition, path: String) {
    guard ServiceDefinition.isValidName(service) else {
      throw EngineError(
        .invalidArgument, "\(Text.quoted(service)) cannot name a service",
        hint: "names are lower-case letters, digits and dashes")
    }
    let path = path(of: service)
    do {
      return (try read(service, path), path)
    } catch  where error.code == .notFound {
      throw missing(service, path)
    } catch {
      throw error.about(service: service)
    }
  }

  /// Returns every definition of the services directory, in the order of their names.
  ///
  /// Throws `notFound` where there is no such directory, and `invalidArgument` with the problems of all files as
  /// details where any of them is not valid.
  public func definitions() throws(EngineError) -> [(definition: ServiceDefinition, path: String)] {
    var result: [(definition: ServiceDefinition, path: String)] = []
    var failures: [EngineError] = []
    let names = try definitionNames()
    for name in names {
      let path = path(of: name)
      do throws(EngineError) {
        guard ServiceDefinition.isValidName(name) else {
          throw EngineError(.invalidArgument, "\(path) is not named after a service")
        }
        result.append((try read(name, path), path))
      } catch {
        failures.append(error)
      }
    }
    guard failures.isEmpty else { throw combined(failures, of: names.count) }
    return result
  }

  private func path(of service: String) -> String {
    PathText.normalised("\(servicesDirectory)/\(service).toml")
  }

  private func read(_ service: String, _ path: String) throws(EngineError) -> ServiceDefinition {
    let definition = try ServiceFile.parse(TextFile.read(path, kind: ServiceFile.kind), source: path)
    guard definition.name == service else {
      throw EngineError(
        .invalidArgument, "\(path) defines \(Text.quoted(definition.name)), not \(Text.quoted(service))",
        hint: "a definition's file is named after its service: rename the file, or change `name`")
    }
    return definition
  }

  /// The names of the definition files, without `.toml`; hidden files are none.
  private func definitionNames() throws(EngineError) -> [String] {
    let suffix = ".toml"
    do {
      return try FileManager.default.contentsOfDirectory(atPath: servicesDirectory)
        .filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }
        .map { String($0.dropLast(suffix.count)) }
        .sorted()
    } catch {
      var isDirectory = ObjCBool(false)
      let exists = FileManager.default.fileExists(atPath: servicesDirectory, isDirectory: &isDirectory)
      let reason =
        exists
        ? (isDirectory.boolValue ? "it may not be read" : "it is not a directory") : "it does not exist"
      throw EngineError(
        !exists ? .notFound : isDirectory.boolValue ? .permissionDenied : .failedPrecondition,
        "cannot read the directory of service definitions \(servicesDirectory)", cause: reason,
        hint: "make it, or set [services] dir in \(path)")
    }
  }

  private func missing(_ service: String, _ path: String) -> EngineError {
    let names = (try? definitionNames()) ?? []
    let near = NearestWord.find(service, among: names).map { "did you mean `\($0)`? " } ?? ""
    let listed = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
    return EngineError(
      .notFound, "there is no definition of \(Text.quoted(service))", cause: "\(path) does not exist",
      hint: names.isEmpty
        ? "no service is defined in \(servicesDirectory) yet" : "\(near)defined there: \(listed)",
      service: service)
  }

  private func combined(_ failures: [EngineError], of count: Int) -> EngineError {
    if let only = failures.first, failures.count == 1 { return only }
    let lines = failures.flatMap { failure in
      [failure.description] + failure.details.map { "  \($0)" }
    }
    return EngineError(
      .invalidArgument,
      "\(failures.count) of \(count) service definitions in \(servicesDirectory) are not valid",
      details: lines)
  }
}
