internal import Foundation

extension Orchestrator {
  /// The longest that alerts may be silenced.
  static let longestSilence = Duration.seconds(365 * 86_400)

  /// Tells nobody of some alerts for a while; what is still wrong afterwards is told then.
  ///
  /// Throws `invalidArgument` for a match or a time that makes no sense.
  public func silence(_ request: SilenceRequest) async throws -> Silence {
    let match = request.match
    guard !match.isEmpty, match.utf8.count <= 200, !match.contains(where: \.isNewline) else {
      throw EngineError(
        .invalidArgument, "\(Text.quoted(match)) matches no alert",
        hint: "name a service, service/component, or the key of an alert as `mcp alerts` shows it")
    }
    guard request.duration > .zero, request.duration <= Self.longestSilence else {
      throw EngineError(.invalidArgument, "alerts are silenced for a time up to a year")
    }
    try await admit(.silence, nil)
    let time = context.now()
    let until = time.addingTimeInterval(request.duration.seconds)
    let span = DurationText.format(request.duration)
    let silence = Silence(
      id: 0, match: match, until: until, reason: request.reason, actor: caller.actor, createdAt: time)
    let why = request.reason.isEmpty ? "" : ": \(request.reason)"
    let (kept, stored) = try await context.registry.addSilence(
      silence,
      event: Event(
        time: time, actor: caller.actor, kind: EventKind.silence,
        message: "alerts of \(match) are silenced for \(span)\(why)",
        details: ["match": match, "until": until.formatted(.iso8601), "peer": caller.peer]))
    await context.events.announce(stored)
    return kept
  }

  /// Ends a silence; throws `notFound` where there is none of that number.
  public func unsilence(_ id: Int64) async throws {
    try await admit(.unsilence, nil)
    let stored = try await context.registry.removeSilence(
      id,
      event: Event(
        time: context.now(), actor: caller.actor, kind: EventKind.silence,
        message: "the silence \(id) was ended",
        details: ["id": "\(id)", "peer": caller.peer]))
    guard let stored else {
      throw EngineError(.notFound, "there is no silence \(id)", hint: "mcp alerts shows what is silenced")
    }
    await context.events.announce(stored)
    await context.alerts.release()
  }
}
