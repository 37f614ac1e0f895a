internal import CLua

/// The system's Lua library, over which scripts will run.
public enum LuaLibrary {
  /// The release in use, such as `Lua 5.4.4`.
  public static var release: String { String(cString: clua_release()) }
}
