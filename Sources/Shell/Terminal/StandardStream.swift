import Engine
import Foundation

/// Reads and writes the standard streams of this process without buffers of its own.
enum StandardStream {
  /// Opens the null device where a standard stream is closed, so that no connection takes its number and is
  /// written to by mistake.
  static func ensureOpen() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDWR)
    }
  }

  /// Writes results to standard output.
  ///
  /// A reader that went away, as in `mcp ps | head -1`, ends the process the way Unix tools end: by
  /// SIGPIPE, quietly. Throws `resourceExhausted` where the bytes cannot be stored.
  static func writeOutput(_ bytes: [UInt8]) throws {
    let failure = writeAll(bytes, to: STDOUT_FILENO)
    guard failure != 0 else { return }
    if failure == EPIPE {
      // The network layer ignores SIGPIPE for the whole process; its default is wanted here.
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    throw EngineError(
      .resourceExhausted, "the result cannot be written to standard output",
      cause: String(cString: strerror(failure)))
  }

  /// Writes diagnostics to standard error; nobody can be told where that fails.
  static func writeError(_ bytes: [UInt8]) { _ = writeAll(bytes, to: STDERR_FILENO) }

  /// Reads one line of standard input byte by byte, so that nothing after it is taken.
  static func readLine() async -> String? {
    await Blocking.run {
      var line: [UInt8] = []
      while true {
        guard let byte = read(upTo: 1).first else {
          return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
        }
        if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
        line.append(byte)
      }
    }
  }

  /// Reads what standard input has; empty at its end.
  static func readChunk() async -> [UInt8] {
    await Blocking.run { read(upTo: 32_768) }
  }

  /// Returns 0, or the `errno` of the write that failed.
  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno == EAGAIN {
        // Another program made the shared terminal non-blocking.
        var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&poller, 1, 1000)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }

  private static func read(upTo count: Int) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    while true {
      let received = Foundation.read(STDIN_FILENO, &buffer, count)
      if received >= 0 { return Array(buffer[..<received]) }
      if errno == EAGAIN {
        var poller = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        _ = poll(&poller, 1, 1000)
      } else if errno != EINTR {
        return []
      }
    }
  }
}
