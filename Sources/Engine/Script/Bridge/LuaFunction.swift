import Synchronization

/// A function of a script, kept alive by reference until the last copy of this value is gone.
///
/// It can be called with ``LuaState/call(_:_:limits:)`` of its own state only.
public final class LuaFunction: Sendable {
  let reference: Int32
  let owner: LuaReferences

  init(reference: Int32, owner: LuaReferences) {
    self.reference = reference
    self.owner = owner
  }

  deinit { owner.abandon(reference) }
}

extension LuaFunction: Hashable {
  /// Says whether both are the same reference.
  public static func == (left: LuaFunction, right: LuaFunction) -> Bool { left === right }

  /// Hashes the identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// The references that were let go on any thread and wait to be removed from their state.
final class LuaReferences: Sendable {
  private let abandoned = Mutex<[Int32]>([])

  func abandon(_ reference: Int32) { abandoned.withLock { $0.append(reference) } }

  func take() -> [Int32] {
    abandoned.withLock { list in
      if list.isEmpty { return [] }
      defer { list.removeAll() }
      return list
    }
  }
}
