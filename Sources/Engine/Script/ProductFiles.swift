internal import Foundation

/// Where the files lie that come with the product: modules, examples of hooks, the API's stubs.
public enum ProductFiles {
  /// The directory: `MCP_SHARE`, else `share/mcp` beside the directory of the running program; `nil` where neither is.
  public static let directory: String? = {
    if let given = ProcessInfo.processInfo.environment["MCP_SHARE"], given.hasPrefix("/") { return given }
    guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
      return nil
    }
    let bin = (program as NSString).deletingLastPathComponent
    let path = ((bin as NSString).deletingLastPathComponent as NSString).appendingPathComponent("share/mcp")
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
      ? path : nil
  }()
}
