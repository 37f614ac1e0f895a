internal import Foundation
internal import Synchronization

/// Stands before a server of this machine and breaks everything off after a number of bytes.
public final class BreakingProxy: Sendable {
  private struct State {
    var left: Int
    var sockets: [Int32] = []
  }

  /// The port that it listens on.
  public var port: Int { holder.port }
  private let holder: PortHolder
  private let server: Int
  private let state: Mutex<State>

  /// Listens, and lets `bytes` of the answers of the server on port `server` pass.
  public init(to server: Int, after bytes: Int) throws {
    holder = try PortHolder()
    self.server = server
    state = Mutex(State(left: bytes))
    Thread.detachNewThread { [self] in accept() }
  }

  /// Whether it has broken everything off.
  public var isBroken: Bool { state.withLock { $0.left < 0 } }

  /// Breaks everything off and listens no more.
  public func close() {
    state.withLock { state in
      state.left = -1
      for socket in state.sockets { shutdown(socket, Int32(SHUT_RDWR)) }
    }
    holder.close()
  }

  private func accept() {
    while true {
      let client = holder.accept()
      guard client >= 0 else { return }
      let backend = PortHolder.connect(to: server)
      let isWanted = state.withLock { state in
        state.sockets += [client, backend]
        return state.left >= 0 && backend >= 0
      }
      guard isWanted else {
        shutdown(client, Int32(SHUT_RDWR))
        continue
      }
      Thread.detachNewThread { [self] in copy(client, to: backend, isAnswer: false) }
      Thread.detachNewThread { [self] in copy(backend, to: client, isAnswer: true) }
    }
  }

  private func copy(_ from: Int32, to: Int32, isAnswer: Bool) {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = recv(from, &buffer, buffer.count, 0)
      guard count > 0, send(to, buffer, count, Int32(MSG_NOSIGNAL)) == count else { break }
      guard isAnswer else { continue }
      let isOver = state.withLock { state in
        state.left -= count
        return state.left < 0
      }
      if isOver { close() }
    }
    shutdown(from, Int32(SHUT_RDWR))
    shutdown(to, Int32(SHUT_RDWR))
  }
}
