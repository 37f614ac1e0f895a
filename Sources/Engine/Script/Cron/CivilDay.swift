/// A day of the Gregorian calendar, without a zone.
struct CivilDay: Hashable, Sendable {
  /// The minutes of a day.
  static let minutes = 24 * 60

  let year: Int
  let month: Int
  let day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day that is so many days after the first of 1970.
  init(number: Int) {
    // Off by one year at most, since leap years are spread evenly over 400 years.
    var year = 1970 + (number * 400).quotientAndRemainder(flooringBy: 146_097).quotient
    if Self.number(ofYear: year) > number { year -= 1 }
    if Self.number(ofYear: year + 1) <= number { year += 1 }
    var rest = number - Self.number(ofYear: year)
    var month = 1
    while rest >= Self.daysInMonth(month, of: year) {
      rest -= Self.daysInMonth(month, of: year)
      month += 1
    }
    self.init(year: year, month: month, day: rest + 1)
  }

  /// How many days it is after the first of 1970.
  var number: Int {
    Self.number(ofYear: year) + (1..<month).reduce(0) { $0 + Self.daysInMonth($1, of: year) } + day - 1
  }

  /// Sunday is 0; the first of 1970 was a Thursday.
  var weekday: Int { (number + 4).quotientAndRemainder(flooringBy: 7).remainder }

  static func daysInMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  /// How many days the first of January is after that of 1970.
  private static func number(ofYear year: Int) -> Int {
    let before = year - 1
    let leapDays = [4, -100, 400].reduce(0) { count, period in
      count + period.signum() * before.quotientAndRemainder(flooringBy: abs(period)).quotient
    }
    // 477 leap days lie before 1970.
    return 365 * (year - 1970) + leapDays - 477
  }
}

extension Int {
  /// Divides so that the remainder is never negative.
  func quotientAndRemainder(flooringBy divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
