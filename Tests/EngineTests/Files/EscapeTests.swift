import Foundation
import TestSupport
import Testing

@testable import Engine

@Suite struct EscapeTests {
  /// Texts of paths that lead out, or are none.
  static let words: [String] = {
    let climbs = [
      "..", "../", "../outside", "../outside/secret", "../../outside/secret", "a/..", "a/../..",
      "a/../../outside",
      "./..", "././../outside", "a/./../../outside/secret", "..//outside", "a//..//..//outside",
      "../web/../outside",
      "a/b/c/../../../../outside", "/", "//", "/etc/passwd", "/outside", "//etc//passwd", "/../etc", "/.",
    ]
    let names = [
      "x\0y", "\0", "a/\0/b", ".mcp-part-x", "a/.mcp-part-0123", ".mcp-part-",
      String(repeating: "n", count: 256),
      String(repeating: "d/", count: 2100), "a/" + String(repeating: "ü", count: 128),
    ]
    // The same climb, in every spelling that a careless reader might take for something else.
    let prefixes = ["", "./", ".//", "a/../", "conf/../", "././"]
    let tails = ["../secret", "../outside/x", "../../etc/passwd", "..", "../.", "../web-other/x", ".././x"]
    return climbs + names + prefixes.flatMap { prefix in tails.map { prefix + $0 } }
  }()

  /// Links in the service's directory that lead out, by their targets.
  static let targets = [
    "../../outside", "../../outside/", "../../outside/.", "/etc", "/", "/proc/self/root", "/proc/self/cwd",
    "..",
    "../", "../..", "../../outside/../outside", "inner/../../../outside", "../web/../../outside",
  ]

  /// Paths through a link called `link`.
  static let through = ["link/secret", "link/new", "link/a/b", "link/./secret", "link//secret", "link/"]

