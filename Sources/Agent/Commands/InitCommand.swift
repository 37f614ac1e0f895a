import ArgumentParser
import Engine
import Foundation

/// `mcp-agent init`.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented configuration and make the state directory.",
    discussion: "Never overwrites: an existing configuration is left as it is.")

  @OptionGroup var options: ConfigurationOptions

  @Option(name: .long, help: "The node's name; default: this machine's name.")
  var node: String?

  @Option(
    name: .customLong("state-dir"),
    help: "Where the agent keeps its registry; default: beside the configuration.")
  var stateDirectory: String?

  @Option(name: .long, help: "The socket; default: mcp/agent.sock in the user's runtime directory.")
  var socket: String?

  func run() throws {
    guard options.config.hasPrefix("/") else {
      throw EngineError(
        .invalidArgument, "the configuration's path \(options.config) is relative",
        hint: "give an absolute path")
    }
    let directory = stateDirectory ?? (options.config as NSString).deletingLastPathComponent
    let defaults = try AgentConfiguration.parse(
      "", source: "defaults",
      environment: ["XDG_RUNTIME_DIR", "HOME"].reduce(into: [:]) { result, key in
        result[key] = ProcessInfo.processInfo.environment[key]
      })
    let text = AgentConfiguration.template(
      nodeName: node ?? defaults.node.name, stateDirectory: directory,
      socket: socket ?? defaults.server.socket)
    _ = try AgentConfiguration.parse(text, source: "the new configuration", environment: [:])
    try makeDirectory(directory)
    try makeDirectory((options.config as NSString).deletingLastPathComponent)
    try writeNew(text, to: options.config)
    print("wrote \(options.config)")
    print("next: mcp-agent run --config \(options.config)")
  }

  private func makeDirectory(_ path: String) throws(EngineError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
    } catch {
      throw EngineError(
        .permissionDenied, "the directory \(path) cannot be made", cause: "\(error.localizedDescription)",
        hint: "run this as the agent's user, or make the directory for it")
    }
  }

  /// Creates the file, or fails where there is one: `O_EXCL` leaves no gap between look and write.
  private func writeNew(_ text: String, to path: String) throws(EngineError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      if errno == EEXIST {
        throw EngineError(
          .alreadyExists, "\(path) is there already and is left as it is",
          hint: "mcp-agent check --config \(path) says whether it is valid")
      }
      throw EngineError(.permissionDenied, "\(path) cannot be written", cause: reason)
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(text.utf8))
      try handle.synchronize()
    } catch {
      unlink(path)
      throw EngineError(
        .resourceExhausted, "\(path) could not be written", cause: "\(error)", hint: "is the disk full?")
    }
  }
}
