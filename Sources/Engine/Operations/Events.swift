extension Orchestrator {
  /// Returns history, oldest first; with `follow` it goes on.
  public func events(_ query: EventQuery) -> AsyncThrowingStream<Event, any Error> {
    context.events.stream(query)
  }
}
