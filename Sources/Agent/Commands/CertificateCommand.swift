import ArgumentParser
import Engine
import Foundation

/// `mcp-agent certificate`.
struct CertificateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certificate",
    abstract: "Make the certificate that the agent shows, or renew it.",
    discussion: """
      The node's own CA signs it, which is made the first time and kept: operators who have stored it need not do anything \
      when the certificate is renewed. An agent that runs takes the new one over, and no connection breaks.

      Examples:
        mcp-agent certificate --name rift.example --name 100.95.252.120
        mcp-agent certificate                    renew it for the same names
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(
    name: .customLong("name"),
    help: "A name or an IP address under which operators reach this node; may be repeated.")
  var names: [String] = []

  func run() throws {
    let configuration = try options.load()
    let files = NodeCertificates(
      directory: configuration.stateDirectory + "/tls", node: configuration.node.name)
    var names = names
    if names.isEmpty { names = try files.names() }
    if names.isEmpty { names = NodeCertificates.ask(listen: configuration.server.listen) }
    let fingerprint = try files.make(names: names)
    print("wrote \(files.certificate) for \(names.joined(separator: ", "))")
    print("the CA's fingerprint, which `mcp node add` shows: \(fingerprint)")
    guard configuration.server.tlsCertificate != files.certificate else { return }
    print(
      """
      to use it, set in \(options.config) under [server], and start the agent again:
        listen = "0.0.0.0:9444"
        tls_cert = "\(files.certificate)"
        tls_key = "\(files.key)"
      """)
  }
}
