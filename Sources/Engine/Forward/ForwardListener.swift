internal import NIOCore
internal import Synchronization

/// One listening socket, and where what arrives on it goes.
final class ForwardListener: Sendable {
  private let target: Mutex<Int?>
  private let channel = Mutex<(any Channel)?>(nil)

  init(backend: Int?) { target = Mutex(backend) }

  /// The port on the loopback address that what is new goes to; `nil` lets it wait.
  var backend: Int? {
    get { target.withLock { $0 } }
    set { target.withLock { $0 = newValue } }
  }

  /// Takes over the socket that it listens on.
  func listens(on socket: any Channel) { channel.withLock { $0 = socket } }

  /// Listens no more; connections that there are go on.
  func close() async { try? await channel.withLock { $0 }?.close().get() }
}
