import Foundation
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import Engine

/// Datagrams over a route, with real sockets.
@Suite struct UDPForwardTests {
  /// Answers every datagram with its name and what was said.
  private final class Echo: ChannelInboundHandler, Sendable {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    let name: String

    init(_ name: String) { self.name = name }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let said = unwrapInboundIn(data)
      let answer = ByteBuffer(string: "\(name):\(String(buffer: said.data))")
      context.writeAndFlush(
        wrapOutboundOut(AddressedEnvelope(remoteAddress: said.remoteAddress, data: answer)), promise: nil)
    }
  }

  /// Keeps what it hears.
  private final class Ear: ChannelInboundHandler, Sendable {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    let heard = Mutex<[String]>([])

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let text = String(buffer: unwrapInboundIn(data).data)
      heard.withLock { $0.append(text) }
    }
  }

  private static func echo(_ name: String) async throws -> (channel: any Channel, port: Int) {
    let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { $0.pipeline.addHandler(Echo(name)) }
      .bind(host: "127.0.0.1", port: 0).get()
    return (channel, try #require(channel.localAddress?.port))
  }

  /// A client that says something until it hears the answer: datagrams may be lost.
  private struct Client {
    let channel: any Channel
    let ear = Ear()

    init(_ port: Int) async throws {
      let ear = ear
      channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .channelInitializer { $0.pipeline.addHandler(ear) }
        .connect(host: "127.0.0.1", port: port).get()
    }

    func hears(_ answer: String, saying text: String) async -> Bool {
      await eventually(within: .seconds(20)) {
        try? await channel.writeAndFlush(ByteBuffer(string: text))
        return ear.heard.withLock { $0.contains(answer) }
      }
    }
  }

  @Test func `each client has its own answers, and what replaces a backend answers from then on`()
    async throws
  {
    let (one, two) = (try await Self.echo("one"), try await Self.echo("two"))
    let port = try FreePort.next()
    let forwarder = Forwarder()
    func lead(to backend: Int?) async throws {
      let listen = PortMapping(
        hostIP: "127.0.0.1", hostPort: port, containerPort: port, transport: .udp)
      let failures = try await forwarder.apply([
        ForwardRule(id: "web/dns/@\(port)", listen: listen, backend: backend)
      ])
      #expect(failures.isEmpty)
    }
    try await lead(to: one.port)
    let (first, second) = (try await Client(port), try await Client(port))
    #expect(await first.hears("one:a", saying: "a"))
    #expect(await second.hears("one:b", saying: "b"))
    try await lead(to: two.port)
    #expect(await first.hears("two:c", saying: "c"))
    #expect(await second.hears("two:d", saying: "d"))
    // What was said again while waiting for the first answer may reach the second backend; no other answer is possible.
    #expect(first.ear.heard.withLock { Set($0) }.subtracting(["two:a"]) == ["one:a", "two:c"])
    #expect(second.ear.heard.withLock { Set($0) }.subtracting(["two:b"]) == ["one:b", "two:d"])
    // Without a backend datagrams are lost, and the port stays.
    try await lead(to: nil)
    try await first.channel.writeAndFlush(ByteBuffer(string: "lost"))
    try await lead(to: one.port)
    #expect(await first.hears("one:e", saying: "e"))
    await forwarder.retire()
    for channel in [one.channel, two.channel, first.channel, second.channel] { try await channel.close() }
  }
}
