package import Foundation
package import SwiftProtobuf

extension Google_Protobuf_Timestamp {
  /// The seconds of the years 1 to 9999, which is what a timestamp may hold.
  private static let representable = -62_135_596_800.0...253_402_300_799.0

  /// Creates a timestamp.
  ///
  /// A time outside the years 1 to 9999 becomes the nearest in them, one that is no number the epoch.
  package init(_ date: Date) {
    let time = date.timeIntervalSince1970
    let bounded =
      time.isNaN ? 0 : min(max(time, Self.representable.lowerBound), Self.representable.upperBound)
    let whole = bounded.rounded(.down)
    // Microseconds are what a date of our days holds; more digits would only show binary fractions.
    var micros = Int64(((bounded - whole) * 1_000_000).rounded())
    self.init(seconds: Int64(whole))
    if micros == 1_000_000 {
      seconds += 1
      micros = 0
    }
    nanos = Int32(micros) * 1_000
  }
}

extension Date {
  /// Creates a date from whatever a timestamp holds.
  package init(wire: Google_Protobuf_Timestamp) {
    self.init(timeIntervalSince1970: Double(wire.seconds) + Double(wire.nanos) / 1_000_000_000)
  }
}
