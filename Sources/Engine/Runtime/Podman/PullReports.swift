internal import Foundation

/// Makes progress of what podman says while it pulls: which layers there are, and how many of their bytes have come.
struct PullReports {
  private struct Layer {
    var current: Int64 = 0
    var total: Int64?
    var isDone = false
  }

  private struct Line: Decodable {
    struct Detail: Decodable {
      var current: Int64?
      var total: Int64?
    }

    /// What podman's own interface says, in words.
    var stream: String?
    /// What Docker's interface says of the layer ``id``.
    var status: String?
    var id: String?
    var progressDetail: Detail?
    var error: String?
  }

  let reference: String
  private var layers: [String: Layer] = [:]
  private var last = ""

  init(reference: String) { self.reference = reference }

  /// Takes a line in; returns progress where it says something new.
  ///
  /// Throws what the line says went wrong.
  mutating func take(_ bytes: [UInt8]) throws(EngineError) -> PullProgress? {
    guard let line = try? JSONDecoder().decode(Line.self, from: Data(bytes)) else { return nil }
    if let words = line.error, !words.isEmpty { throw PullFailure.error(words, pulling: reference) }
    if let status = line.status, let id = line.id {
      take(status, of: id, line.progressDetail)
      return say(summary)
    }
    return say(line.stream?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "")
  }

  private mutating func take(_ status: String, of id: String, _ detail: Line.Detail?) {
    var layer = layers[id] ?? Layer()
    layer.current = detail?.current ?? layer.current
    layer.total = detail?.total ?? layer.total
    if ["Download complete", "Pull complete", "Already exists"].contains(status) {
      layer.isDone = true
      layer.current = layer.total ?? layer.current
    }
    layers[id] = layer
  }

  private var summary: String {
    let done = layers.values.count(where: \.isDone)
    var text = "\(done) of \(layers.count) layers"
    let total = layers.values.compactMap(\.total).reduce(0, +)
    if total > 0 {
      let current = layers.values.filter { $0.total != nil }.map(\.current).reduce(0, +)
      text += ", \(Self.megabytes(current)) of \(Self.megabytes(total)) MB"
    }
    return text
  }

  private static func megabytes(_ bytes: Int64) -> String {
    let tenths = (bytes + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10)"
  }

  private mutating func say(_ message: String) -> PullProgress? {
    guard !message.isEmpty, message != last else { return nil }
    last = message
    return PullProgress(message: message)
  }
}
