import Foundation
import Testing

@testable import Engine

@Suite struct MailTextTests {
  @Test func `plain headers stay as they are, others become encoded words of at most 75 characters`() {
    #expect(MailText.header("[rift] critical: web-api is gone") == "[rift] critical: web-api is gone")
    #expect(MailText.header("ü") == "=?utf-8?B?w7w=?=")
    let long = MailText.header(String(repeating: "ünïcödé ", count: 30))
    for word in long.split(separator: " ") { #expect(word.count <= 75) }
  }

  @Test func `nothing in a header begins a new line`() {
    #expect(!MailText.header("a\r\nBcc: everybody@example").contains { $0.isNewline })
  }

  @Test func `a message has its lines ended as mail wants it, and no line begins with a dot`() {
    let message = MailText.message(
      from: "a@example", to: ["b@example", "c@example"], subject: "x",
      text: ".\n..\nlong " + String(repeating: "y", count: 2000),
      id: "1@rift", at: Date(timeIntervalSince1970: 0))
    let lines = message.components(separatedBy: "\r\n")
    #expect(
      lines.allSatisfy {
        !$0.contains("\n") && !$0.contains("\r") && $0.utf8.count <= 998 && !$0.hasPrefix(".")
      })
    #expect(lines.contains("To: b@example, c@example"))
    #expect(lines.contains("Date: Thu, 1 Jan 1970 00:00:00 +0000"))
    let body = lines.drop { !$0.isEmpty }.joined()
    let text = Data(base64Encoded: body).map { String(decoding: $0, as: UTF8.self) }
    #expect(text?.hasPrefix(".\n..\nlong yyy") == true)
  }
}
