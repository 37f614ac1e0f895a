internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Sends alerts by mail.
///
/// RFC 5321; RFC 3207 for TLS, which is used wherever the server offers it; RFC 4954 for logging in, which is refused
/// without TLS unless the server is this machine.
struct SMTPSink: AlertSink {
  private let host: String
  private let port: Int
  private let isSecure: Bool
  private let settings: AlertSinkSettings
  private let tls: TLSConfiguration

  /// Creates a sink; throws `failedPrecondition` where the CA cannot be read.
  init(_ settings: AlertSinkSettings) throws(EngineError) {
    let url = URLComponents(string: settings.url ?? "")
    host = url?.host.map { $0.trimmingCharacters(in: ["[", "]"]) } ?? ""
    isSecure = url?.scheme == "smtps"
    port = url?.port ?? (isSecure ? 465 : 25)
    self.settings = settings
    if let path = settings.caCertificate {
      tls = try TLSTrust.configuration(ca: path, key: "`ca_cert` of [[alerts]] in the agent's configuration")
    } else {
      tls = .makeClientConfiguration()
    }
  }

  func send(_ message: AlertMessage) async throws {
    let password = try settings.password()
    let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
    do {
      channel = try await connect()
    } catch {
      throw EngineError(.unavailable, "the mail server \(host):\(port) cannot be reached", cause: "\(error)")
    }
    let isUpgradable = !isSecure
    try await channel.executeThenClose { inbound, outbound in
      var conversation = Conversation(
        server: "\(host):\(port)", replies: inbound.makeAsyncIterator(), outbound: outbound)
      try await conversation.expect(220)
      var offers = try await conversation.greet()
      var isEncrypted = isSecure
      if isUpgradable, offers.contains("STARTTLS") {
        try await conversation.say("STARTTLS", expecting: 220)
        try await secure(channel.channel)
        isEncrypted = true
        offers = try await conversation.greet()
      }
      if let username = settings.username, let password {
        guard isEncrypted || host == "localhost" || host.hasPrefix("127.") || host == "::1" else {
          throw EngineError(
            .failedPrecondition,
            "the mail server \(host):\(port) offers no TLS, and the password is not sent without",
            hint: "use an smtps:// URL, or a server that offers STARTTLS")
        }
        let credentials = Data("\0\(username)\0\(password)".utf8).base64EncodedString()
        try await conversation.say("AUTH PLAIN \(credentials)", shown: "AUTH PLAIN", expecting: 235)
      }
      try await conversation.deliver(message, from: settings.from ?? "", to: settings.to)
    }
  }

  private func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    let (host, isSecure) = (host, isSecure)
    let context = isSecure ? try NIOSSLContext(configuration: tls) : nil
    return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connectTimeout(
      .seconds(10)
    )
    .connect(host: host, port: port) { channel in
      channel.eventLoop.makeCompletedFuture {
        if let context {
          try channel.pipeline.syncOperations.addHandler(
            NIOSSLClientHandler(context: context, serverHostname: Self.name(host)))
        }
        return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
      }
    }
  }

  private func secure(_ channel: any Channel) async throws {
    let context = try NIOSSLContext(configuration: tls)
    let host = host
    try await channel.eventLoop.submit {
      try channel.pipeline.syncOperations.addHandler(
        NIOSSLClientHandler(context: context, serverHostname: Self.name(host)), position: .first)
    }.get()
  }

  /// A name that a certificate may be asked for; addresses are not.
  private static func name(_ host: String) -> String? {
    (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil
  }
}

/// Commands and replies.
private struct Conversation {
  /// The most bytes of a reply.
  private static let longestReply = 64 << 10

  let server: String
  var replies: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  private var received: [UInt8] = []

  init(
    server: String, replies: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
    outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) {
    self.server = server
    self.replies = replies
    self.outbound = outbound
  }

  /// Says hello; returns the extensions that the server offers, in capitals.
  mutating func greet() async throws -> Set<String> {
    let lines = try await say("EHLO \(ProcessInfo.processInfo.hostName)", expecting: 250)
    return Set(lines.dropFirst().compactMap { $0.split(separator: " ").first?.uppercased() })
  }

  /// Hands a message over.
  mutating func deliver(_ message: AlertMessage, from: String, to: [String]) async throws {
    try await say("MAIL FROM:<\(Self.address(from))>", expecting: 250)
    for recipient in to { try await say("RCPT TO:<\(Self.address(recipient))>", expecting: 250) }
    try await say("DATA", expecting: 354)
    let id = message.notices.map { "\($0.id)" }.joined(separator: "-").prefix(60)
    let created = message.notices.map(\.createdAt).max() ?? Date()
    let text = MailText.message(
      from: from, to: to, subject: message.title, text: message.text,
      id: "mcp-\(id)-\(Int64(created.timeIntervalSince1970 * 1000))@\(message.node)", at: created)
    try await say(text + "\r\n.", shown: "the message", expecting: 250)
    // It has been taken; how the server says goodbye is its own affair.
    _ = try? await say("QUIT", expecting: 221)
  }

  /// Sends a command and reads the reply; returns its lines.
  @discardableResult
  mutating func say(_ command: String, shown: String? = nil, expecting code: Int) async throws -> [String] {
    try await outbound.write(ByteBuffer(string: command + "\r\n"))
    return try await expect(code, after: shown ?? command)
  }

  /// Reads a reply and returns its lines; throws `unavailable` with the server's words where it is another.
  @discardableResult
  mutating func expect(_ code: Int, after command: String? = nil) async throws -> [String] {
    var lines: [String] = []
    while true {
      let line = try await nextLine()
      lines.append(String(line.dropFirst(4)))
      if line.count < 4 || Array(line.utf8)[3] != UInt8(ascii: "-") {
        guard line.hasPrefix("\(code)") else {
          let what = command.map { " to \($0)" } ?? ""
          throw EngineError(.unavailable, "the mail server \(server) answers\(what): \(line)")
        }
        return lines
      }
    }
  }

  private mutating func nextLine() async throws -> String {
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: received[..<end], as: UTF8.self)
        received.removeSubrange(...end)
        return line.hasSuffix("\r") ? String(line.dropLast()) : line
      }
      guard received.count < Self.longestReply, let bytes = try await replies.next() else {
        throw EngineError(.unavailable, "the mail server \(server) broke off")
      }
      received += bytes.readableBytesView
    }
  }

  /// The address in `Name <address>`.
  private static func address(_ text: String) -> String {
    guard let open = text.lastIndex(of: "<"), let close = text.lastIndex(of: ">"), open < close else {
      return text
    }
    return String(text[text.index(after: open)..<close])
  }
}
