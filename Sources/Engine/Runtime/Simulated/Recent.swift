/// The last elements of what was added.
struct Recent<Element: Sendable>: Sendable {
  private let limit: Int
  private var stored: [Element] = []

  /// Creates an empty collection that remembers `limit` elements.
  init(limit: Int) { self.limit = limit }

  /// The elements that are remembered, oldest first.
  var elements: [Element] { Array(stored.suffix(limit)) }

  /// Adds an element; one that is too old may go.
  mutating func append(_ element: Element) {
    stored.append(element)
    // Not one at a time, which would move all others each time.
    if stored.count >= 2 * limit { stored.removeFirst(stored.count - limit) }
  }
}
