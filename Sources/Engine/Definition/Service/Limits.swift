/// How much a definition may hold.
///
/// The numbers are far above what a service needs and far below what would hurt an agent.
enum Limits {
  static let components = 64
  static let ports = 128
  static let volumes = 128
  static let arguments = 256
  static let environment = 256
  static let secrets = 64
  static let labels = 128
  static let routes = 64
  static let images = 64
  static let excludes = 256

  /// Bytes of one argument or one variable's value.
  static let valueBytes = 32 << 10
  static let labelKeyBytes = 128
  static let labelValueBytes = 4096

  static let memory: ClosedRange<Int64> = (1 << 20)...(16 << 40)
  static let cpus: ClosedRange<Double> = 0.01...1024
  static let healthRetries = 1...100
  static let healthInterval: ClosedRange<Int64> = 100...86_400_000
  static let healthTimeout: ClosedRange<Int64> = 1...3_600_000
  static let healthStartPeriod: ClosedRange<Int64> = 0...86_400_000
}
