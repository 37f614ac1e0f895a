extension AgentConfiguration {
  /// Returns the keys that are set to something else than their default and that this version only reads.
  ///
  /// This is the one place that knows them; an agent warns about them when it starts.
  public func notYetCarriedOut() -> [String] {
    let standard = AgentConfiguration(databasePath: database.path)
    let keys: [(String, Bool)] = [
      ("server.listen", server.listen != nil),
      ("server.tls_cert", server.tlsCertificate != nil),
      ("server.tls_key", server.tlsKey != nil),
      ("mcias.server_url", mcias.serverURL != nil),
      ("mcias.service_name", mcias.serviceName != standard.mcias.serviceName),
      ("mcias.ca_cert", mcias.caCertificate != nil),
    ]
    return keys.filter(\.1).map(\.0)
  }
}
