import Engine
import Foundation
import TestSupport
import Testing

@Suite struct ConnectTests {
  /// Connects to something that is no agent and returns why that fails.
  private func failure(
    _ address: AgentAddress, timeout: Duration = .seconds(10)
  ) async throws -> EngineError {
    let error = await #expect(throws: EngineError.self) {
      try await RemoteControlPlane.withConnection(to: address, timeout: timeout) { _ in }
    }
    return try #require(error)
  }

  @Test func `a socket that is not there is unavailable and its path is named`() async throws {
    let error = try await failure(.unix(path: "/tmp/mcp-none/agent.sock"))
    #expect(error.code == .unavailable)
    #expect(error.message.contains("/tmp/mcp-none/agent.sock"))
    #expect(error.hint?.contains("mcp-agent") == true)
  }

  @Test func `a socket that nobody listens on is unavailable`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("s")
      let descriptor = try RawSocket.bind(path)
      close(descriptor)
      let error = try await failure(.unix(path: path))
      #expect(error.code == .unavailable)
      #expect(error.message.contains("nobody listens"))
    }
  }

  @Test func `a file that is no socket is unavailable`() async throws {
    try await TemporaryDirectory.with { directory in
      try Data().write(to: URL(fileURLWithPath: directory.file("s")))
      #expect(try await failure(.unix(path: directory.file("s"))).code == .unavailable)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may use every socket"))
  func `a socket that this user may not use is a matter of permission`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("s")
      let descriptor = try RawSocket.bind(path)
      defer { close(descriptor) }
      listen(descriptor, 1)
      chmod(path, 0)
      #expect(try await failure(.unix(path: path)).code == .permissionDenied)
    }
  }

  @Test func `something that accepts and says nothing times out`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("s")
      let descriptor = try RawSocket.bind(path)
      defer { close(descriptor) }
      listen(descriptor, 1)
      let error = try await failure(.unix(path: path), timeout: .milliseconds(100))
      #expect(error.code == .timeout)
    }
  }

  @Test func `something that accepts no more is unavailable`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("s")
      let descriptor = try RawSocket.bind(path)
      defer { close(descriptor) }
      listen(descriptor, 0)
      let waiting = try RawSocket.connect(path)
      defer { close(waiting) }
      let error = try await failure(.unix(path: path), timeout: .milliseconds(100))
      #expect(error.code == .unavailable)
    }
  }

  @Test func `something that hangs up at once is unavailable`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("s")
      let descriptor = try RawSocket.bind(path)
      defer { close(descriptor) }
      listen(descriptor, 1)
      let thread = Thread { close(accept(descriptor, nil, nil)) }
      thread.start()
      let error = try await failure(.unix(path: path))
      #expect(error.code == .unavailable)
      #expect(error.message.contains("closed the connection"))
    }
  }

  @Test func `something that speaks another protocol is unavailable`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("s")
      let descriptor = try RawSocket.bind(path)
      defer { close(descriptor) }
      listen(descriptor, 1)
      let thread = Thread {
        let client = accept(descriptor, nil, nil)
        let words = Array("220 mail.example.org ESMTP\r\n".utf8)
        _ = write(client, words, words.count)
        // Until the other side hangs up.
        var byte: UInt8 = 0
        while read(client, &byte, 1) > 0 {}
        close(client)
      }
      thread.start()
      let error = await #expect(throws: EngineError.self) {
        try await RemoteControlPlane.withConnection(to: .unix(path: path)) { _ = try await $0.list() }
      }
      #expect(error?.code == .unavailable)
    }
  }

  @Test func `a path that cannot be a socket's is refused`() async throws {
    for path in ["", "/" + String(repeating: "x", count: 107)] {
      #expect(try await failure(.unix(path: path)).code == .invalidArgument)
    }
  }

  @Test func `an address on TCP needs a CA, and somebody who listens`() async throws {
    let port = try FreePort.next()
    let address = AgentAddress.tcp(host: "127.0.0.1", port: port)
    #expect(try await failure(address).code == .failedPrecondition)
    try await TemporaryDirectory.with { directory in
      let path = directory.file("ca.pem")
      try CertificateAuthority(node: "a").pair.certificate.write(
        toFile: path, atomically: true, encoding: .utf8)
      let access = AgentAccess(caCertificate: path)
      let error = await #expect(throws: EngineError.self) {
        try await RemoteControlPlane.withConnection(to: address, access: access) { _ in }
      }
      #expect(error?.code == .unavailable)
      #expect(error?.cause?.contains("refused") == true, "\(String(describing: error))")
      let unknown = await #expect(throws: EngineError.self) {
        try await RemoteControlPlane.withConnection(
          to: .tcp(host: "no-such-host.invalid", port: port), access: access
        ) { _ in }
      }
      #expect(unknown?.code == .unavailable)
      let silent = try SilentListener()
      let late = await #expect(throws: EngineError.self) {
        try await RemoteControlPlane.withConnection(
          to: .tcp(host: "127.0.0.1", port: silent.port), access: access, timeout: .milliseconds(300)
        ) { _ in }
      }
      #expect(late?.code == .timeout, "\(String(describing: late))")
    }
  }
}
