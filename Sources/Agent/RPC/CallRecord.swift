internal import Engine
internal import Foundation
internal import GRPCCore

/// What became of a call, for the node's history.
struct CallRecord: Sendable {
  /// How a call ended.
  enum Outcome: Sendable, Hashable {
    /// It did what was asked.
    case done
    /// It was tried and failed.
    case failed(EngineError.Code, String)
    /// It was not even tried.
    case refused(String)

    /// How a call ended that threw `error`.
    init(_ error: any Error) {
      let failure = (error as? RPCError).flatMap(EngineError.init(status:)) ?? EngineError.wrap(error)
      self = .failed(failure.code, failure.message)
    }
  }

  /// What was called; `nil` where no primitive is behind the method.
  let primitive: Primitive?
  /// Who called; `nil` where that is not known.
  let caller: Caller?
  /// Where the call came from; `nil` where that is not known.
  let peer: Peer?
  /// What it was called with, without secrets.
  let arguments: [String: String]
  /// How it ended.
  let outcome: Outcome
  /// How long it took.
  let duration: Duration

  /// What refusals are counted by: where it came from, without what differs from connection to connection.
  var origin: String { peer.map { "\($0.origin)" } ?? "unknown" }

  /// The event that tells of it.
  func event(at time: Date) -> Event {
    let name = primitive?.name ?? "a call"
    let actor = caller?.actor ?? Actor(kind: .user, name: "unknown")
    var details = arguments
    details["primitive"] = name
    details["peer"] = peer?.description ?? "unknown"
    details["duration_ms"] = String(
      duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000)
    let subject = Self.subject(arguments)
    let message: String
    switch outcome {
    case .done:
      message = "\(actor) called \(name)\(subject)"
      details["result"] = "done"
    case .failed(let code, let reason):
      message = "\(actor) called \(name)\(subject), which failed: \(reason)"
      details["result"] = code.rawValue
    case .refused(let reason):
      message = "\(name) was refused: \(reason)"
      details["result"] = "refused"
    }
    let isRefused = if case .refused = outcome { true } else { false }
    return Event(
      time: time, actor: actor, service: arguments["service"], component: arguments["component"],
      kind: isRefused ? EventKind.denied : EventKind.call, message: message, details: details)
  }

  private static func subject(_ arguments: [String: String]) -> String {
    guard let service = arguments["service"] else { return "" }
    return " for \(service)" + (arguments["component"].map { "/\($0)" } ?? "")
  }
}

extension BearerToken {
  /// The bearer token of a call, RFC 6750, 2.1; `nil` where it carries none.
  ///
  /// Throws `unauthenticated` for several, or for another scheme.
  static func read(_ metadata: Metadata) throws(EngineError) -> String? {
    var values = metadata[stringValues: "authorization"].makeIterator()
    guard let value = values.next() else { return nil }
    guard values.next() == nil, value.utf8.count <= maximumBytes + 7, value.lowercased().hasPrefix("bearer ")
    else {
      throw EngineError(
        .unauthenticated, "the call's authorization is not one bearer token",
        hint: "send `authorization: Bearer <token>`")
    }
    return String(value.dropFirst(7))
  }
}
