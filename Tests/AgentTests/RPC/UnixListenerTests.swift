import Engine
import Foundation
import TestSupport
import Testing

@testable import Agent

@Suite struct UnixListenerTests {
  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  @Test func `the socket has exactly its mode and the directory lets no stranger in`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("a/b/agent.sock")
      let listener = try UnixListener.bind(path: path)
      #expect(try mode(path) == 0o660)
      #expect(try mode(directory.file("a/b")) == 0o750)
      close(try RawSocket.connect(path))
      listener.close()
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test func `a socket that somebody answers on is not taken`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("agent.sock")
      let descriptor = try RawSocket.bind(path)
      defer { close(descriptor) }
      listen(descriptor, 1)
      let error = #expect(throws: EngineError.self) { try UnixListener.bind(path: path) }
      #expect(error?.code == .conflict)
      #expect(FileManager.default.fileExists(atPath: path))
    }
  }

  @Test func `two agents cannot have one path, even before the first one listens`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("agent.sock")
      let first = try UnixListener.bind(path: path)
      unlink(path)
      let error = #expect(throws: EngineError.self) { try UnixListener.bind(path: path) }
      #expect(error?.code == .conflict)
      first.close()
      try UnixListener.bind(path: path).close()
    }
  }

  @Test func `a socket that nobody answers on any more is replaced`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("agent.sock")
      close(try RawSocket.bind(path))
      let listener = try UnixListener.bind(path: path)
      close(try RawSocket.connect(path))
      listener.close()
    }
  }

  @Test func `what is no socket is left alone`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("agent.sock")
      try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: EngineError.self) { try UnixListener.bind(path: path) }
      #expect(error?.code == .alreadyExists)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    }
  }

  @Test func `another's socket of the same path is not removed at the end`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("agent.sock")
      let listener = try UnixListener.bind(path: path)
      unlink(path)
      let other = try RawSocket.bind(path)
      defer { close(other) }
      listener.close()
      #expect(FileManager.default.fileExists(atPath: path))
    }
  }

  @Test(arguments: ["agent.sock", "", "/" + String(repeating: "x", count: 108)])
  func `a path that cannot be a socket's is refused`(path: String) {
    let error = #expect(throws: EngineError.self) { try UnixListener.bind(path: path) }
    #expect(error?.code == .invalidArgument)
  }
}
