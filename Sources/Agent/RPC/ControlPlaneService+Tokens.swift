internal import Engine
internal import GRPCCore

extension ControlPlaneService {
  /// Answers with the node's tokens, without their texts.
  func listTokens(
    request: Mcp_V1_ListTokensRequest, context: ServerContext
  ) async throws -> Mcp_V1_ListTokensResponse {
    try await answer(context) { plane in
      var response = Mcp_V1_ListTokensResponse()
      response.tokens = try await plane.tokens().map(Mcp_V1_TokenInfo.init)
      return response
    }
  }

  /// Issues a token.
  func createToken(
    request: Mcp_V1_CreateTokenRequest, context: ServerContext
  ) async throws -> Mcp_V1_CreateTokenResponse {
    try await answer(context) { plane in
      let issued = try await plane.createToken(try TokenRequest(wire: request))
      var response = Mcp_V1_CreateTokenResponse()
      response.info = Mcp_V1_TokenInfo(issued.info)
      response.token = issued.token
      return response
    }
  }

  /// Makes a token worthless.
  func revokeToken(
    request: Mcp_V1_RevokeTokenRequest, context: ServerContext
  ) async throws -> Mcp_V1_RevokeTokenResponse {
    try await answer(context) { plane in
      var response = Mcp_V1_RevokeTokenResponse()
      response.info = Mcp_V1_TokenInfo(
        try await plane.revokeToken(try FieldPath.root["token"].required(request.token)))
      return response
    }
  }
}
