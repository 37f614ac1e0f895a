internal import GRPCCore
internal import SwiftProtobuf

/// The control plane of a node as its agent serves it: the same calls, sent over gRPC.
///
/// Every method throws ``EngineError``. One that comes from the agent is exactly what the agent threw; a
/// connection that breaks gives `unavailable`, and a message that cannot be read `unsupported`. Cancelling
/// the calling task cancels the call at once.
public struct RemoteControlPlane: ControlPlane {
  /// The most bytes of a message in either direction.
  package static let maximumMessageBytes = 16 * 1024 * 1024

  /// The most bytes of an HTTP/2 frame in either direction: a piece of a file with what is around it.
  package static let maximumFrameBytes = (1 << 20) + (4 << 10)

  let stub: Mcp_V1_ControlPlane.Client<AgentConnection.Transport>

  /// Does beforehand what a process's first connection takes time for, so that it can be done beside something else.
  ///
  /// Never fails, and talks to nobody.
  public static func prepareToConnect() async { await AgentConnection.rehearse() }

  /// Connects to an agent, calls `body`, and closes the connection.
  ///
  /// What `body` leaves behind, such as a stream that is still read, ends with it. `timeout` is for the
  /// connection alone; `access` is needed for an address on TCP. Throws `unavailable` where no agent answers at
  /// `address`, `permissionDenied` where this user may not connect, `unauthenticated` where the agent cannot prove that it
  /// is the one that is meant, `timeout` where something is there and says nothing, and what `body` throws.
  public static func withConnection<R: Sendable>(
    to address: AgentAddress, access: AgentAccess = AgentAccess(), timeout: Duration = .seconds(10),
    _ body: @Sendable (RemoteControlPlane) async throws -> R
  ) async throws -> R {
    let connection =
      switch address {
      case .tcp(let host, let port):
        try await AgentConnection.open(host: host, port: port, access: access, timeout: timeout)
      case .unix(let path): try await AgentConnection.open(path: path, timeout: timeout)
      }
    do {
      let result = try await body(
        RemoteControlPlane(stub: Mcp_V1_ControlPlane.Client(wrapping: connection.client)))
      await connection.close()
      return result
    } catch {
      await connection.close()
      throw error
    }
  }
}
