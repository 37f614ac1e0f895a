extension ServiceDefinition {
  /// Returns everything that is wrong with this definition, wherever it comes from; nothing for a valid one.
  ///
  /// Paths are those of a definition file; a variable of the environment has its position as path.
  public func problems() -> [DefinitionProblem] {
    let log = ProblemLog()
    ServiceValidation(service: self, log: log).run()
    return log.problems
  }

  /// Throws `invalidArgument` with all ``problems()`` as details, if there are any.
  public func check() throws(EngineError) {
    let log = ProblemLog()
    ServiceValidation(service: self, log: log).run()
    do {
      try log.check("the definition of \(Text.quoted(name)) is not valid")
    } catch {
      throw Self.isValidName(name) ? error.about(service: name) : error
    }
  }
}

/// Judges a definition as a whole.
struct ServiceValidation {
  let service: ServiceDefinition
  let log: ProblemLog

  func run() {
    name("name", service.name)
    if let node = service.node, let problem = NetworkText.problem(nodeName: node) { log.add("node", problem) }
    if let path = service.path, let problem = PathText.problem(relative: path) { log.add("path", problem) }
    images()
    snapshot()
    guard !service.components.isEmpty else {
      return log.add("components", "at least one component is required")
    }
    guard service.components.count <= Limits.components else {
      return log.add("components", "more than \(Limits.components) components")
    }
    for (index, component) in service.components.enumerated() {
      ComponentValidation(component: component, path: path(index), log: log).run()
    }
    componentNames()
    hostPorts()
    dependencies()
    size()
  }

  private func path(_ index: Int) -> String { KeyPath.index("components", index) }

  private func name(_ path: String, _ name: String) {
    if !ServiceDefinition.isValidName(name) { log.add(path, ComponentValidation.nameProblem(name)) }
  }

  private func images() {
    let path = "build.images"
    if service.buildImages.count > Limits.images { return log.add(path, "more than \(Limits.images) images") }
    for (image, file) in service.buildImages.sorted(by: { $0.key < $1.key }) {
      let place = KeyPath.key(path, image)
      if !ImageReference.isName(image) {
        log.add(place, "is not the name of an image, without tag and digest")
      } else if let problem = PathText.problem(relative: file) {
        log.add(place, "the Dockerfile \(problem)")
      }
    }
  }

  private func snapshot() {
    guard let snapshot = service.snapshot else { return }
    if snapshot.method != "full", snapshot.method != "default" {
      let command = Text.split(snapshot.method, ":", max: 2)
      if command.count < 2 || command[0] != "exec" || command[1].utf8.allSatisfy({ $0 == UInt8(ascii: " ") })
      {
        log.add(
          "snapshot.method",
          "must be `full`, `default` or `exec: <command>`, not \(Text.quoted(snapshot.method))")
      } else if let problem = Text.problem(with: snapshot.method, maximum: PathText.maximumBytes) {
        log.add("snapshot.method", problem)
      }
    }
    guard snapshot.exclude.count <= Limits.excludes else {
      return log.add("snapshot.exclude", "more than \(Limits.excludes) paths")
    }
    for (index, path) in snapshot.exclude.enumerated() {
      guard let problem = PathText.problem(relative: path, mayEndInSlash: true) else { continue }
      log.add(KeyPath.index("snapshot.exclude", index), problem)
    }
  }

  private func componentNames() {
    var first: [String: Int] = [:]
    for (index, component) in service.components.enumerated()
    where ServiceDefinition.isValidName(component.name) {
      if let earlier = first[component.name] {
        log.add(
          KeyPath.key(path(index), "name"), "`\(component.name)` is the name of \(path(earlier)) as well")
      } else {
        first[component.name] = index
      }
    }
  }

  private func hostPorts() {
    struct Claim {
      let mapping: PortMapping
      let component: Int
    }
    var claims: [Int: [Claim]] = [:]
    for (index, component) in service.components.enumerated() where component.ports.count <= Limits.ports {
      for (position, mapping) in component.ports.enumerated() where mapping.problem == nil {
        let claim = Claim(mapping: mapping, component: index)
        if let other = claims[mapping.hostPort]?.first(where: { $0.mapping.collides(with: mapping) }) {
          let port = "host port \(mapping.hostPort)/\(mapping.transport.rawValue)"
          let place = KeyPath.index(KeyPath.key(path(index), "ports"), position)
          let names = [other.component, index].map { Text.quoted(service.components[$0].name) }
          log.add(
            place,
            other.component == index
              ? "\(port) is claimed twice" : "\(port) is claimed by both \(names[0]) and \(names[1])")
        }
        claims[mapping.hostPort, default: []].append(claim)
      }
    }
  }

  private func dependencies() {
    let names = service.components.map(\.name)
    // A component without a readable name may be the one that is meant.
    let mayBeUnnamed = names.contains { !ServiceDefinition.isValidName($0) }
    for (index, component) in service.components.enumerated()
    where component.dependsOn.count <= Limits.components {
      var seen: Set<String> = []
      for (position, name) in component.dependsOn.enumerated() {
        let place = KeyPath.index(KeyPath.key(path(index), "depends_on"), position)
        if !seen.insert(name).inserted {
          log.add(place, "\(Text.quoted(name)) is named twice")
        } else if name == component.name {
          log.add(place, "a component cannot depend on itself")
        } else if !names.contains(name), !mayBeUnnamed || !ServiceDefinition.isValidName(name) {
          let near = NearestWord.find(name, among: names)
          log.add(
            place,
            "no component is named \(Text.quoted(name))" + (near.map { "; did you mean `\($0)`?" } ?? ""))
        }
      }
    }
    for cycle in DependencyCycles.find(service.components) {
      let index = names.firstIndex(of: cycle[0]) ?? 0
      let round = (cycle + [cycle[0]]).joined(separator: " -> ")
      log.add(KeyPath.key(path(index), "depends_on"), "the components wait for each other: \(round)")
    }
  }

  /// A definition must fit into a file that can be read back.
  private func size() {
    guard log.problems.isEmpty, ServiceFile.format(service).utf8.count > TOMLDocument.maximumBytes else {
      return
    }
    log.add("", "the definition is larger than \(SizeText.format(Int64(TOMLDocument.maximumBytes)))")
  }
}
