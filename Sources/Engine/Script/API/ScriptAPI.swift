/// Everything that scripts can call: the global table `mcp`.
public enum ScriptAPI {
  /// Every function, in the order of the reference.
  public static let functions: [APIFunction] =
    reading + operating + adopting + secret + token + file + alerting + waiting + booting + reacting
    + structure
    + surroundings
    + storing
    + encoding
    + testing

  /// Every record that functions return or take.
  public static let records: [APIRecord] = [
    node, serviceSummary, service, componentRecord, actor, component, drift, event, status, result,
    plannedStep,
    fieldChange, revision, syncResult, logLine, execResult, finding, operation, scriptInfo, hookInfo,
    scriptReport, secretInfo, tokenInfo, issuedToken, transfer, bootReport, bootProgress, bootProgressStage,
    bootStage, bootDeclaration,
    bootState,
    adoptReport, adoptedService, adoptedMember, alertList, alert, silence, alertTest, httpResponse, outcome,
    failure,
  ]

  /// The function of that name, with or without `mcp.` before it.
  public static func function(_ name: String) -> APIFunction? {
    let name = name.hasPrefix("mcp.") ? String(name.dropFirst(4)) : name
    return functions.first { $0.name == name }
  }
}
