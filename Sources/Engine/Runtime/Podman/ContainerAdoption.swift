/// Puts a container that somebody else made into the words of a definition.
///
/// Pure. What podman adds to every container by itself is left out, and so is what comes from the image.
struct ContainerAdoption {
  /// Variables that podman sets in every container.
  private static let ownVariables: Set = ["container", "TERM", "HOSTNAME", "HOME"]
  /// Capabilities that podman does not give any container.
  private static let ownDrops: Set = ["CAP_AUDIT_WRITE", "CAP_MKNOD", "CAP_NET_RAW"]
  /// Limits that podman sets for every container.
  private static let ownLimits: Set = ["RLIMIT_NOFILE", "RLIMIT_NPROC"]
  /// Labels that tools write for themselves.
  private static let foreignLabels = [
    "com.docker.compose.", "io.podman.compose.", "PODMAN_SYSTEMD_UNIT", "io.buildah.",
  ]

  private let container: ForeignContainer
  private let image: ForeignImage
  /// The port bindings, which one other look has as well.
  private let bindings: [String: [ContainerInspection.HostConfig.Binding]?]
  private var problems: [String] = []

  /// Returns what a definition would say.
  static func describe(
    _ container: ForeignContainer, image: ForeignImage,
    bindings: [String: [ContainerInspection.HostConfig.Binding]?]
  ) -> ForeignInstance {
    var adoption = ContainerAdoption(container: container, image: image, bindings: bindings)
    let component = adoption.component()
    return ForeignInstance(
      id: container.id, name: container.name, compose: ComposeOrigin(labels: container.config.labels),
      component: component, problems: adoption.problems)
  }

  private init(
    container: ForeignContainer, image: ForeignImage,
    bindings: [String: [ContainerInspection.HostConfig.Binding]?]
  ) {
    self.container = container
    self.image = image
    self.bindings = bindings
  }

  private mutating func component() -> Component {
    var component = Component(name: "", image: reference())
    if let image = component.image.flatMap(ImageReference.init), !image.isExplicit {
      component.allowLatest = true
    }
    component.command = command()
    component.environment = environment()
    component.user = user()
    component.restart = restart()
    component.ports = ports()
    component.volumes = volumes()
    component.network = network()
    component.labels = labels()
    component.health = health()
    if let memory = container.host.memory, memory > 0 { component.memory = memory }
    component.cpus = cpus()
    examine()
    return component
  }

  private mutating func reference() -> String {
    let names = [container.imageName] + (image.tags ?? [])
    // An id is no name: it cannot be pulled again.
    if let name = names.first(where: { ImageReference($0) != nil && !container.image.hasPrefix($0) }) {
      guard let reference = ImageReference(name), reference.tag == nil, reference.digest == nil else {
        return name
      }
      return name + ":latest"
    }
    problems.append("its image has no name, only the id \(container.image.prefix(12))")
    return container.imageName
  }

  private mutating func command() -> [String] {
    let own = container.config.entrypoint?.joined ?? ""
    let theirs = image.config?.entrypoint?.joined ?? ""
    if own != theirs { problems.append("its entrypoint is `\(own)`, which is not its image's") }
    let command = container.config.command ?? []
    return command == (image.config?.command ?? []) ? [] : command
  }

  private func environment() -> [EnvironmentVariable] {
    let brought = Set(image.config?.env ?? [])
    return (container.config.env ?? []).compactMap { text in
      guard !brought.contains(text), let equals = text.firstIndex(of: "=") else { return nil }
      let name = String(text[..<equals])
      guard !Self.ownVariables.contains(name) else { return nil }
      // podman gives a PATH to every image that has none.
      if name == "PATH", !(image.config?.env ?? []).contains(where: { $0.hasPrefix("PATH=") }) { return nil }
      return EnvironmentVariable(name: name, value: .literal(String(text[text.index(after: equals)...])))
    }
  }

  private func user() -> String? {
    guard let user = container.config.user, !user.isEmpty, user != image.config?.user else { return nil }
    return user
  }

  private func restart() -> RestartPolicy {
    switch container.host.restart?.name {
    case "always": .always
    case "unless-stopped": .unlessStopped
    case "on-failure": .onFailure(maxRetries: container.host.restart?.retries.flatMap { $0 > 0 ? $0 : nil })
    default: .no
    }
  }

  private mutating func ports() -> [PortMapping] {
    var ports: [PortMapping] = []
    for (key, list) in bindings.sorted(by: { $0.key < $1.key }) {
      let parts = key.split(separator: "/")
      guard let inside = parts.first.flatMap({ Int($0) }), parts.count == 2 else { continue }
      guard let transport = PortMapping.TransportProtocol(rawValue: String(parts[1])) else {
        problems.append("it publishes a port by \(parts[1])")
        continue
      }
      for binding in list ?? [] {
        guard let outside = binding.hostPort.flatMap({ Int($0) }) else { continue }
        var address = binding.hostIP
        if address == "" || address == "0.0.0.0" { address = nil }
        ports.append(
          PortMapping(hostIP: address, hostPort: outside, containerPort: inside, transport: transport))
      }
    }
    return ports
  }

  private mutating func volumes() -> [VolumeMount] {
    var volumes: [VolumeMount] = []
    for mount in container.mounts ?? [] {
      switch mount.type {
      case "bind":
        volumes.append(
          VolumeMount(
            source: mount.source ?? "", target: mount.destination, readOnly: mount.isWritable == false))
      case "volume":
        problems.append(
          "\(mount.destination) is podman's volume \(mount.name ?? ""): a definition has only directories of the node; copy it to one"
        )
      default: problems.append("\(mount.destination) is a mount of the type \(mount.type)")
      }
    }
    for path in (container.host.tmpfs ?? [:]).keys.sorted() { problems.append("\(path) is a tmpfs") }
    return volumes
  }

