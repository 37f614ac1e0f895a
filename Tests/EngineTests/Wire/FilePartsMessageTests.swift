import Engine
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2
import GRPCProtobuf
import SwiftProtobuf
import Testing

/// Bytes of another transport.
private struct OtherBytes: GRPCContiguousBytes {
  var bytes: [UInt8]
  init(repeating: UInt8, count: Int) { bytes = Array(repeating: repeating, count: count) }
  init(_ sequence: some Sequence<UInt8>) { bytes = Array(sequence) }
  var count: Int { bytes.count }
  func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try bytes.withUnsafeBytes(body)
  }
  mutating func withUnsafeMutableBytes<R>(_ body: (UnsafeMutableRawBufferPointer) throws -> R) rethrows -> R {
    try bytes.withUnsafeMutableBytes(body)
  }
}

@Suite struct FilePartsMessageTests {
  private static let long = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })

  /// A piece, and a field 15 that nobody knows.
  private static var unknown: Mcp_V1_PushRequest {
    let known = try? Mcp_V1_PushRequest.with { $0.parts = [.with { $0.data = long }] }.serializedData()
    return (try? Mcp_V1_PushRequest(serializedBytes: (known ?? Data()) + [0x78, 0x01])) ?? .init()
  }

  private static var messages: [Mcp_V1_PushRequest] {
    [
      .with { $0.parts = [.with { $0.data = long }] },
      .with { $0.parts = [.with { $0.data = long.prefix(64 << 10) }] },
      .with { $0.parts = [.with { $0.data = long.prefix(100) }] },
      .with { $0.parts = [.with { $0.data = long }, .with { $0.data = long.prefix(5) }] },
      .with { $0.parts = [.with { $0.header.path = String(repeating: "x", count: 70_000) }] },
      .with { $0.parts = [.with { $0.end.sha256 = Data(count: 32) }] },
      .with {
        $0.open.service = "web"
        $0.parts = [.with { $0.data = long }]
      },
      unknown,
      .with { $0.parts = [.with { $0.data = long.dropFirst(17) }] },
      Mcp_V1_PushRequest(),
    ]
  }

  private func both(_ bytes: [UInt8]) -> (kept: Mcp_V1_PushRequest?, copied: Mcp_V1_PushRequest?) {
    (
      try? FilePartsDeserializer<Mcp_V1_PushRequest>().deserialize(GRPCNIOTransportBytes(bytes)),
      try? ProtobufDeserializer<Mcp_V1_PushRequest>().deserialize(GRPCNIOTransportBytes(bytes))
    )
  }

  @Test func `every message is what protobuf says it is`() throws {
    for message in Self.messages {
      let read = both(try message.serializedBytes())
      #expect(read.kept == message)
      #expect(read.copied == message)
    }
  }

  @Test func `every message is written as protobuf writes it, also into a block that was used before`() throws
  {
    let serializer = FilePartsSerializer<Mcp_V1_PushRequest>()
    for _ in 0..<5 {
      for message in Self.messages {
        let written: GRPCNIOTransportBytes = try serializer.serialize(message)
        let expected: [UInt8] = try message.serializedBytes()
        #expect(written.withUnsafeBytes { Array($0) } == expected)
        let elsewhere: OtherBytes = try serializer.serialize(message)
        #expect(elsewhere.bytes == expected)
      }
    }
  }

  @Test func `what was written stays as it is, however much is written after it`() throws {
    let serializer = FilePartsSerializer<Mcp_V1_PushRequest>()
    func written(_ index: Int) throws -> (bytes: GRPCNIOTransportBytes, expected: [UInt8]) {
      let data = Data(repeating: UInt8(truncatingIfNeeded: index), count: 100_000 + index % 3)
      let message = Mcp_V1_PushRequest.with { $0.parts = [.with { $0.data = data }] }
      return (try serializer.serialize(message), try message.serializedBytes())
    }
    let all = try (0..<50).map(written)
    for (bytes, expected) in all { #expect(bytes.withUnsafeBytes { Array($0) } == expected) }
  }

  @Test func `bytes that stay where they came in outlive their message`() throws {
    var bytes: Data?
    do {
      let serialized: [UInt8] = try Self.messages[0].serializedBytes()
      bytes = try FilePartsDeserializer<Mcp_V1_PushRequest>()
        .deserialize(GRPCNIOTransportBytes(serialized)).parts[0].data
    }
    // Other blocks of the same size, where they would be if they had been given back.
    let others = (0..<16).map { _ in [UInt8](repeating: 0xAA, count: 300_000 + 64) }
    #expect(bytes == Self.long)
    #expect(others.count == 16)
  }

  @Test func `a damaged message is read, or refused, as protobuf does`() throws {
    var generator = SystemRandomNumberGenerator()
    for message in Self.messages {
      let whole: [UInt8] = try message.serializedBytes()
      for _ in 0..<300 {
        var bytes = whole
        switch Int.random(in: 0..<4, using: &generator) {
        case 0 where !bytes.isEmpty: bytes.removeLast(Int.random(in: 1...min(bytes.count, 12)))
        case 1: bytes += (0..<Int.random(in: 1...12)).map { _ in UInt8.random(in: 0...255) }
        case 2: bytes.insert(UInt8.random(in: 0...255), at: Int.random(in: 0...min(bytes.count, 12)))
        default:
          if !bytes.isEmpty { bytes[Int.random(in: 0..<min(bytes.count, 12))] = UInt8.random(in: 0...255) }
        }
        let read = both(bytes)
        #expect(read.kept == read.copied, "\(bytes.prefix(16))")
      }
    }
  }
}
