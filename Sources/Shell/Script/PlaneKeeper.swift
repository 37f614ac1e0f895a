import Engine
import Foundation

/// Keeps a connection to one node open for a script or a shell, and opens it again where it broke.
actor PlaneKeeper {
  private struct Connection {
    let id: Int
    let task: Task<Void, any Error>
    let plane: any ControlPlane
    let end: AsyncStream<Void>.Continuation
  }

  private let session: Session
  private var chosen: String?
  private var connection: Connection?
  private var opening: Task<any ControlPlane, any Error>?
  private var count = 0
  /// Connections to nodes that a script names.
  private var others: [String: PlaneKeeper] = [:]

  init(_ session: Session) {
    self.session = session
    chosen = session.chosenNode
  }

  /// The node that primitives go to; throws `invalidArgument` where several are configured and none is chosen.
  func node() throws -> NodeAddress {
    if let chosen { return try session.configuration.node(named: chosen) }
    if let only = session.configuration.nodes.first, session.configuration.nodes.count == 1 { return only }
    throw EngineError(
      .invalidArgument,
      "several nodes are configured: \(session.configuration.nodes.map(\.name).joined(separator: ", "))",
      hint: "name one with --node, or with :node in the shell")
  }

  /// Goes to another node from now on; throws `notFound` for one that is not configured.
  func choose(_ name: String) throws {
    _ = try session.configuration.node(named: name)
    chosen = name
    drop()
  }

  /// The node's control plane.
  func plane() async throws -> any ControlPlane {
    if let connection { return connection.plane }
    if let opening { return try await opening.value }
    let node = try node()
    let task = Task { try await self.open(node) }
    opening = task
    defer { opening = nil }
    return try await task.value
  }

  /// The control plane of the node called `name`; throws `notFound` for one that is not configured.
  func plane(of name: String) async throws -> any ControlPlane {
    if let other = others[name] { return try await other.plane() }
    let other = PlaneKeeper(session)
    try await other.choose(name)
    others[name] = other
    return try await other.plane()
  }

  /// Closes the connections; calls that are under way end.
  func close() async {
    for other in others.values { await other.close() }
    others = [:]
    let task = connection?.task
    drop()
    _ = try? await task?.value
  }

  private func drop() {
    connection?.end.finish()
    connection = nil
  }

  private func dropped(_ id: Int) {
    if connection?.id == id { connection = nil }
  }

  /// Opens a connection that lasts until it breaks or is closed.
  private func open(_ node: NodeAddress) async throws -> any ControlPlane {
    count += 1
    let id = count
    let (ends, end) = AsyncStream<Void>.makeStream()
    let (planes, found) = AsyncThrowingStream<any ControlPlane, any Error>.makeStream()
    let session = session
    let task = Task {
      do {
        try await session.withPlane(on: node) { plane in
          found.yield(plane)
          for await _ in ends {}
        }
        found.finish()
      } catch {
        found.finish(throwing: error)
        throw error
      }
    }
    for try await plane in planes {
      let watched = WatchedPlane(plane: plane) { [weak self] in await self?.dropped(id) }
      connection = Connection(id: id, task: task, plane: watched, end: end)
      return watched
    }
    throw EngineError(.cancelled, "connecting to \(node.name) was cancelled")
  }
}
