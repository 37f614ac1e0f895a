internal import Foundation
internal import Subprocess
internal import Synchronization
public import Testing

/// Images with busybox in them, built on this machine without a network.
public enum TestImage {
  /// The first.
  public static let one = "localhost/mcp-test:1"
  /// The same, as another image.
  public static let two = "localhost/mcp-test:2"
}

/// Whether podman works for the user who runs the tests.
public enum PodmanEnvironment {
  /// Why podman cannot be used; `nil` where it can.
  ///
  /// Looked at once, building the images on the way.
  public static func problem() async -> String? { await check.value }

  /// Throws where podman cannot be used.
  public static func require() async throws {
    if let problem = await problem() {
      throw PodmanMissing(description: "podman does not work here: \(problem)")
    }
  }

  /// Runs the `podman` command; kills it after `deadline`.
  ///
  /// Not through Foundation's `Process`: that believes a program running as long as anything has inherited a descriptor
  /// of it, and a container's monitor does.
  @discardableResult
  public static func podman(
    _ arguments: [String], deadline: Duration = .seconds(60)
  ) async throws -> CommandResult {
    try await withThrowingTaskGroup(of: CommandResult.self) { group in
      group.addTask {
        let result = try await Subprocess.run(
          .name("podman"), arguments: Arguments(arguments), output: .string(limit: 1 << 24),
          error: .string(limit: 1 << 20))
        let code =
          switch result.terminationStatus {
          case .exited(let code): Int(code)
          case .signaled(let signal): 128 + Int(signal)
          }
        return CommandResult(
          code: code, output: result.standardOutput, errors: result.standardError)
      }
      group.addTask {
        try await Task.sleep(for: deadline)
        throw PodmanMissing(description: "podman \(arguments.joined(separator: " ")) takes too long")
      }
      defer { group.cancelAll() }
      guard let result = try await group.next() else { throw CancellationError() }
      return result
    }
  }

  /// Whether tests that need podman run: where it works, and where they are required to, so that they fail.
  public static func isUsable() async -> Bool {
    if ProcessInfo.processInfo.environment["MCP_TEST_REQUIRE_PODMAN"] == "1" { return true }
    guard let problem = await problem() else { return true }
    if announced.exchange(true, ordering: .relaxed) == false {
      FileHandle.standardError.write(Data("tests that need podman are skipped: \(problem)\n".utf8))
    }
    return false
  }

  private static let announced = Atomic<Bool>(false)

  private static let check = Task<String?, Never> {
    let environment = ProcessInfo.processInfo.environment
    for name in ["HOME", "XDG_RUNTIME_DIR"] where (environment[name] ?? "").isEmpty {
      return "\(name) is not set"
    }
    do {
      for name in [TestImage.one, TestImage.two] {
        if let problem = try await build(name) { return problem }
      }
      let run = try await podman(["run", "--rm", "--network", "none", TestImage.one, "true"])
      return run.code == 0 ? nil : "`podman run` failed: \(run.errors.suffix(500))"
    } catch {
      return "`podman` cannot be run: \(error)"
    }
  }

  private static func build(_ name: String) async throws -> String? {
    if try await podman(["image", "exists", name]).code == 0 { return nil }
    guard FileManager.default.isExecutableFile(atPath: "/bin/busybox") else {
      return "there is no /bin/busybox (package busybox-static)"
    }
    let directory = try TemporaryDirectory()
    defer { directory.remove() }
    try FileManager.default.copyItem(atPath: "/bin/busybox", toPath: directory.file("busybox"))
    try """
    FROM scratch
    COPY busybox /bin/busybox
    RUN ["/bin/busybox", "mkdir", "-p", "/tmp", "/etc", "/data"]
    RUN ["/bin/busybox", "--install", "-s", "/bin"]
    RUN ["/bin/busybox", "sh", "-c", "echo root:x:0:0:root:/:/bin/sh > /etc/passwd; echo www:x:33:33:www:/:/bin/sh >> /etc/passwd; echo \(name) > /etc/release"]
    CMD ["sh"]
    """.write(toFile: directory.file("Containerfile"), atomically: true, encoding: .utf8)
    let result = try await podman(
      ["build", "--quiet", "--network", "none", "--tag", name, directory.path], deadline: .seconds(120))
    return result.code == 0 ? nil : "`podman build` failed: \(result.errors.suffix(500))"
  }
}

/// Podman is needed and does not work.
public struct PodmanMissing: Error, CustomStringConvertible {
  /// Why.
  public let description: String
}

extension Trait where Self == ConditionTrait {
  /// Skips tests where podman does not work for this user; with `MCP_TEST_REQUIRE_PODMAN=1` they run and fail instead.
  public static var requiresPodman: Self {
    .enabled("podman works for this user (see standard error for why not)") {
      await PodmanEnvironment.isUsable()
    }
  }
}
