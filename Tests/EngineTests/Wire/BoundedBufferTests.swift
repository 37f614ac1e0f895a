import Engine
import Testing

@Suite struct BoundedBufferTests {
  @Test func `elements come out in order, then the end`() async throws {
    let buffer = BoundedBuffer<Int>(capacity: 4)
    async let produced: Void = {
      for number in 0..<1_000 { try await buffer.send(number) }
      buffer.finish()
    }()
    var received: [Int] = []
    while let batch = try await buffer.nextBatch() {
      #expect((1...4).contains(batch.count))
      received += batch
    }
    try await produced
    #expect(received == Array(0..<1_000))
    #expect(try await buffer.next() == nil)
  }

  @Test func `a producer waits while it is full`() async throws {
    let buffer = BoundedBuffer<Int>(capacity: 1)
    try await buffer.send(1)
    let second = Task { try await buffer.send(2) }
    let third = Task { try await buffer.send(3) }
    #expect(try await buffer.next() == 1)
    let rest = Set([try await buffer.next(), try await buffer.next()].compactMap(\.self))
    #expect(rest == [2, 3])
    try await second.value
    try await third.value
  }

  @Test func `a failure comes after what was sent before it, and once`() async throws {
    let buffer = BoundedBuffer<Int>(capacity: 4)
    try await buffer.send(1)
    buffer.finish(throwing: EngineError(.dataLoss, "broken"))
    #expect(try await buffer.next() == 1)
    await #expect(throws: EngineError.self) { try await buffer.next() }
    #expect(try await buffer.next() == nil)
  }

  @Test func `cancelling a task ends its wait and nobody else's`() async throws {
    let buffer = BoundedBuffer<Int>(capacity: 1)
    let consumer = Task { try await buffer.next() }
    consumer.cancel()
    await #expect(throws: CancellationError.self) { try await consumer.value }
    try await buffer.send(1)
    let cancelled = Task { try await buffer.send(2) }
    let waiting = Task { try await buffer.send(3) }
    cancelled.cancel()
    await #expect(throws: CancellationError.self) { try await cancelled.value }
    #expect(try await buffer.next() == 1)
    #expect(try await buffer.next() == 3)
    try await waiting.value
  }

  @Test func `producers stop when nobody takes elements any more`() async throws {
    let buffer = BoundedBuffer<Int>(capacity: 1)
    try await buffer.send(1)
    let waiting = Task { try await buffer.send(2) }
    buffer.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    await #expect(throws: CancellationError.self) { try await buffer.next() }
  }
}
