/// What a simulated object does when it is started.
public struct SimulatedProgram: Hashable, Sendable {
  /// Says for an object what it does, each time it is started.
  public typealias Handler = @Sendable (InstanceSpec) -> SimulatedProgram

  /// The lines that it writes.
  public var output: [String]
  /// The code with which it ends right after it was started; `nil` where it runs on.
  public var exitCode: Int?
  /// Whether it pays no attention to its stop signal and has to be killed.
  public var ignoresStop: Bool

  /// Creates a program, by default one that runs silently until it is asked to stop.
  public init(output: [String] = [], exitCode: Int? = nil, ignoresStop: Bool = false) {
    self.output = output
    self.exitCode = exitCode
    self.ignoresStop = ignoresStop
  }
}
