/// The version of this program.
public enum Version {
  /// The release that the command line and the agent report, as in semantic versioning.
  public static let current = "0.1.0"
}
