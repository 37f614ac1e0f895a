internal import Foundation
internal import Glibc

extension PodmanRuntime {
  /// Starts a container and returns it as it is then, which may be ended already.
  ///
  /// Throws `conflict` where a host port is taken, `operationFailed` with podman's words where its command cannot be
  /// run, and also where podman holds a dead container for running: then only removing and creating it again helps.
  @discardableResult
  public func start(_ id: String) async throws -> Instance {
    let entry = try await requireOwned(id, to: "start")
    let request = PodmanRequest(
      .post, "/containers/\(PodmanRequest.segment(id))/start", limit: configuration.changeTimeout,
      purpose: "start \(entry.name)", isRepeatable: true)
    let answer = try await client.call(request)
    switch answer.status {
    case 304: return try await seeThrough(id, entry)
    case 404:
      owned.forget(id)
      throw answer.failure.error("there is no container \(entry.name)", code: .notFound)
    case 200..<300:
      owned.setStopped(id, false)
      let found = try await inspection(of: id, to: "start")
      return instance(of: found, entry: try noteIfOwned(found, to: "start"))
    default: throw await explainStart(answer.failure, id, entry)
    }
  }

  /// Podman says that it runs already: believe it only if the process is there.
  private func seeThrough(_ id: String, _ entry: OwnedContainers.Entry) async throws -> Instance {
    let found = try await settledInspection(of: id, to: "start")
    let instance = instance(of: found, entry: entry)
    guard instance.state.isUp else {
      throw EngineError(
        .operationFailed,
        "cannot start \(entry.name): podman holds it for \(found.state.status), but its process is gone",
        hint: "it has to be removed and created again; its monitor (conmon) was killed")
    }
    owned.setStopped(id, false)
    return instance
  }

  private func explainStart(
    _ failure: PodmanFailure, _ id: String, _ entry: OwnedContainers.Entry
  ) async -> EngineError {
    let message = "cannot start \(entry.name)"
    guard let found = try? await inspection(of: id, to: "start"),
      let taken = Self.takenPort(in: found.hostConfig?.portBindings ?? [:])
    else { return failure.error(message) }
    return failure.error(
      "\(message): port \(taken) of this machine is taken", code: .conflict,
      hint: "`ss -lntup` shows who holds it; stop that, or publish another port")
  }

  /// The first host port of these that cannot be listened on because somebody else does.
  ///
  /// Asking the kernel is exact where podman's words differ from one network back end to the next.
  static func takenPort(in bindings: [String: [ContainerInspection.HostConfig.Binding]?]) -> String? {
    for (key, list) in bindings.sorted(by: { $0.key < $1.key }) {
      let isUDP = key.hasSuffix("/udp")
      for binding in list ?? [] {
        guard let port = binding.hostPort.flatMap(UInt16.init), port > 0 else { continue }
        let address = binding.hostIP.flatMap { $0.isEmpty ? nil : $0 }
        if isTaken(address ?? "0.0.0.0", port: port, isUDP: isUDP) {
          return (address.map { "\($0):" } ?? "") + "\(port)" + (isUDP ? "/udp" : "")
        }
      }
    }
    return nil
  }

  private static func isTaken(_ address: String, port: UInt16, isUDP: Bool) -> Bool {
    let isIPv6 = address.contains(":")
    let kind = Int32((isUDP ? SOCK_DGRAM : SOCK_STREAM).rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, kind, 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // Connections that linger after a close do not count: who listens now sets this too.
    var one: Int32 = 1
    if !isUDP {
      setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
    }
    func isInUse<Address>(_ value: Address) -> Bool {
      withUnsafePointer(to: value) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size)) < 0 && errno == EADDRINUSE
        }
      }
    }
    if isIPv6 {
      var value = sockaddr_in6()
      value.sin6_family = sa_family_t(AF_INET6)
      value.sin6_port = port.bigEndian
      guard inet_pton(AF_INET6, address, &value.sin6_addr) == 1 else { return false }
      return isInUse(value)
    }
    var value = sockaddr_in()
    value.sin_family = sa_family_t(AF_INET)
    value.sin_port = port.bigEndian
    guard inet_pton(AF_INET, address, &value.sin_addr) == 1 else { return false }
    return isInUse(value)
  }
}
