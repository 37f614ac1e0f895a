import Engine
import Foundation
import TestSupport
import Testing

/// Suites that change what other suites look at run one after another in here.
@Suite(.serialized) struct Serial {}

/// What an HTTP server on this machine answers, without the line's end; `nil` where it does not.
func fetch(_ port: Int) async throws -> String? {
  let result = try await Command.run(
    "/usr/bin/curl", ["-s", "--max-time", "2", "http://127.0.0.1:\(port)/index.html"])
  return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
}
