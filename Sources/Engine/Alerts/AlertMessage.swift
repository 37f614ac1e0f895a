internal import Foundation

/// What a sink is sent: one notice, or several at once where many came together.
struct AlertMessage: Sendable {
  /// The node that they are from.
  var node: String
  /// Oldest first; at least one.
  var notices: [AlertNotice]

  /// One line: what it is about.
  var title: String {
    guard notices.count == 1, let only = notices.first else {
      let firing = notices.count { $0.state == .firing }
      return "[\(node)] \(firing) alerts, \(notices.count - firing) resolved"
    }
    return "[\(node)] \(Self.word(only)): \(only.alert.summary)"
  }

  /// A line for each.
  var text: String {
    notices.map { notice in
      let time = notice.alert.since.formatted(.iso8601)
      let end = notice.alert.resolvedAt.map { ", until \($0.formatted(.iso8601))" } ?? ""
      return "\(Self.word(notice)): \(notice.alert.summary) (since \(time)\(end); \(notice.alert.key))"
    }.joined(separator: "\n")
  }

  /// The most urgent of what is not over; `nil` where all of it is.
  var severity: Alert.Severity? { notices.filter { $0.state == .firing }.map(\.alert.severity).max() }

  /// The documented JSON: `{"node": …, "alerts": [{"state": …, "key": …, …}]}`.
  var json: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      encoder.dateEncodingStrategy = .iso8601
      return try encoder.encode(
        Document(
          node: node,
          alerts: notices.map { notice in
            let alert = notice.alert
            return Document.Entry(
              state: notice.state.rawValue, id: alert.id, key: alert.key, severity: alert.severity.rawValue,
              summary: alert.summary, service: alert.service, component: alert.component, since: alert.since,
              until: alert.resolvedAt, count: alert.count)
          }))
    }
  }

  private struct Document: Encodable {
    struct Entry: Encodable {
      var state: String
      var id: Int64
      var key: String
      var severity: String
      var summary: String
      var service: String?
      var component: String?
      var since: Date
      var until: Date?
      var count: Int
    }

    var node: String
    var alerts: [Entry]
  }

  private static func word(_ notice: AlertNotice) -> String {
    notice.state == .resolved ? "resolved" : notice.alert.severity.rawValue
  }
}
