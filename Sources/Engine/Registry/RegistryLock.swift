internal import Foundation
internal import Synchronization

/// Holds a registry for one agent: an `flock` on a file beside it.
///
/// The kernel gives it up with the process, whatever way that ends. The lock file stays; it holds the
/// process id of the last holder, for people.
final class RegistryLock: Sendable {
  private static let attempts = 50
  /// Microseconds between attempts.
  private static let pause: UInt32 = 10_000

  private let descriptor: Mutex<Int32?>

  /// Takes the lock of the registry at `path`; throws `conflict` where another holds it.
  init(registry path: String) throws(EngineError) {
    let file = path + ".lock"
    let doing = "open the registry \(path)"
    let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw RegistryFailure.posix(errno, doing: doing, path: file) }
    let code = Self.take(descriptor)
    guard code == 0 else {
      let holder = Self.holder(descriptor)
      close(descriptor)
      guard code == EWOULDBLOCK else { throw RegistryFailure.posix(code, doing: doing, path: file) }
      throw EngineError(
        .conflict, "cannot \(doing): another agent has it open", cause: holder.map { "process \($0)" },
        hint: "stop that agent, or give this one a [database] path of its own")
    }
    Self.record(descriptor)
    self.descriptor = Mutex(descriptor)
  }

  deinit { release() }

  /// Gives the lock up; again is nothing.
  func release() {
    descriptor.withLock { held in
      if let descriptor = held {
        flock(descriptor, LOCK_UN)
        close(descriptor)
      }
      held = nil
    }
  }

  /// Returns 0 or the reason why the lock cannot be taken.
  ///
  /// A child that a killed agent had just forked holds the lock until it runs its program, so that one
  /// refusal is no proof of another agent.
  private static func take(_ descriptor: Int32) -> Int32 {
    for _ in 0..<attempts {
      guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return 0 }
      guard errno == EWOULDBLOCK || errno == EINTR else { return errno }
      usleep(pause)
    }
    return EWOULDBLOCK
  }

  private static func holder(_ descriptor: Int32) -> Int? {
    var buffer = [UInt8](repeating: 0, count: 32)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return nil }
    return Int(String(decoding: buffer.prefix(count), as: UTF8.self).trimmingCharacters(in: .newlines))
  }

  /// What is written is only for people, so that a full disk does not matter.
  private static func record(_ descriptor: Int32) {
    let text = Array("\(getpid())\n".utf8)
    guard ftruncate(descriptor, 0) == 0 else { return }
    _ = pwrite(descriptor, text, text.count, 0)
  }
}
