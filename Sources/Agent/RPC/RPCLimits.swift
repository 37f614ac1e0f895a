internal import Engine

/// What one client may take of the agent.
struct RPCLimits: Sendable {
  /// Calls at once on a connection.
  var streamsPerConnection = 100
  /// Connections at once of a user of this machine, or of an address elsewhere.
  var connectionsPerPeer = 64
  /// Connections at once in all, at each door.
  var connections = 512
  /// How long a TLS handshake may take.
  var handshakeTimeout = Duration.seconds(10)
  /// How long a connection from elsewhere may be without a call.
  var idleTimeout = Duration.seconds(900)
  /// Bytes that a connection may send ahead of what the agent takes: files need that, at HTTP/2's 64 KiB the line is idle
  /// most of the time.
  var windowBytes = 4 << 20
  /// Bytes of a frame.
  var frameBytes = RemoteControlPlane.maximumFrameBytes
  /// Bytes of a request message.
  var messageBytes = 16 * 1024 * 1024
  /// How long a connection may be silent before it is asked whether it is still there.
  var keepaliveInterval = Duration.seconds(60)
  /// How long it may take to answer that.
  var keepaliveTimeout = Duration.seconds(20)
  /// The least time between two such questions of a client.
  var clientPingInterval = Duration.seconds(5)
  /// Lines of progress that are kept for a client that reads slowly; the oldest are dropped.
  var progressLines = 256
  /// Log lines or events that are read ahead for a client that reads slowly; then reading waits.
  var streamElements = 512
  /// How often it is looked at again whether whoever opened a stream may still have it.
  var reviewInterval = Duration.seconds(5)
  /// How long an answer of a method that is no stream may take.
  var answerTimeout = Duration.seconds(150)
}