  @Test(arguments: words) func `a path that leads out is neither written nor read`(path: String) async throws
  {
    try await FileNode.with { node in
      let file = try node.local("new", "evil")
      let before = try node.world()
      for call in 0..<2 {
        let error = await #expect(throws: EngineError.self) {
          if call == 0 { _ = try await node.push(file, path) } else { _ = try await node.pull(path) }
        }
        #expect(error?.code == .invalidArgument, "\(String(describing: error))")
      }
      #expect(try node.world() == before)
    }
  }

  @Test(arguments: targets, through)
  func `a link that leads out is not followed`(target: String, path: String) async throws {
    try await FileNode.with { node in
      try FileManager.default.createDirectory(
        atPath: "\(node.home)/inner", withIntermediateDirectories: true)
      try node.link("link", to: target)
      let file = try node.local("new", "evil")
      let before = try node.world()
      await #expect(throws: EngineError.self) { try await node.push(file, path) }
      await #expect(throws: EngineError.self) {
        try await node.pull(path, to: node.directory.file("local/got"))
      }
      #expect(!FileManager.default.fileExists(atPath: node.directory.file("local/got")))
      #expect(try node.world() == before)
    }
  }

  /// What a directory that is sent may claim of what is in it.
  static let claims = [
    "../x", "/x", "a/../../x", "..", "link/x", "link", "inner/../../x", "x\0", "./../x", "/etc/passwd",
    "a/.mcp-part-1",
  ]

  @Test(arguments: claims)
  func `what a sender claims to be in a directory does not lead out either`(claim: String) async throws {
    try await FileNode.with { node in
      try node.remote("www/keep")
      try node.link("www/link", to: "../../../outside")
      let before = try node.world()
      let header = FileHeader(path: "", isDirectory: true, mode: 0o755, modified: 0, size: 0)
      let source = TransferSource(name: "www", header: header, totalBytes: 4, totalFiles: 1)
      await #expect(throws: EngineError.self) {
        try await node.plane.push(PushRequest(service: "web", path: "www", source: source)) { _ in
          let parts: [FilePart] = [
            .header(header),
            .header(FileHeader(path: claim, isDirectory: false, mode: 0o644, modified: 0, size: 4)),
            .data(Data("evil".utf8)), .end(sha256: FileDigest.of(Array("evil".utf8))),
          ]
          let batches = Iterator(AsyncThrowingStream(unfolding: { nil }), first: [parts])
          return AsyncThrowingStream { try await batches.next(most: 1) }
        }
      }
      #expect(try node.world() == before)
      #expect(try node.parts().isEmpty)
    }
  }

  @Test(arguments: claims)
  func `what a node claims to send does not lead out of the operator's directory`(claim: String) async throws
  {
    try await FileNode.with { node in
      let place = node.directory.file("srv/web")
      let root = try ConfinedDirectory(path: place, title: place)
      try node.link("link", to: "../../outside")
      let header = FileHeader(path: "", isDirectory: true, mode: 0o755, modified: 0, size: 0)
      let receiver = try FileReceiver(
        TransferSource(name: "x", header: header, totalBytes: 4, totalFiles: 1), to: .root, in: root)
      let before = try node.world()
      await #expect(throws: EngineError.self) {
        try await receiver.take([
          .header(FileHeader(path: claim, isDirectory: false, mode: 0o644, modified: 0, size: 4)),
          .data(Data("evil".utf8)), .end(sha256: FileDigest.of(Array("evil".utf8))),
        ])
        _ = try await receiver.finish()
      }
      receiver.abandon()
      #expect(try node.world() == before)
    }
  }

  @Test(arguments: ["link", "hard", "pipe", "socket", "dir"])
  func `what is no file of its own is neither replaced nor sent`(kind: String) async throws {
    try await FileNode.with { node in
      let path = "\(node.home)/it"
      switch kind {
      case "link": try node.link("it", to: "../../outside/secret")
      case "hard":
        try node.remote("other")
        #expect(link("\(node.home)/other", path) == 0)
      case "pipe": #expect(mkfifo(path, 0o600) == 0)
      case "socket": #expect(Self.bindSocket(path))
      default:
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try node.link("it/inner", to: "../../../outside/secret")
      }
      let before = try node.world()
      if kind != "dir" {
        await #expect(throws: EngineError.self) { try await node.push(try node.local("it", "evil"), "it") }
      }
      let error = await #expect(throws: EngineError.self) { try await node.pull("it") }
      #expect(error?.code == .invalidArgument, "\(String(describing: error))")
      #expect(try node.world() == before)
    }
  }

  private static func bindSocket(_ path: String) -> Bool {
    let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }

  @Test func `links that stay inside are followed`() async throws {
    try await FileNode.with { node in
      try node.remote("releases/3/app")
      try node.link("current", to: "releases/3")
      _ = try await node.push(try node.local("conf", "c"), "current/conf")
      #expect(node.text("releases/3/conf") == "c")
      _ = try await node.pull("current/app")
    }
  }

  @Test func `nothing outside is written or read while somebody swaps directories for links`() async throws {
    try await FileNode.with { node in
      try node.remote("dir/secret", "inside")
      let before = try node.world()
      let home = node.home
      let swapper = Task.detached {
        // The directory is a directory, then a link out, and so on.
        while !Task.isCancelled {
          rename("\(home)/dir", "\(home)/real")
          symlink("../../outside", "\(home)/dir")
          unlink("\(home)/dir")
          rename("\(home)/real", "\(home)/dir")
          await Task.yield()
        }
      }
      var pushed = 0
      var pulled = 0
      let got = node.directory.file("local/got")
      let file = try node.local("evil", "evil")
      for _ in 0..<400 {
        if (try? await node.push(file, "dir/evil")) != nil { pushed += 1 }
        unlink(got)
        if (try? await node.pull("dir/secret", to: got)) != nil {
          pulled += 1
          #expect(try String(contentsOfFile: got, encoding: .utf8) == "inside")
        }
      }
      swapper.cancel()
      _ = await swapper.value
      #expect(try node.world() == before)
      #expect(pushed > 0 && pulled > 0, "the race is also won now and then: \(pushed), \(pulled)")
    }
  }
}
