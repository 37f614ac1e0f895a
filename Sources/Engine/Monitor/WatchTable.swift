/// The processes that are being watched, by object.
actor WatchTable {
  private struct Entry {
    let pid: Int
    let token: WatchToken
  }

  private let watcher = ProcessWatcher.shared
  private var entries: [String: Entry] = [:]

  /// Watches a process, once.
  ///
  /// One that is gone already is reported at once.
  ///
  /// `onExit` gets the exit code where the kernel tells it.
  func watch(_ id: String, pid: Int, onExit: @escaping @Sendable (Int?) -> Void) {
    if let entry = entries[id] {
      if entry.pid == pid { return }
      entry.token.cancel()
      entries[id] = nil
    }
    if let token = watcher.watchCode(pid: pid, onExit: onExit) {
      entries[id] = Entry(pid: pid, token: token)
    } else {
      onExit(nil)
    }
  }

  /// Ends the watch of an object; with `pid`, only if it is that process's.
  func remove(_ id: String, pid: Int? = nil) {
    guard let entry = entries[id], pid == nil || entry.pid == pid else { return }
    entry.token.cancel()
    entries[id] = nil
  }

  /// Ends every watch.
  func removeAll() {
    for entry in entries.values { entry.token.cancel() }
    entries = [:]
  }
}
