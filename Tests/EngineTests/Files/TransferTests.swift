import Crypto
import Foundation
import TestSupport
import Testing

@testable import Engine

@Suite struct TransferTests {
  @Test func `a file arrives with its content, mode and time, under its own name or another`() async throws {
    try await FileNode.with { node in
      let file = try node.local("app.toml", "a = 1\n")
      chmod(file, 0o640)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: file)
      let result = try await node.push(file)
      #expect(result == TransferResult(path: "app.toml", files: 1, bytes: 6, resumedBytes: 0))
      let facts = try #require(FileFacts(path: "\(node.home)/app.toml"))
      #expect(facts.permissions == 0o640)
      #expect(facts.modified == 1_000_000_000_000_000)
      #expect(try await node.push(file, "conf/other.toml").path == "conf/other.toml")
      #expect(node.text("conf/other.toml") == "a = 1\n")
      #expect(try await node.push(file, "conf").path == "conf/app.toml", "a directory takes it")
      let mask = umask(0o077)
      #expect(try await node.push(file, "new/").path == "new/app.toml")
      umask(mask)
      #expect(FileFacts(path: "\(node.home)/new")?.permissions == 0o755)
      #expect(try node.parts().isEmpty)
    }
  }

  @Test func `a directory arrives as a whole and is added to what is there`() async throws {
    try await FileNode.with { node in
      try node.local("site/index.html", "index")
      try node.local("site/img/a.png", "a")
      try node.local("site/empty/x", "")
      try node.remote("www/index.html", "old")
      try node.remote("www/kept", "kept")
      let result = try await node.push(node.directory.file("local/site"), "www")
      #expect(result == TransferResult(path: "www", files: 3, bytes: 6, resumedBytes: 0))
      #expect(node.text("www/index.html") == "index")
      #expect(node.text("www/img/a.png") == "a")
      #expect(node.text("www/empty/x") == "")
      #expect(node.text("www/kept") == "kept")
      #expect(try await node.push(node.directory.file("local/site")).path == "site")
      #expect(try node.parts().isEmpty)
    }
  }

  @Test func `what was pushed is pulled back the same`() async throws {
    try await FileNode.with { node in
      try node.local("tree/a/b/c.txt", "c")
      try node.local("tree/run.sh", "#!/bin/sh\n")
      chmod(node.directory.file("local/tree/run.sh"), 0o755)
      _ = try await node.push(node.directory.file("local/tree"), "tree")
      let back = node.directory.file("local/back")
      let result = try await node.pull("tree", to: back)
      #expect(result.files == 2 && result.path == back)
      #expect(try String(contentsOfFile: back + "/a/b/c.txt", encoding: .utf8) == "c")
      #expect(FileFacts(path: back + "/run.sh")?.permissions == 0o755)
      let whole = try await node.pull(".", to: node.directory.file("local/"))
      #expect(whole.path.hasSuffix("/web"))
    }
  }

  @Test func `a service's directory is made by the first push, and is not there before`() async throws {
    try await FileNode.with(service: false) { node in
      let error = await #expect(throws: EngineError.self) { try await node.pull("x") }
      #expect(error?.code == .notFound)
      _ = try await node.push(try node.local("x"))
      #expect(node.text("x") == "hello")
    }
  }

  @Test func `the agent's own directory is nobody's service`() async throws {
    try await FileNode.with { node in
      try FileManager.default.createDirectory(
        atPath: node.directory.file("srv/agent"), withIntermediateDirectories: true)
      try "registry".write(
        toFile: node.directory.file("srv/agent/mcp.db"), atomically: true, encoding: .utf8)
      for call in 0..<2 {
        let error = await #expect(throws: EngineError.self) {
          if call == 0 {
            _ = try await node.push(try node.local("x"), "mcp.db", service: "agent")
          } else {
            _ = try await node.pull("mcp.db", service: "agent")
          }
        }
        #expect(error?.code == .permissionDenied)
      }
      #expect(
        try String(contentsOfFile: node.directory.file("srv/agent/mcp.db"), encoding: .utf8) == "registry")
    }
  }

  @Test func `what would not fit is refused before anything is sent`() async throws {
    try await FileNode.with { node in
      let source = TransferSource(
        name: "big",
        header: FileHeader(path: "", isDirectory: false, mode: 0o644, modified: 0, size: 1 << 60),
        totalBytes: 1 << 60, totalFiles: 1)
      let error = await #expect(throws: EngineError.self) {
        try await node.plane.push(PushRequest(service: "web", path: "", source: source)) { _ in
          Issue.record("the feed is asked")
          return AsyncThrowingStream { nil }
        }
      }
      #expect(error?.code == .resourceExhausted)
      #expect(error?.message.contains("do not fit") == true)
      let parts = try node.parts()
      #expect(parts.isEmpty)
    }
  }

  /// A file of several mebibytes, and its parts.
  private static func large(_ node: FileNode, _ seed: UInt8 = 1) throws -> (FileTree, String, [UInt8]) {
    let bytes = (0..<(5 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ Int(seed)) }
    let path = node.directory.file("local/large")
    try Data(bytes).write(to: URL(filePath: path))
    let root = try ConfinedDirectory(path: node.directory.file("local"), title: "local")
    return (try FileTree(ConfinedPath("large"), in: root), path, bytes)
  }

  @Test func `a large file that was interrupted goes on where it stopped`() async throws {
    try await FileNode.with { node in
      let (tree, path, bytes) = try Self.large(node)
      try node.remote("large", "old")
      let request = PushRequest(service: "web", path: "", source: tree.source)
      await #expect(throws: EngineError.self) {
        try await node.plane.push(request) { _ in
          let batches = Iterator(tree.parts())
          return AsyncThrowingStream {
            guard let batch = try await batches.next(most: 3) else {
              throw EngineError(.unavailable, "the line was cut")
            }
            return batch
          }
        }
      }
      #expect(node.text("large") == "old", "what was there stays")
      #expect(try node.parts().count == 1)
      let result = try await node.push(path)
      #expect(result.resumedBytes > 0 && result.resumedBytes < 5 << 20)
      #expect(result.bytes == 5 << 20)
      #expect(try Data(contentsOf: URL(filePath: "\(node.home)/large")) == Data(bytes))
      #expect(try node.parts().isEmpty)
    }
  }

  @Test func `another file of the same size and time does not go on with a stranger's beginning`()
    async throws
  {
    try await FileNode.with { node in
      let (tree, path, bytes) = try Self.large(node)
      // As if the file had been interrupted, with something else in it.
      let part = FileReceiver.part(of: "large", tree.source.header)
      try Data(repeating: 7, count: 2 << 20).write(to: URL(filePath: "\(node.home)/\(part)"))
      let result = try await node.push(path)
      #expect(result.resumedBytes == 0)
      #expect(try Data(contentsOf: URL(filePath: "\(node.home)/large")) == Data(bytes))
    }
  }

  @Test func `what was interrupted long ago is removed, and what was lately stays`() async throws {
    try await FileNode.with { node in
      let (_, path, _) = try Self.large(node)
      for (name, age) in [("old", 8.0), ("new", 6.0)] {
        let part = "\(node.home)/\(ConfinedPath.partPrefix)\(name)"
        try Data([1]).write(to: URL(filePath: part))
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSinceNow: -age * 86_400)], ofItemAtPath: part)
      }
      _ = try await node.push(path)
      #expect(try node.parts() == ["\(ConfinedPath.partPrefix)new"])
    }
  }

  @Test func `a pull goes on where it stopped`() async throws {
    try await FileNode.with { node in
      let (tree, path, bytes) = try Self.large(node)
      _ = try await node.push(path)
      let header = FileHeader(
        path: "", isDirectory: false, mode: 0o644, modified: tree.source.header.modified, size: 5 << 20)
      let target = node.directory.file("local/back")
      let part = node.directory.file("local/\(FileReceiver.part(of: "back", header))")
      try Data(bytes[..<(3 << 20)]).write(to: URL(filePath: part))
      let result = try await node.pull("large", to: target)
      #expect(result.resumedBytes == 3 << 20)
      #expect(try Data(contentsOf: URL(filePath: target)) == Data(bytes))
    }
  }

  @Test func `the same file is received once at a time`() async throws {
    try await FileNode.with { node in
      let (tree, _, _) = try Self.large(node)
      let root = try ConfinedDirectory(path: node.home, title: "web")
      let first = try FileReceiver(tree.source, to: ConfinedPath("large"), in: root)
      let error = #expect(throws: EngineError.self) {
        try FileReceiver(tree.source, to: ConfinedPath("large"), in: root)
      }
      #expect(error?.code == .conflict)
      first.abandon()
      #expect(try node.parts().isEmpty)
    }
  }

  @Test func `a file that arrives damaged is not kept, and neither is what is out of order`() async throws {
    try await FileNode.with { node in
      try node.remote("x", "old")
      let header = FileHeader(path: "", isDirectory: false, mode: 0o644, modified: 0, size: 5)
      let good = Array(SHA256.hash(data: Array("hello".utf8)))
      let data = FilePart.data(Data("hello".utf8))
      let wrong: [[FilePart]] = [
        [.header(header), data, .end(sha256: Array(repeating: 0, count: 32))],
        [.header(header), .data(Data("hell".utf8)), .end(sha256: good)],
        [.header(header), data, data, .end(sha256: good)],
        [data, .end(sha256: good)], [.end(sha256: good)], [.header(header), .header(header)], [],
        [.header(header), data],
        [.header(FileHeader(path: "y", isDirectory: false, mode: 0o644, modified: 0, size: 5)), data],
        [.header(FileHeader(path: "", isDirectory: true, mode: 0o755, modified: 0, size: 0))],
        [.header(FileHeader(path: "", isDirectory: false, mode: 0o644, modified: 0, size: 5, offset: 3))],
        [.header(header), data, .end(sha256: good), .header(header), data, .end(sha256: good)],
      ]
      for (index, parts) in wrong.enumerated() {
        let source = TransferSource(name: "x", header: header, totalBytes: 5, totalFiles: 1)
        await #expect(throws: EngineError.self, "case \(index)") {
          try await node.plane.push(PushRequest(service: "web", path: "x", source: source)) { _ in
            let batches = Iterator(AsyncThrowingStream(unfolding: { nil }), first: [parts])
            return AsyncThrowingStream { try await batches.next(most: 1) }
          }
        }
        #expect(node.text("x") == "old", "case \(index)")
        #expect(try node.parts().isEmpty, "case \(index)")
      }
    }
  }

  @Test func `a file that changes while it is sent is told, and does not arrive`() async throws {
    try await FileNode.with { node in
      let (tree, path, _) = try Self.large(node)
      let request = PushRequest(service: "web", path: "", source: tree.source)
      let error = await #expect(throws: EngineError.self) {
        try await node.plane.push(request) { _ in
          try "short".write(toFile: path, atomically: false, encoding: .utf8)
          return tree.parts()
        }
      }
      #expect(error?.code == .conflict)
      #expect(node.text("large") == nil)
    }
  }
}

/// Hands batches on, a few and then no more.
final class Iterator: @unchecked Sendable {
  private var iterator: AsyncThrowingStream<[FilePart], any Error>.Iterator
  private var first: [[FilePart]]
  private var taken = 0

  init(_ stream: AsyncThrowingStream<[FilePart], any Error>, first: [[FilePart]] = []) {
    iterator = stream.makeAsyncIterator()
    self.first = first
  }

  func next(most: Int) async throws -> [FilePart]? {
    taken += 1
    guard taken <= most else { return nil }
    if !first.isEmpty { return first.removeFirst() }
    return try await iterator.next(isolation: nil)
  }
}
