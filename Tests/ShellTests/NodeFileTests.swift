import Engine
import Foundation
import TestSupport
import Testing

@testable import Shell

@Suite struct NodeFileTests {
  private static let text = """
    # mine
    [services]
    dir = "/x"   # here

    # the first
    [[nodes]]
    name = "rift"
    address = "10.0.0.1:9444"   # tunnel
    ca_cert = "/a.pem"

    # the second
    [[ nodes ]]
    address = '10.0.0.2:9444'
    name    = 'other'
    ca_cert = "/b.pem"
    [auth]
    token_path = "/t"
    """

  private static let note = """
    [services]
    dir = '''
    [[nodes]]
    name = "rift"
    '''
    [[nodes]]
    name = "rift"
    address = "unix:///x"
    """

  @Test func `a node is added at the end, and all else stays`() {
    let node = NodeAddress(
      name: "new", address: .tcp(host: "::1", port: 9), caCertificate: "/c \"q\".pem", tokenPath: "/tok")
    let added = NodeFile.adding(node, to: Self.text)
    #expect(added.hasPrefix(Self.text))
    #expect(
      added.hasSuffix(
        "\n\n[[nodes]]\nname = \"new\"\naddress = \"[::1]:9\"\nca_cert = \"/c \\\"q\\\".pem\"\ntoken_path = \"/tok\"\n"
      ))
    #expect(NodeFile.adding(node, to: "").hasPrefix("[[nodes]]\n"))
    #expect(NodeFile.removing("new", from: added) == Self.text + "\n")
  }

  @Test func `a node is removed with its table alone`() {
    let first = "[[nodes]]\nname = \"rift\"\naddress = \"10.0.0.1:9444\"   # tunnel\nca_cert = \"/a.pem\"\n"
    #expect(NodeFile.removing("rift", from: Self.text) == Self.text.replacing(first, with: ""))
    let second = "[[ nodes ]]\naddress = '10.0.0.2:9444'\nname    = 'other'\nca_cert = \"/b.pem\"\n"
    #expect(NodeFile.removing("other", from: Self.text) == Self.text.replacing(second, with: ""))
    #expect(NodeFile.removing("none", from: Self.text) == nil)
    #expect(NodeFile.removing("rift", from: "nodes = [{name = \"rift\"}]\n") == nil)
  }

  @Test func `what only looks like a table, in a string of several lines, is none`() {
    #expect(
      NodeFile.removing("rift", from: Self.note)
        == "[services]\ndir = '''\n[[nodes]]\nname = \"rift\"\n'''\n")
  }

  @Test func `the commands change the file, and leave it alone where they cannot`() async throws {
    try await withHarness { harness in
      let path = harness.configuration
      let before = try String(contentsOfFile: path, encoding: .utf8)
      let added = await harness.run("node", "add", "here", "unix:///tmp/x.sock")
      #expect(added.status == 0, "\(added.errors)")
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.hasPrefix(before))
      #expect(await harness.run("node", "add", "here", "unix:///tmp/y.sock").status == 1)
      #expect(await harness.run("node", "add", "no good", "unix:///tmp/y.sock").status != 0)
      #expect(await harness.run("node", "add", "far", "127.0.0.1:1").status == 2, "nobody can compare")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
      #expect(await harness.run("node", "remove", "here").status == 0)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == before)
      #expect(await harness.run("node", "remove", "here").status == 3)
      let inline = "nodes = [{name = \"rift\", address = \"unix:///x\"}]\n"
      try inline.write(toFile: path, atomically: true, encoding: .utf8)
      #expect(await harness.run("node", "remove", "rift").status == 1)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == inline)
    }
  }

  @Test func `a push goes to the node of the service, with what was given`() async throws {
    let plane = FakePlane()
    try await withHarness(plane) { harness in
      try await TemporaryDirectory.with { directory in
        let file = directory.file("app.toml")
        try "a = 1".write(toFile: file, atomically: true, encoding: .utf8)
        let outcome = await harness.run("push", file, "web", "conf/")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output == "web: 1 file, 5 B in conf/\n")
        #expect(plane.calls.pushes.map(\.path) == ["conf/"])
        #expect(plane.calls.pushes.map(\.source.name) == ["app.toml"])
        #expect(await harness.run("push", directory.file("none"), "web").status == 3)
      }
    }
  }
}
