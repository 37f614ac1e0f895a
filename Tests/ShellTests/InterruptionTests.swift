import Synchronization
import Testing

@testable import Shell

@Suite struct InterruptionTests {
  private final class Log: Sendable {
    private let words = Mutex<[String]>([])
    func add(_ word: String) { words.withLock { $0.append(word) } }
    var all: [String] { words.withLock { $0 } }
  }

  private func make() -> (Interruption, Log) {
    let log = Log()
    let interruption = Interruption(takesSignals: false) { log.add("exit") }
    interruption.onInterrupt { log.add("cancel") }
    interruption.setNotice { log.add("notice") }
    return (interruption, log)
  }

  @Test func `the first interrupt cancels and the second one exits`() {
    let (interruption, log) = make()
    #expect(!interruption.happened)
    interruption.interrupt()
    #expect(interruption.happened)
    #expect(log.all == ["notice", "cancel"])
    interruption.interrupt()
    #expect(log.all == ["notice", "cancel", "exit"])
  }

  @Test func `an interrupt at a question exits and one in an editor is the editor's`() async {
    let (interruption, log) = make()
    await interruption.during(.ignore) { interruption.interrupt() }
    #expect(log.all == [])
    await interruption.during(.exit) { interruption.interrupt() }
    #expect(log.all == ["exit"])
    interruption.interrupt()
    #expect(log.all == ["exit", "notice", "cancel"])
  }
}
