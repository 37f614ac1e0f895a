import Foundation

/// Hands a terminal's keys through unprocessed, and gives it back however the process ends.
enum RawMode {
  // Written by `enter` before the handlers are installed and only read after that, by `leave` and by signal
  // handlers, which may not take locks. One terminal is raw at a time: a process has one command.
  nonisolated(unsafe) private static var saved: UnsafeMutablePointer<termios>?
  nonisolated(unsafe) private static var descriptor: Int32 = -1

  /// Signals that end a process; SIGINT is not among them, because the command handles it.
  private static let endings = [
    SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGTRAP, SIGSEGV, SIGBUS, SIGILL, SIGFPE,
  ]

  /// Makes the terminal raw and returns whether it is one.
  static func enter(_ terminal: Int32) -> Bool {
    var before = termios()
    guard saved == nil, tcgetattr(terminal, &before) == 0 else { return false }
    let copy = UnsafeMutablePointer<termios>.allocate(capacity: 1)
    copy.initialize(to: before)
    descriptor = terminal
    saved = copy
    atexit { RawMode.restore() }
    for number in endings {
      signal(number) { number in
        RawMode.restore()
        signal(number, SIG_DFL)
        raise(number)
      }
    }
    var raw = before
    cfmakeraw(&raw)
    return tcsetattr(terminal, TCSADRAIN, &raw) == 0
  }

  /// Gives the terminal back as it was; without effect where it is not raw.
  static func leave() {
    guard let copy = saved else { return }
    restore()
    for number in endings { signal(number, SIG_DFL) }
    saved = nil
    descriptor = -1
    copy.deallocate()
  }

  /// Async-signal-safe: one system call on memory that is not freed while handlers are installed.
  static func restore() {
    if let saved { tcsetattr(descriptor, TCSANOW, saved) }
  }
}
