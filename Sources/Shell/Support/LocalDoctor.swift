import Engine

/// Examines what is on this machine rather than on a node.
enum LocalDoctor {
  /// Returns what was found; never throws, because a mistake is a finding.
  static func examine(_ configuration: ClientConfiguration) -> [DoctorFinding] {
    let directory = configuration.servicesDirectory
    do {
      let count = try configuration.definitions().count
      guard count > 0 else {
        return [
          DoctorFinding(
            level: .ok, check: "definitions", message: "there are none yet in \(directory)")
        ]
      }
      return [
        DoctorFinding(
          level: .ok, check: "definitions", message: "\(count) in \(directory), all valid")
      ]
    } catch  where error.code == .notFound {
      return [
        DoctorFinding(
          level: .warning, check: "definitions", message: "there is no directory \(directory)",
          remedy: error.hint)
      ]
    } catch {
      return [
        DoctorFinding(
          level: .failure, check: "definitions",
          message: ([error.description] + error.details).joined(separator: "\n"),
          remedy: error.hint ?? "correct the files in \(directory)")
      ]
    }
  }
}
