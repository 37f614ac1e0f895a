internal import Foundation
internal import Synchronization

/// A registry of images on the loopback address: Debian's `docker-registry`, with TLS and a password or without.
public final class RegistryServer: Sendable {
  /// Who may use it.
  public struct Credentials: Sendable {
    /// The name.
    public let user = "tester"
    /// The password.
    public let password = "gehe?im~Ā+/"
  }

  /// Host and port.
  public let address: String
  /// The port.
  public let port: Int
  /// The CA that signed its certificate, in PEM; `nil` without TLS.
  public let authority: String?
  /// Who may use it; `nil` is everybody.
  public let credentials: Credentials?
  private let directory: TemporaryDirectory
  private let process = Mutex<ChildProcess?>(nil)

  private init(tls: Bool, credentials: Bool) throws {
    directory = try TemporaryDirectory()
    port = try FreePort.next()
    address = "127.0.0.1:\(port)"
    authority = tls ? directory.file("ca.crt") : nil
    self.credentials = credentials ? Credentials() : nil
  }

  /// Runs `body` with a registry and ends it afterwards.
  public static func with<Result>(
    tls: Bool = false, credentials: Bool = false, _ body: (RegistryServer) async throws -> Result
  ) async throws -> Result {
    try await PodmanEnvironment.require()
    let server = try RegistryServer(tls: tls, credentials: credentials)
    do {
      try await server.prepare()
      try await server.start()
      let result = try await body(server)
      await server.stop()
      server.directory.remove()
      return result
    } catch {
      await server.stop()
      server.directory.remove()
      throw error
    }
  }

  /// Starts it, also after ``stop()``; what was pushed is still there.
  public func start() async throws {
    let child = try ChildProcess("/usr/bin/docker-registry", ["serve", directory.file("config.yml")])
    process.withLock { $0 = child }
    let port = port
    guard await eventually(within: .seconds(20), { FreePort.accepts(port) }) else {
      throw RegistryFailure(description: "docker-registry does not listen")
    }
  }

  /// Ends it at once.
  public func stop() async {
    guard let child = process.withLock({ $0 }), child.isRunning else { return }
    kill(child.pid, SIGKILL)
    _ = await eventually { !child.isRunning }
  }

  /// Pushes a local image under `name`, such as `a/b:v1`; returns the full reference.
  @discardableResult
  public func push(_ image: String, as name: String) async throws -> String {
    var arguments = ["push", "--quiet", "--tls-verify=\(authority != nil)"]
    if authority != nil { arguments.append("--cert-dir=\(directory.file("certs"))") }
    if let credentials { arguments.append("--creds=\(credentials.user):\(credentials.password)") }
    let result = try await PodmanEnvironment.podman(arguments + [image, "\(address)/\(name)"])
    guard result.code == 0 else { throw RegistryFailure(description: "push: \(result.errors)") }
    return "\(address)/\(name)"
  }

  /// Builds an image with a layer of random bytes, pushes it and forgets it here; returns the full reference.
  public func pushNew(_ name: String, bytes: Int) async throws -> String {
    let context = directory.file("build")
    try FileManager.default.createDirectory(atPath: context, withIntermediateDirectories: true)
    var generator = SystemRandomNumberGenerator()
    let words = (0..<bytes / 8).map { _ in generator.next() as UInt64 }
    try words.withUnsafeBytes { Data($0) }.write(to: URL(filePath: "\(context)/blob"))
    try "FROM \(TestImage.one)\nCOPY blob /blob\n".write(
      toFile: "\(context)/Dockerfile", atomically: true, encoding: .utf8)
    let local = "localhost/mcp-test-new:\(port)"
    let built = try await PodmanEnvironment.podman(["build", "--quiet", "--tag", local, context])
    guard built.code == 0 else { throw RegistryFailure(description: "build: \(built.errors)") }
    let reference = try await push(local, as: name)
    _ = try await PodmanEnvironment.podman(["rmi", "-f", local])
    return reference
  }

  /// The files of the blobs that it has, the largest first.
  public func blobs() -> [String] {
    let root = directory.file("data/docker/registry/v2/blobs")
    let files = (FileManager.default.subpaths(atPath: root) ?? []).filter { $0.hasSuffix("/data") }
    func size(_ path: String) -> Int {
      (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }
    return files.map { "\(root)/\($0)" }.sorted { size($0) > size($1) }
  }

  /// Makes this user's podman trust its CA; returns what takes that back.
  public func trust() throws -> @Sendable () -> Void {
    guard let authority else { return {} }
    let home = ProcessInfo.processInfo.environment["HOME"] ?? ""
    let certificates = "\(home)/.config/containers/certs.d/\(address)"
    try FileManager.default.createDirectory(atPath: certificates, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: authority, toPath: "\(certificates)/ca.crt")
    return { try? FileManager.default.removeItem(atPath: certificates) }
  }

  // MARK: - Files

  private func prepare() async throws {
    if authority != nil { try await makeCertificates() }
    if credentials != nil { try await makePasswords() }
    let tls =
      authority == nil
      ? "" : "  tls: {certificate: \(directory.file("server.crt")), key: \(directory.file("server.key"))}\n"
    let auth =
      credentials == nil ? "" : "auth:\n  htpasswd: {realm: test, path: \(directory.file("htpasswd"))}\n"
    let text = """
      version: 0.1
      log: {level: error}
      storage:
        filesystem: {rootdirectory: \(directory.file("data"))}
      http:
        addr: \(address)
        secret: test
      \(tls)\(auth)
      """
    try text.write(toFile: directory.file("config.yml"), atomically: true, encoding: .utf8)
  }

  private func makeCertificates() async throws {
    try await TestCertificates.make(in: directory)
    try FileManager.default.createDirectory(
      atPath: directory.file("certs"), withIntermediateDirectories: false)
    try FileManager.default.copyItem(
      atPath: directory.file("ca.crt"), toPath: directory.file("certs/ca.crt"))
  }

  /// The registry knows bcrypt only, which the system's `crypt` does.
  private func makePasswords() async throws {
    guard let credentials else { return }
    let program = #"print "$ARGV[0]:", crypt($ARGV[1], '$2y$05$abcdefghijklmnopqrstuu'), "\n""#
    let result = try await Command.run(
      "/usr/bin/perl", ["-e", program, credentials.user, credentials.password])
    guard result.code == 0, result.output.contains("$2y$") else {
      throw RegistryFailure(description: "perl: \(result.errors)")
    }
    try result.output.write(toFile: directory.file("htpasswd"), atomically: true, encoding: .utf8)
  }
}

private struct RegistryFailure: Error, CustomStringConvertible {
  let description: String
}
