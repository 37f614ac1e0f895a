extension RemoteControlPlane {
  /// Returns the tokens that the node has issued; waits at most 30 seconds.
  public func tokens() async throws -> [TokenInfo] {
    let subject = CallSubject.reading("listing tokens")
    return try await ask(subject) {
      let answer = try await stub.listTokens(.init(), options: $0)
      return try subject.reading { try answer.tokens.map(TokenInfo.init(wire:)) }
    }
  }

  /// Issues a token; waits at most 30 seconds.
  public func createToken(_ request: TokenRequest) async throws -> IssuedToken {
    let subject = CallSubject.changing("issuing the token \(request.name)", service: nil)
    return try await ask(subject) {
      let answer = try await stub.createToken(.init(request), options: $0)
      return try subject.reading { IssuedToken(info: try TokenInfo(wire: answer.info), token: answer.token) }
    }
  }

  /// Makes a token worthless; waits at most 30 seconds.
  public func revokeToken(_ token: String) async throws -> TokenInfo {
    let subject = CallSubject.changing("revoking the token \(token)", service: nil)
    var request = Mcp_V1_RevokeTokenRequest()
    request.token = token
    return try await ask(subject) { [request] in
      let answer = try await stub.revokeToken(request, options: $0)
      return try subject.reading { try TokenInfo(wire: answer.info) }
    }
  }
}
