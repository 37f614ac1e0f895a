internal import Foundation
internal import Logging
internal import NIOCore
internal import NIOPosix

/// Listens on the ports of routes and forwards what arrives to the objects behind them.
///
/// It lives in a process of its own, which the agent starts and tells what to do, so that neither connections nor
/// listening sockets end with the agent.
actor Forwarder {
  private struct Entry {
    var rule: ForwardRule
    var listener: ForwardListener
  }

  private let group = MultiThreadedEventLoopGroup.singleton
  private let counts = ConnectionCounts()
  private var entries: [String: Entry] = [:]
  private var isRetired = false

  /// Makes `rules` the ones that are carried out and answers which could not be; a rule that cannot replaces nothing.
  ///
  /// Throws `unavailable` once it has retired.
  func apply(_ rules: [ForwardRule]) async throws(EngineError) -> [String: String] {
    guard !isRetired else { throw EngineError(.unavailable, "this forwarder has retired") }
    let wanted = Set(rules.map(\.id))
    for id in entries.keys where !wanted.contains(id) { await close(id) }
    // What moves to another port lets go of its own first: two may have changed places.
    for rule in rules {
      if let entry = entries[rule.id], entry.rule.listen.claim != rule.listen.claim { await close(rule.id) }
    }
    var failures: [String: String] = [:]
    for rule in rules {
      if let entry = entries[rule.id] {
        entry.listener.backend = rule.backend
        entries[rule.id]?.rule = rule
        continue
      }
      do {
        let listener = try await open(rule)
        entries[rule.id] = Entry(rule: rule, listener: listener)
      } catch {
        failures[rule.id] = Self.reason(error)
      }
    }
    return failures
  }

  /// What is forwarded now, and over how many connections.
  func report(failures: [String: String] = [:]) -> ForwardReport {
    ForwardReport(
      pid: Int(ProcessInfo.processInfo.processIdentifier),
      rules: entries.values.map(\.rule).sorted { $0.id < $1.id }, failures: failures,
      connections: counts.all)
  }

  /// Listens no more and takes no more rules; connections that there are go on.
  func retire() async {
    isRetired = true
    for id in entries.keys { await close(id) }
  }

  /// As ``retire()``, where there is nothing to do; returns whether it did.
  func retireIfIdle() -> Bool {
    if isIdle { isRetired = true }
    return isRetired
  }

  /// Whether there is nothing to do.
  var isIdle: Bool { entries.isEmpty && counts.all.isEmpty }

  private func open(_ rule: ForwardRule) async throws -> ForwardListener {
    let port = rule.listen.hostPort
    do {
      // Every address: the one of IPv6 takes both kinds.
      return try await open(rule, host: rule.listen.hostIP ?? "::", port: port)
    } catch let error as IOError
      where rule.listen.hostIP == nil && [EAFNOSUPPORT, EADDRNOTAVAIL].contains(error.errnoCode)
    {
      return try await open(rule, host: "0.0.0.0", port: port)
    }
  }

  private func open(_ rule: ForwardRule, host: String, port: Int) async throws -> ForwardListener {
    switch rule.listen.transport {
    case .tcp:
      try await TCPForward.listen(host: host, port: port, backend: rule.backend, counts: counts, on: group)
    case .udp: try await UDPForward.listen(host: host, port: port, backend: rule.backend, on: group)
    }
  }

  private func close(_ id: String) async { await entries.removeValue(forKey: id)?.listener.close() }

  private static func reason(_ error: any Error) -> String {
    guard let error = error as? IOError else { return "\(error)" }
    return String(cString: strerror(error.errnoCode))
  }
}

extension PortMapping {
  /// What of the host it takes.
  fileprivate var claim: PortMapping {
    PortMapping(hostIP: hostIP, hostPort: hostPort, containerPort: hostPort, transport: transport)
  }
}
