internal import Foundation

/// An answer of podman that says no.
struct PodmanFailure: Error, Hashable, Sendable {
  /// The HTTP status.
  var status: Int
  /// Podman's words, without the noise.
  var words: String

  /// Reads podman's error body.
  init(status: Int, body: Data) {
    self.status = status
    if let report = try? JSONDecoder().decode(Report.self, from: body) {
      words = Self.clean(report.message ?? report.cause ?? "", cause: report.cause ?? "")
    } else {
      words = String(decoding: body.prefix(2_000), as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
    if words.isEmpty { words = "podman answered with status \(status) and said nothing else" }
  }

  /// Turns it into an error: `message` says what was being done, podman's words are the cause.
  func error(
    _ message: String, code: EngineError.Code? = nil, hint: String? = nil
  ) -> EngineError {
    EngineError(code ?? self.code, message, cause: words, hint: hint)
  }

  /// What the status alone says.
  var code: EngineError.Code {
    switch status {
    case 400: .invalidArgument
    case 401: .unauthenticated
    case 403: .permissionDenied
    case 404: .notFound
    case 409: .conflict
    default: .operationFailed
    }
  }

  /// Makes podman's chain of wrapped errors readable.
  ///
  /// Only for people; nothing is decided on it. Podman appends the class of an error to its text and puts the names
  /// of the programs it called in front: both say nothing to an operator.
  static func clean(_ message: String, cause: String) -> String {
    var text = message.trimmingCharacters(in: .whitespacesAndNewlines)
    if !cause.isEmpty, text.hasSuffix(": \(cause)"), text.count > cause.count + 2 {
      text = String(text.dropLast(cause.count + 2))
    }
    if let start = text.range(of: "unable to start container process: ") {
      text = String(text[start.upperBound...])
    }
    for prefix in ["runc: ", "crun: ", "runc create failed: ", "create failed: ", "OCI runtime error: "]
    where text.hasPrefix(prefix) {
      text = String(text.dropFirst(prefix.count))
    }
    return text
  }

  private struct Report: Decodable {
    var cause: String?
    var message: String?
  }
}
