import Engine
import NIOCore
import NIOEmbedded
import NIOHPACK
import NIOHTTP2
import Testing

@Suite struct MessageIntakeTests {
  private typealias Payload = HTTP2Frame.FramePayload

  /// What came through: the bytes of a frame, with a mark where it is the last, or another frame's name.
  private enum Passed: Equatable {
    case data([UInt8], isLast: Bool)
    case headers
  }

  private static let longest = 100_000

  private static func message(_ length: Int) -> [UInt8] {
    [0] + withUnsafeBytes(of: UInt32(length).bigEndian, Array.init)
      + (0..<length).map { _ in UInt8.random(in: 0...255) }
  }

  private static func data(_ bytes: some Sequence<UInt8>, isLast: Bool = false) -> Payload {
    .data(.init(data: .byteBuffer(ByteBuffer(bytes: bytes)), endStream: isLast))
  }

  /// What comes out for what goes in.
  private static func passing(_ payloads: [Payload]) throws -> [Passed] {
    let channel = EmbeddedChannel(handler: MessageIntake(longest: longest))
    for payload in payloads { try channel.writeInbound(payload) }
    channel.pipeline.fireChannelInactive()
    var passed: [Passed] = []
    while let payload = try channel.readInbound(as: Payload.self) {
      switch payload {
      case .data(let frame):
        guard case .byteBuffer(let buffer) = frame.data else { continue }
        passed.append(.data(Array(buffer.readableBytesView), isLast: frame.endStream))
      default: passed.append(.headers)
      }
    }
    _ = try? channel.finish()
    return passed
  }

  @Test(arguments: [1, 4, 5, 6, 999, 16_384, 150_000])
  func `messages come through whole and in order, however they are cut`(most: Int) throws {
    let lengths =
      most < 100 ? [0, 1, 5, 300, 0, 70] : [0, 1, 99_000, 16_379, 16_384, 5, 0, 100_000, 70_000, 3]
    let messages = lengths.map(Self.message)
    let sent = messages.flatMap { $0 }
    var payloads: [Payload] = []
    var rest = sent[...]
    while !rest.isEmpty {
      let part = rest.prefix(most < 100 ? most : .random(in: most / 2...most))
      rest = rest.dropFirst(part.count)
      payloads.append(Self.data(part, isLast: rest.isEmpty))
    }
    let passed = try Self.passing(payloads)
    var received: [UInt8] = []
    for (index, frame) in passed.enumerated() {
      guard case .data(let bytes, let isLast) = frame else { continue }
      received += bytes
      #expect(isLast == (index == passed.count - 1))
      // Where no prefix was cut, each frame ends where a message ends.
      guard most >= 999 else { continue }
      let ends = messages.indices.map { messages[...$0].reduce(0) { $0 + $1.count } }
      #expect(ends.contains(received.count) || isCutPrefix(ends, payloads), "\(received.count)")
    }
    #expect(received == sent)
  }

  /// Whether a cut fell into the five bytes before a message, from where on all goes through as it is.
  private func isCutPrefix(_ ends: [Int], _ payloads: [Payload]) -> Bool {
    var position = 0
    for case .data(let frame) in payloads {
      position += frame.data.readableBytes
      if ends.contains(where: { 1...4 ~= position - $0 }) || 1...4 ~= position { return true }
    }
    return false
  }

  @Test func `a message that is too long to be joined goes on as it comes, and all that follows`() throws {
    let long = Self.message(Self.longest + 1)
    let passed = try Self.passing([
      Self.data(long.prefix(10)), Self.data(long.dropFirst(10)), Self.data([1, 2]),
    ])
    #expect(
      passed == [
        .data(Array(long.prefix(10)), isLast: false), .data(Array(long.dropFirst(10)), isLast: false),
        .data([1, 2], isLast: false),
      ])
  }

  @Test func `a message that is cut off goes on before what ends it`() throws {
    let message = Self.message(1_000)
    let begun = Array(message.prefix(400))
    #expect(
      try Self.passing([Self.data(begun), .headers(.init(headers: [:], endStream: true))]) == [
        .data(begun, isLast: false), .headers,
      ])
    #expect(try Self.passing([Self.data(begun, isLast: true)]) == [.data(begun, isLast: true)])
    #expect(
      try Self.passing([Self.data(begun.prefix(300)), Self.data(begun.dropFirst(300), isLast: true)]) == [
        .data(begun, isLast: true)
      ])
    #expect(try Self.passing([Self.data(begun)]) == [.data(begun, isLast: false)])
    #expect(try Self.passing([Self.data([], isLast: true)]) == [.data([], isLast: true)])
    #expect(
      try Self.passing([
        Self.data(message.prefix(400)), Self.data(message.dropFirst(400)), Self.data([], isLast: true),
      ])
        == [.data(message, isLast: false), .data([], isLast: true)])
  }
}