  private mutating func network() -> String? {
    let mode = container.host.networkMode ?? ""
    if mode.hasPrefix("container:") || mode.hasPrefix("ns:") {
      let owner =
        container.pod.flatMap { $0.isEmpty ? nil : "its pod \($0.prefix(12))" } ?? "another container"
      problems.append("its network and published ports belong to \(owner)")
      return nil
    }
    if mode == "bridge" || mode.isEmpty {
      let names = (container.networking?.networks ?? [:]).keys.sorted()
      if names.count > 1 { problems.append("it is on several networks: \(names.joined(separator: ", "))") }
      return names.first
    }
    let name = String(mode.split(separator: ":").first ?? "")
    if name != mode { problems.append("its network has options: \(mode)") }
    // Rootless podman's own default.
    return name == "slirp4netns" || name == "pasta" ? nil : name
  }

  private func labels() -> [String: String] {
    let brought = image.config?.labels ?? [:]
    let own = Set([
      InstanceLabels.serviceKey, InstanceLabels.componentKey, InstanceLabels.revisionKey,
      InstanceLabels.specHashKey,
      InstanceLabels.nodeKey, InstanceLabels.routesKey, InstanceLabels.secretsKey,
    ])
    return (container.config.labels ?? [:]).filter { key, value in
      brought[key] != value && !own.contains(key) && !Self.foreignLabels.contains { key.hasPrefix($0) }
    }
  }

  /// Podman's own check becomes one of the agent's.
  private func health() -> HealthCheck? {
    guard let check = container.config.healthcheck, let test = check.test, let kind = test.first else {
      return nil
    }
    let words = Array(test.dropFirst())
    let command: [String]
    switch kind {
    case "CMD-SHELL": command = ["/bin/sh", "-c"] + words
    case "CMD": command = words
    case "NONE": return nil
    default: command = test
    }
    guard !command.isEmpty else { return nil }
    var health = HealthCheck(kind: .exec, command: command)
    func time(_ nanoseconds: Int64?) -> Int64? {
      nanoseconds.flatMap { $0 > 0 ? max(1, $0 / 1_000_000) : nil }
    }
    time(check.interval).map { health.intervalMs = $0 }
    time(check.timeout).map { health.timeoutMs = $0 }
    time(check.startPeriod).map { health.startPeriodMs = $0 }
    if let retries = check.retries, retries > 0 { health.retries = retries }
    return health
  }

  private func cpus() -> Double? {
    if let nano = container.host.nanoCPUs, nano > 0 { return Double(nano) / 1e9 }
    guard let quota = container.host.cpuQuota, quota > 0, let period = container.host.cpuPeriod, period > 0
    else {
      return nil
    }
    return Double(quota) / Double(period)
  }

  /// Everything else that a definition has no key for.
  private mutating func examine() {
    let host = container.host
    let config = container.config
    func say(_ condition: Bool, _ text: String) { if condition { problems.append(text) } }
    say(host.privileged == true, "it is privileged")
    let added = host.addedCapabilities ?? []
    say(!added.isEmpty, "it has more capabilities: \(added.joined(separator: ", "))")
    let dropped = Set(host.droppedCapabilities ?? []).subtracting(Self.ownDrops).sorted()
    say(!dropped.isEmpty, "it has fewer capabilities, without \(dropped.joined(separator: ", "))")
    say(!(host.devices ?? []).isEmpty, "it has devices of the node")
    say(host.readOnlyRoot == true, "its root file system is read-only")
    say(host.autoRemove == true, "it is removed when it ends (--rm)")
    say(
      !(host.dns ?? []).isEmpty || !(host.extraHosts ?? []).isEmpty, "it has DNS servers or hosts of its own")
    say(!(host.groups ?? []).isEmpty, "it has further groups")
    say(!["", "private"].contains(host.pidMode ?? ""), "it shares processes: \(host.pidMode ?? "")")
    say(["host"].contains(host.ipcMode ?? ""), "it shares the node's IPC")
    say(
      !["", "private", "host"].contains(host.userNamespace ?? ""),
      "its users are mapped: \(host.userNamespace ?? "")")
    let security = (host.securityOptions ?? []).filter {
      !$0.hasPrefix("label=") && $0 != "no-new-privileges=false"
    }
    say(!security.isEmpty, "it has security options: \(security.joined(separator: ", "))")
    let limits = (host.limits ?? []).compactMap(\.name).filter { !Self.ownLimits.contains($0) }
    say(!limits.isEmpty, "it has limits: \(limits.joined(separator: ", "))")
    let hostname = config.hostname ?? ""
    say(
      !hostname.isEmpty && !container.id.hasPrefix(hostname) && host.networkMode != "host" && !isInPodNetwork,
      "its host name is \(hostname)")
    let directory = config.workingDirectory ?? "/"
    say(
      directory != (image.config?.workingDirectory.flatMap { $0.isEmpty ? nil : $0 } ?? "/"),
      "its working directory is \(directory)")
    say(config.tty == true, "it has a terminal (--tty)")
    let secrets = (config.secrets ?? []).compactMap(\.name)
    say(
      !secrets.isEmpty,
      "it uses podman's secrets \(secrets.joined(separator: ", ")): set them with `mcp secret set`")
  }

  private var isInPodNetwork: Bool { (container.host.networkMode ?? "").hasPrefix("container:") }
}
