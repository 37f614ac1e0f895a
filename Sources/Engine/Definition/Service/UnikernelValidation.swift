extension ComponentValidation {
  /// Judges what only a unikernel may have, and what it must have.
  func unikernel() {
    guard component.runtime == .unikernel else {
      for key in component.unikernel?.keys ?? [] { add(key, "is only for `runtime = \"unikernel\"`") }
      if component.unikernel == UnikernelSpec() { add("runtime", "a container boots no unikernel") }
      return
    }
    guard let spec = component.unikernel else {
      return add("runtime", "a unikernel must say what it boots")
    }
    if component.image == nil, spec.kernel == nil, spec.disk == nil {
      add("image", "a unikernel needs `image`, `kernel` or `disk`")
    }
    if component.memory == nil { add("memory", "is required for a unikernel: the size of its RAM") }
    if let cpus = component.cpus, Limits.cpus.contains(cpus), cpus != cpus.rounded() {
      add("cpus", "must be a whole number for a unikernel")
    }
    if component.user != nil { add("user", "is only for containers") }
    if !component.secrets.isEmpty { add("secrets", "are only for containers") }
    if component.environment.contains(where: { $0.secret != nil }) {
      add("env", "secrets are only for containers")
    }
    if let network = component.network, network != "none" {
      add("network", "a unikernel has a network of its own, or `none`")
    }
    if !component.command.isEmpty { add("cmd", "is only for containers; a unikernel has `cmdline`") }
    if component.health?.kind == .tcp {
      add(
        "health.type",
        "`tcp` proves nothing of a unikernel: its ports accept before it runs; use `http` or `grpc`")
    }
    environment(spec)
    files(spec)
    for (index, volume) in component.volumes.enumerated() {
      let tag = QEMUArguments.mountTag(volume)
      if tag.isEmpty || tag.utf8.count > 31 || tag.contains(",") {
        add("volumes[\(index)]", "its path in a unikernel gives the name of a 9p share, of 1 to 31 bytes")
      }
    }
  }

  /// Variables go to the kernel's command line.
  private func environment(_ spec: UnikernelSpec) {
    guard !component.environment.isEmpty else { return }
    if spec.kernel == nil, component.image == nil {
      add("env", "needs a `kernel`, whose command line carries it")
    }
    for variable in component.environment {
      guard case .literal(let value) = variable.value, value.contains(where: { $0 == "\"" || $0.isNewline })
      else { continue }
      add("env.\(variable.name)", "cannot be put on a kernel's command line: it has a quote or a line end")
    }
  }

  private func files(_ spec: UnikernelSpec) {
    let files = [("kernel", spec.kernel), ("initrd", spec.initrd), ("disk", spec.disk)]
    for case (let key, let file?) in files {
      if let problem = PathText.problem(absolute: file) {
        add(key, problem)
      } else if file.utf8.contains(UInt8(ascii: ",")) {
        add(key, "must not contain a comma")
      }
    }
    let hasKernel = spec.kernel != nil || component.image != nil
    if spec.initrd != nil, !hasKernel { add("initrd", "needs a `kernel`") }
    if let line = spec.commandLine {
      if !hasKernel { add("cmdline", "needs a `kernel`") }
      if let problem = Text.problem(with: line, maximum: 4096, mayBeEmpty: true) { add("cmdline", problem) }
    }
    if let digest = spec.sha256, digest.utf8.count != 64 || !ImageReference.isLowerHexadecimal(digest) {
      add("sha256", "must be 64 hexadecimal digits, not \(Text.quoted(digest))")
    }
  }
}

extension UnikernelSpec {
  /// The keys of a definition that are set here, in the order of the format.
  var keys: [String] {
    [
      kernel.map { _ in "kernel" }, initrd.map { _ in "initrd" }, disk.map { _ in "disk" },
      commandLine.map { _ in "cmdline" }, sha256.map { _ in "sha256" },
    ].compactMap { $0 }
  }
}
