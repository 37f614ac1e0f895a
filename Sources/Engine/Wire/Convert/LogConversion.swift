internal import Foundation
internal import SwiftProtobuf

extension Mcp_V1_LogLine {
  /// Creates the message of a line.
  package init(_ line: LogLine) {
    self.init()
    component = line.component
    if let time = line.time { self.time = Google_Protobuf_Timestamp(time) }
    switch line.stream {
    case .stdout: stream = .stdout
    case .stderr: stream = .stderr
    }
    text = line.text
  }
}

extension LogLine {
  /// Creates a line from its message; a stream that is not known is standard output.
  package init(wire: Mcp_V1_LogLine) {
    self.init(
      component: wire.component, time: wire.hasTime ? Date(wire: wire.time) : nil,
      stream: wire.stream == .stderr ? .stderr : .stdout, text: wire.text)
  }
}

extension Mcp_V1_LogsRequest {
  /// Creates the message of a request for output.
  package init(_ target: Target, _ options: LogOptions) {
    self.init()
    self.target = Mcp_V1_Target(target)
    follow = options.follow
    failed = options.failed
    if let tail = options.tail { self.tail = UInt32(clamping: tail) }
    if let since = options.since { self.since = Google_Protobuf_Timestamp(since) }
  }
}

extension LogOptions {
  /// Creates options from the message of a request for output.
  package init(wire: Mcp_V1_LogsRequest) {
    self.init(
      follow: wire.follow, tail: wire.hasTail ? Int(wire.tail) : nil,
      since: wire.hasSince ? Date(wire: wire.since) : nil, failed: wire.failed)
  }
}
