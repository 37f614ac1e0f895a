import Engine

/// Connects this process's terminal to a command that runs in a container.
struct ExecTerminal {
  var session: ExecSession
  var request: ExecRequest
  var console: Console

  /// Passes bytes both ways until the command ends, and returns its exit code.
  ///
  /// The terminal is as it was afterwards, however this ends. Throws `unavailable` where the connection ends
  /// before the command.
  func run() async throws -> Int {
    let isRaw = request.tty && console.inputIsTerminal && console.enterRaw()
    defer { if isRaw { console.leaveRaw() } }
    // Neither task is waited for: a read from a terminal cannot be called back.
    let input = Task { if request.stdin { await passInput() } }
    let sizes = Task { if request.tty { await passSizes() } }
    defer {
      input.cancel()
      sizes.cancel()
    }
    for try await output in session.output {
      switch output {
      case .stdout(let bytes): try console.writeOutput(bytes)
      case .stderr(let bytes): console.writeError(bytes)
      case .exit(let code): return code
      }
    }
    try Task.checkCancellation()
    throw EngineError(
      .unavailable, "the connection to '\(request.command.first ?? "")' ended before the command did",
      hint: "the command may still run; mcp status shows the component")
  }

  /// Each chunk is sent before the next one is read, so that a large file is never held in memory.
  private func passInput() async {
    while !Task.isCancelled {
      let bytes = await console.readInput()
      guard !Task.isCancelled else { return }
      do {
        try await session.send(bytes.isEmpty ? .endOfInput : .stdin(bytes))
      } catch {
        // The command ended, or the output stream reports why the connection did.
        return
      }
      if bytes.isEmpty { return }
    }
  }

  private func passSizes() async {
    for await size in console.sizeChanges() {
      // A terminal of the wrong size is no reason to end the command.
      try? await session.send(.resize(size))
    }
  }
}
