/// Understands why a pull failed.
///
/// The words of a foreign program decide here, and where the operator's podman is asked for an image of a registry, since
/// there is no other field: a pull reports its failure as a text inside a successful answer. The texts are those of podman 4.3 to 5.x and of the
/// registry protocol; one that is not known here gives `operationFailed`, with the text as its cause.
package enum PullFailure {
  private struct Rule {
    var code: EngineError.Code
    var words: [String]
    var meaning: String
    var hint: String
  }

  private static let rules = [
    Rule(
      code: .resourceExhausted, words: ["no space left on device", "disk quota exceeded"],
      meaning: "the disk is full",
      hint: "`podman image prune` removes images that nothing uses; `mcp doctor` shows the free space"),
    Rule(
      code: .unauthenticated,
      words: [
        "unauthorized", "authentication required", "invalid username/password",
        "access to the resource is denied",
        "403 (forbidden)", "401 (unauthorized)",
      ],
      meaning: "the registry refuses access",
      hint: "check the name, then `podman login <registry>` as the agent's user"),
    Rule(
      code: .notFound,
      words: ["manifest unknown", "name unknown", "not found", "did not resolve to an alias", "404 ("],
      meaning: "there is no such image", hint: "check the image's name and tag, and that it was pushed"),
    Rule(
      code: .dataLoss,
      words: ["digest did not match", "digest mismatch", "gzip: invalid", "unexpected digest"],
      meaning: "what the registry sends is damaged", hint: "push the image again"),
    Rule(
      code: .unavailable,
      words: [
        "connection refused", "no such host", "i/o timeout", "no route to host", "network is unreachable",
        "connection reset", "tls handshake timeout", "server misbehaving",
        "temporary failure in name resolution",
        "eof",
      ],
      meaning: "the registry cannot be reached",
      hint: "check that the registry runs and that this node can reach it"),
    Rule(
      code: .invalidArgument, words: ["invalid reference format"],
      meaning: "that is no image name",
      hint: "an image is named [registry/]name:tag or [registry/]name@digest"),
    Rule(
      code: .failedPrecondition, words: ["server gave http response to https client"],
      meaning: "the registry does not speak TLS",
      hint: "`plain_http = true` under [registries.\"<registry>\"] of the agent's configuration allows that"),
    Rule(
      code: .failedPrecondition, words: ["x509:", "certificate signed by unknown authority"],
      meaning: "the registry's TLS is not trusted",
      hint: "put its CA into ~/.config/containers/certs.d/<registry>/ca.crt of the agent's user"),
  ]

  /// The failure that podman reports in these words.
  package static func error(_ words: String, pulling reference: String) -> EngineError {
    let text = words.lowercased()
    guard let rule = rules.first(where: { rule in rule.words.contains(where: text.contains) }) else {
      return EngineError(.operationFailed, "cannot pull \(reference)", cause: words)
    }
    return EngineError(rule.code, "cannot pull \(reference): \(rule.meaning)", cause: words, hint: rule.hint)
  }
}
