internal import Engine
internal import GRPCCore

extension ControlPlaneService {
  /// Answers with secrets, without their values.
  func listSecrets(
    request: Mcp_V1_ListSecretsRequest, context: ServerContext
  ) async throws -> Mcp_V1_ListSecretsResponse {
    try await answer(context) { plane in
      let service = request.hasService ? try FieldPath.root["service"].name(request.service) : nil
      var response = Mcp_V1_ListSecretsResponse()
      response.secrets = try await plane.secrets(of: service).map(Mcp_V1_SecretInfo.init)
      return response
    }
  }

  /// Gives a secret a value.
  func setSecret(
    request: Mcp_V1_SetSecretRequest, context: ServerContext
  ) async throws -> Mcp_V1_SetSecretResponse {
    try await answer(context) { plane in
      let service = try FieldPath.root["service"].name(request.service)
      let name = try FieldPath.root["name"].required(request.name)
      var response = Mcp_V1_SetSecretResponse()
      response.secret = Mcp_V1_SecretInfo(
        try await plane.setSecret(name, of: service, to: try SecretValue(Array(request.value))))
      return response
    }
  }

  /// Forgets a secret.
  func removeSecret(
    request: Mcp_V1_RemoveSecretRequest, context: ServerContext
  ) async throws -> Mcp_V1_RemoveSecretResponse {
    try await answer(context) { plane in
      let service = try FieldPath.root["service"].name(request.service)
      try await plane.removeSecret(try FieldPath.root["name"].required(request.name), of: service)
      return Mcp_V1_RemoveSecretResponse()
    }
  }
}
