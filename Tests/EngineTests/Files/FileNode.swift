import Engine
import Foundation
import Logging
import TestSupport
import Testing

@testable import Engine

/// A node whose services have their directories in a directory of the test's own, with something outside that nobody may
/// reach.
struct FileNode: Sendable {
  let directory: TemporaryDirectory
  let plane: Orchestrator

  /// The directory of the service `web`.
  var home: String { directory.file("srv/web") }
  /// What is outside.
  var outside: String { directory.file("outside") }

  static func with(
    service: Bool = true, _ body: @Sendable (FileNode) async throws -> Void
  ) async throws {
    try await TemporaryDirectory.with { directory in
      for name in ["srv", "outside", "state", "local"] + (service ? ["srv/web"] : []) {
        try FileManager.default.createDirectory(
          atPath: directory.file(name), withIntermediateDirectories: true)
      }
      try "secret".write(toFile: directory.file("outside/secret"), atomically: true, encoding: .utf8)
      let registry = try Registry.open(path: directory.file("state/mcp.db"))
      var settings = NodeContext.Settings(
        nodeName: "test", servicesRoot: directory.file("srv"), volumeRoots: [directory.file("srv")])
      settings.protectedPaths = [directory.file("state"), directory.file("srv/agent/mcp.db")]
      let context = NodeContext(
        settings: settings, registry: registry, runtimes: [],
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      try await body(
        FileNode(
          directory: directory,
          plane: Orchestrator(context: context, caller: Caller(actor: .agent, role: .admin, peer: "test"))))
      try registry.close()
    }
  }

  /// Makes a file of the operator's.
  @discardableResult
  func local(_ name: String, _ content: String = "hello") throws -> String {
    let path = directory.file("local/\(name)")
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try content.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// Makes a file in the service's directory.
  func remote(_ name: String, _ content: String = "there") throws {
    let path = "\(home)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try content.write(toFile: path, atomically: true, encoding: .utf8)
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(home)/\(name)", withDestinationPath: target)
  }

  func text(_ name: String) -> String? { try? String(contentsOfFile: "\(home)/\(name)", encoding: .utf8) }

  func push(_ file: String, _ path: String = "", service: String = "web") async throws -> TransferResult {
    try await FileTransfer.push(file, to: service, path: path, through: plane) { _ in }
  }

  func pull(_ path: String, to file: String? = nil, service: String = "web") async throws -> TransferResult {
    try await FileTransfer.pull(
      path, of: service, to: file ?? directory.file("local"), through: plane
    ) { _ in }
  }

  /// Everything outside of the service's directory, with what is in it.
  func world() throws -> [String: String] {
    var world: [String: String] = [:]
    for root in ["outside", "srv"] {
      let names = try FileManager.default.subpathsOfDirectory(atPath: directory.file(root))
      for name in names where !(root == "srv" && (name == "web" || name.hasPrefix("web/"))) {
        let path = directory.file("\(root)/\(name)")
        world["\(root)/\(name)"] = (try? String(contentsOfFile: path, encoding: .utf8)) ?? "directory"
      }
    }
    return world
  }

  /// What is left of transfers in the service's directory.
  func parts() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: home).filter { $0.contains(ConfinedPath.partPrefix) }
  }
}
