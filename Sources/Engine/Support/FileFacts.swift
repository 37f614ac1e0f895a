internal import CLinux

/// What the system knows of a file.
public struct FileFacts: Hashable, Sendable {
  /// The kinds of files that are told apart.
  public enum Kind: Hashable, Sendable {
    /// A regular file.
    case regular
    /// A directory.
    case directory
    /// A unix socket.
    case socket
    /// Anything else: a link, a device, a pipe.
    case other
  }

  /// Which file it is, whatever its name.
  public struct Identity: Hashable, Sendable {
    /// The device it lies on.
    public let device: UInt64
    /// Its number there.
    public let inode: UInt64
  }

  /// What it is.
  public let kind: Kind
  /// The permission bits, with set-id and sticky.
  public let permissions: UInt32
  /// The user it belongs to.
  public let owner: UInt32
  /// Its size in bytes.
  public let size: Int64
  /// When it was last changed, in nanoseconds since 1970.
  public let modified: Int64
  /// How many names it has.
  public let links: UInt64
  /// Which file it is.
  public let identity: Identity

  /// Looks at the file at `path`; `nil`, with `errno` set, where it cannot be looked at.
  public init?(path: String, followingLinks: Bool = true) {
    var facts = clinux_facts()
    guard clinux_stat(path, followingLinks ? 1 : 0, &facts) == 0 else { return nil }
    self.init(facts)
  }

  /// Looks at the file behind a descriptor; `nil`, with `errno` set, where it cannot be looked at.
  public init?(descriptor: Int32) {
    var facts = clinux_facts()
    guard clinux_fstat(descriptor, &facts) == 0 else { return nil }
    self.init(facts)
  }

  /// Looks at the file called `name` in the directory behind `directory`, not following links; `nil`, with `errno` set,
  /// where it cannot be looked at.
  init?(name: String, in directory: Int32) {
    var facts = clinux_facts()
    guard clinux_stat_at(directory, name, &facts) == 0 else { return nil }
    self.init(facts)
  }

  private init(_ facts: clinux_facts) {
    kind =
      switch facts.mode & 0o170000 {
      case 0o100000: .regular
      case 0o040000: .directory
      case 0o140000: .socket
      default: .other
      }
    permissions = facts.mode & 0o7777
    owner = facts.owner
    size = facts.size
    modified = facts.modified
    links = facts.links
    identity = Identity(device: facts.device, inode: facts.inode)
  }
}
