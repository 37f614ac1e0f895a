import ArgumentParser

/// A number on the command line that is not negative, as in `--lines 20`.
struct CountArgument: ExpressibleByArgument, Equatable {
  var count: Int

  init?(argument: String) {
    guard let count = Int(argument), count >= 0 else { return nil }
    self.count = count
  }
}
