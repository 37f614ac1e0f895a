/// The consumer's end of a stream that a task fills, waiting while the consumer is slow.
///
/// Dropping the stream, or cancelling its consumer's task, ends the task.
final class FilledStream<Element: Sendable>: Sendable {
  private let buffer: BoundedBuffer<Element>
  private let task: Task<Void, Never>
  private let failure: @Sendable (any Error) -> any Error

  /// Hands `buffer` to a consumer; `task` fills it.
  init(
    buffer: BoundedBuffer<Element>, task: Task<Void, Never>,
    failure: @escaping @Sendable (any Error) -> any Error
  ) {
    self.buffer = buffer
    self.task = task
    self.failure = failure
  }

  deinit {
    task.cancel()
    buffer.cancel()
  }

  /// Begins `fill` at once and returns what it sends, at most `capacity` elements ahead of the consumer.
  ///
  /// The stream ends when `fill` returns; what it throws is thrown to the consumer as `failure` makes it.
  static func make(
    capacity: Int, failure: @escaping @Sendable (any Error) -> any Error,
    fill: @escaping @Sendable (BoundedBuffer<Element>) async throws -> Void
  ) -> AsyncThrowingStream<Element, any Error> {
    let buffer = BoundedBuffer<Element>(capacity: capacity)
    let task = Task {
      do {
        try await fill(buffer)
        buffer.finish()
      } catch {
        buffer.finish(throwing: failure(error))
      }
    }
    return FilledStream(buffer: buffer, task: task, failure: failure).elements
  }

  /// The elements; the stream holds this object, and nothing else does.
  var elements: AsyncThrowingStream<Element, any Error> {
    AsyncThrowingStream {
      do {
        return try await self.buffer.next()
      } catch {
        throw self.failure(error)
      }
    }
  }
}
