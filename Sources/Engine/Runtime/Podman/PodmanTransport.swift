internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Carries requests to one socket: connections, deadlines, no knowledge of what is asked.
final class PodmanTransport: Sendable {
  /// The connection failed, as opposed to an answer that says no.
  struct ConnectionFailure: Error, Sendable {
    /// The request certainly never reached podman.
    var neverSent: Bool
    var words: String
  }

  /// Answers are collected up to this size; a list of ten thousand containers stays below it.
  private static let largestBody = 64 << 20

  /// Calls come and go over a few connections.
  ///
  /// Streams hold theirs, so they have a pool of their own: many followed logs must not keep a stop waiting.
  private let calls: HTTPClient
  private let streams: HTTPClient
  private let isShutDown = Mutex(false)

  init() {
    calls = Self.makeClient(connections: 16)
    streams = Self.makeClient(connections: 4_096)
  }

  deinit {
    guard !isShutDown.withLock({ $0 }) else { return }
    calls.shutdown { _ in }
    streams.shutdown { _ in }
  }

  /// Closes all connections; a later request fails.
  func shutDown() async {
    let first = isShutDown.withLock { isShutDown in
      defer { isShutDown = true }
      return !isShutDown
    }
    guard first else { return }
    try? await calls.shutdown()
    try? await streams.shutdown()
  }

  /// Sends a request and collects the answer, whatever its status.
  ///
  /// Throws `timeout` when `limit` has passed, ``ConnectionFailure`` where there is no connection.
  func call(_ request: PodmanRequest, socket: String, limit: Duration) async throws -> PodmanResponse {
    let outgoing = Self.outgoing(request, socket: socket)
    let client = calls
    return try await RuntimeDeadline.run(within: limit, otherwise: { Self.timeout(request, limit, socket) }) {
      do {
        let answer = try await client.execute(outgoing, deadline: .distantFuture)
        let body = try await answer.body.collect(upTo: Self.largestBody)
        return PodmanResponse(
          status: Int(answer.status.code), body: Data(body.readableBytesView),
          version: answer.headers.first(name: "Libpod-API-Version"))
      } catch {
        throw Self.classify(error)
      }
    }
  }

  /// Sends a request and returns when its answer begins; the answer's body is read as the caller goes on.
  func open(
    _ request: PodmanRequest, socket: String, limit: Duration
  ) async throws -> (status: Int, body: PodmanByteStream) {
    let outgoing = Self.outgoing(request, socket: socket)
    let client = streams
    return try await RuntimeDeadline.run(within: limit, otherwise: { Self.timeout(request, limit, socket) }) {
      do {
        let answer = try await client.execute(outgoing, deadline: .distantFuture)
        return (Int(answer.status.code), PodmanByteStream(answer.body))
      } catch {
        throw Self.classify(error)
      }
    }
  }

  private static func makeClient(connections: Int) -> HTTPClient {
    var configuration = HTTPClient.Configuration(timeout: .init(connect: .seconds(5)))
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.idleTimeout = .seconds(30)
    configuration.httpVersion = .http1Only
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  private static func outgoing(_ request: PodmanRequest, socket: String) -> HTTPClientRequest {
    var outgoing = HTTPClientRequest(url: "http+unix://\(PodmanRequest.segment(socket))\(request.target)")
    outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
    // HTTP/1.1 requires the header; a URL of a socket names no host to make it from.
    outgoing.headers.add(name: "Host", value: "podman")
    for header in request.headers { outgoing.headers.add(name: header.name, value: header.value) }
    if let body = request.body {
      outgoing.headers.add(name: "Content-Type", value: "application/json")
      outgoing.body = .bytes(ByteBuffer(bytes: body))
    }
    return outgoing
  }

  private static func timeout(_ request: PodmanRequest, _ limit: Duration, _ socket: String) -> EngineError {
    EngineError(
      .timeout, "cannot \(request.purpose): podman has not answered for \(limit.components.seconds) s",
      hint:
        "the service on \(socket) hangs or is overloaded; `podman ps` as the same user shows whether podman"
        + " itself works, and ending the service (`podman system service`) makes the agent start another")
  }

  /// Tells a lost connection from the end of the calling task.
  static func classify(_ error: any Error) -> any Error {
    switch error {
    case is CancellationError, is EngineError, is ConnectionFailure: return error
    case let error as HTTPClientError where error == .cancelled: return CancellationError()
    case let error as HTTPClientError where error == .connectTimeout:
      return ConnectionFailure(neverSent: true, words: "the socket accepts no connections")
    case let error as IOError where [ECONNREFUSED, ENOENT, EAGAIN, EACCES].contains(error.errnoCode):
      return ConnectionFailure(neverSent: true, words: String(cString: strerror(error.errnoCode)))
    case let error as IOError:
      return ConnectionFailure(neverSent: false, words: String(cString: strerror(error.errnoCode)))
    default: return ConnectionFailure(neverSent: false, words: String(describing: error))
    }
  }
}

/// The bytes of an answer as they arrive, read by one consumer at the consumer's pace.
///
/// Dropping it closes the connection.
///
/// `@unchecked Sendable`: `iterator` is only touched inside ``next()``, and a stream has one consumer that awaits
/// each call before the next; the type is handed over, never shared.
final class PodmanByteStream: @unchecked Sendable {
  private var iterator: HTTPClientResponse.Body.AsyncIterator

  init(_ body: HTTPClientResponse.Body) { iterator = body.makeAsyncIterator() }

  /// The next bytes; `nil` at the end.
  ///
  /// Throws ``PodmanTransport/ConnectionFailure`` or `CancellationError`.
  func next() async throws -> ByteBuffer? {
    do {
      return try await iterator.next()
    } catch {
      throw PodmanTransport.classify(error)
    }
  }

  /// The rest, up to a megabyte: what an error's body needs.
  func collect() async throws -> Data {
    var data = Data()
    while data.count < 1 << 20, let part = try await next() {
      data.append(contentsOf: part.readableBytesView)
    }
    return data
  }
}
