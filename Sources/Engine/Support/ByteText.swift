/// Counts of bytes as people read them: rounded, in the largest unit that gives at least 1.
public enum ByteText {
  /// Returns such as `512 B`, `1.5 KiB`, `330 MiB`.
  public static func format(_ bytes: UInt64) -> String {
    var value = Double(bytes)
    for unit in ["B", "KiB", "MiB", "GiB"] {
      if value < 1024 {
        let tenths = (value * 10).rounded() / 10
        return value >= 100 || tenths == tenths.rounded()
          ? "\(Int(value.rounded())) \(unit)" : "\(tenths) \(unit)"
      }
      value /= 1024
    }
    return "\((value * 10).rounded() / 10) TiB"
  }
}
