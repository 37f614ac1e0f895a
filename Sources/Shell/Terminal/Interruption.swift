import Dispatch
import Foundation
import Synchronization

/// What Ctrl-C does to the running command.
///
/// The first interrupt ends the wait: the command's task is cancelled and what that means is said. The
/// second one, or a command that does not end in time, ends the process at once.
final class Interruption: Sendable {
  /// Who handles an interrupt.
  enum Mode: Sendable {
    /// What runs is told, as often as it happens; the process goes on.
    case tell(@Sendable () -> Void)
    /// The command's task is cancelled.
    case cancel
    /// Nothing can be cancelled, such as a question that waits for its answer: the process ends.
    case exit
    /// Another program has the terminal, such as an editor, and handles it.
    case ignore
  }

  private struct State {
    var mode = Mode.cancel
    var count = 0
    var cancel: (@Sendable () -> Void)?
    var notice: (@Sendable () -> Void)?
    var isAwaitingOutcome = false
    var source: (any DispatchSourceSignal)?
  }

  private let state = Mutex(State())
  private let exit: @Sendable () -> Void

  /// How long a cancelled command has to end by itself.
  private static let patience = DispatchTimeInterval.seconds(2)

  private let takesSignals: Bool
  private let leaveLine: @Sendable () -> Void

  /// Creates a handler; `exit` ends the process with the code for an interruption, `leaveLine` moves on from
  /// the `^C` that a terminal shows.
  init(
    takesSignals: Bool, leaveLine: @escaping @Sendable () -> Void = {}, exit: @escaping @Sendable () -> Void
  ) {
    self.takesSignals = takesSignals
    self.leaveLine = leaveLine
    self.exit = exit
  }

  /// The handler of this process.
  static func process() -> Interruption {
    Interruption(
      takesSignals: true,
      leaveLine: { if isatty(STDERR_FILENO) == 1 { StandardStream.writeError([0x0a]) } }
    ) {
      RawMode.restore()
      Foundation.exit(ExitStatus.interrupted.rawValue)
    }
  }

  /// Whether the operator interrupted the command.
  var happened: Bool { state.withLock { $0.count > 0 } }

  /// Names what an interrupt cancels.
  func onInterrupt(_ cancel: @escaping @Sendable () -> Void) {
    state.withLock { $0.cancel = cancel }
  }

  /// Names what an interrupt says; an operation that goes on elsewhere says so.
  func setNotice(_ notice: (@Sendable () -> Void)?) { state.withLock { $0.notice = notice } }

  /// Runs `body` while interrupts are handled in another way.
  func during<R>(_ mode: Mode, _ body: () async throws -> R) async rethrows -> R {
    let before = state.withLock { state in
      defer { state.mode = mode }
      return state.mode
    }
    defer { state.withLock { $0.mode = before } }
    return try await body()
  }

  /// Runs `body`, which finds out what became of the cancelled command and takes its time; the next interrupt
  /// ends the process.
  func awaitingOutcome<R>(_ body: () async throws -> R) async rethrows -> R {
    state.withLock { $0.isAwaitingOutcome = true }
    return try await during(.exit, body)
  }

  /// Takes SIGINT over for the rest of the process; commands that reach for the network need it.
  func listen() {
    guard takesSignals else { return }
    state.withLock { state in
      guard state.source == nil else { return }
      signal(SIGINT, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
      source.setEventHandler { self.interrupt() }
      source.activate()
      state.source = source
    }
  }

  /// Handles one interrupt.
  func interrupt() {
    let action: (@Sendable () -> Void)? = state.withLock { state in
      switch state.mode {
      case .ignore: return nil
      case .tell(let tell):
        return { [leaveLine] in
          leaveLine()
          tell()
        }
      case .exit:
        return { [exit, leaveLine] in
          leaveLine()
          exit()
        }
      case .cancel:
        state.count += 1
        guard state.count == 1, let cancel = state.cancel else { return exit }
        let notice = state.notice
        return { [exit, leaveLine] in
          leaveLine()
          notice?()
          cancel()
          DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) {
            if !self.state.withLock({ $0.isAwaitingOutcome }) { exit() }
          }
        }
      }
    }
    action?()
  }
}
