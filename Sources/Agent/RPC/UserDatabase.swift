internal import Foundation
internal import Glibc

/// Looks users and groups up in the system's database.
enum UserDatabase {
  /// A user.
  struct User: Hashable, Sendable {
    /// The name.
    var name: String
    /// The primary group.
    var group: UInt32
  }

  /// Returns a user, or `nil` where the uid has no entry.
  static func user(_ uid: UInt32) -> User? {
    var entry = passwd()
    return buffered { buffer, size in
      var found: UnsafeMutablePointer<passwd>?
      let code = getpwuid_r(uid, &entry, buffer, size, &found)
      guard code != ERANGE else { return .retry }
      guard code == 0, let found else { return .done(nil) }
      return .done(User(name: String(cString: found.pointee.pw_name), group: found.pointee.pw_gid))
    }
  }

  /// Returns a group's number, or `nil` where the name has no entry.
  static func group(_ name: String) -> UInt32? {
    var entry = Glibc.group()
    return buffered { buffer, size in
      var found: UnsafeMutablePointer<Glibc.group>?
      let code = getgrnam_r(name, &entry, buffer, size, &found)
      guard code != ERANGE else { return .retry }
      guard code == 0, let found else { return .done(nil) }
      return .done(found.pointee.gr_gid)
    }
  }

  /// Returns every group of a user, the primary one included.
  static func groups(of user: User) -> Set<UInt32> {
    var count = CInt(64)
    for _ in 0..<8 {
      var groups = [gid_t](repeating: 0, count: Int(count))
      if getgrouplist(user.name, user.group, &groups, &count) >= 0 {
        return Set(groups.prefix(Int(count)))
      }
      // `count` says how many there are; more may come in between.
      count = max(count, CInt(groups.count)) * 2
    }
    return [user.group]
  }

  private enum Attempt<Value> {
    case done(Value?)
    case retry
  }

  /// Calls `look` with a buffer that grows until the entry fits.
  private static func buffered<Value>(
    _ look: (UnsafeMutablePointer<CChar>, Int) -> Attempt<Value>
  ) -> Value? {
    var size = 4_096
    while size <= 4 * 1024 * 1024 {
      let outcome = withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) {
        buffer -> Attempt<Value> in
        guard let base = buffer.baseAddress else { return .done(nil) }
        return look(base, size)
      }
      if case .done(let value) = outcome { return value }
      size *= 4
    }
    return nil
  }
}
