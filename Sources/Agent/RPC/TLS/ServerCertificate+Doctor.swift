internal import Engine
internal import Foundation

extension ServerCertificate {
  /// How much of its life a certificate should have left.
  private static let warning: TimeInterval = 30 * 86_400

  /// What there is to say of the certificate for operators elsewhere; nothing where none are let in.
  static func findings(_ server: AgentConfiguration.Server, at time: Date = Date()) -> [DoctorFinding] {
    guard server.listen != nil, let path = server.tlsCertificate, let key = server.tlsKey else { return [] }
    let remedy = "mcp-agent certificate makes a new one, which the agent takes over"
    func finding(_ level: DoctorFinding.Level, _ message: String) -> DoctorFinding {
      DoctorFinding(
        level: level, check: "certificate", message: message, remedy: level == .ok ? nil : remedy)
    }
    do throws(EngineError) {
      try check(certificatePath: path, keyPath: key)
      let text = try AtomicFile.read(path) ?? ""
      guard let facts = try CertificateText.read(text, source: path).first else { return [] }
      let end = facts.notAfter.formatted(.iso8601)
      let names = facts.names.joined(separator: ", ")
      guard facts.notAfter > time else { return [finding(.failure, "\(path) ended on \(end)")] }
      guard facts.notAfter.timeIntervalSince(time) > warning else {
        return [finding(.warning, "\(path) ends on \(end)")]
      }
      return [finding(.ok, "for \(names), until \(end)")]
    } catch {
      return [finding(.failure, "\(error)")]
    }
  }
}
