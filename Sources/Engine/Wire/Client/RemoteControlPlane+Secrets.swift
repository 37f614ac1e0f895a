internal import Foundation

extension RemoteControlPlane {
  /// Returns the secrets of a service, of all for `nil`; waits at most 30 seconds.
  public func secrets(of service: String?) async throws -> [SecretInfo] {
    var request = Mcp_V1_ListSecretsRequest()
    if let service { request.service = service }
    return try await ask(.reading("listing secrets", service: service)) { [request] in
      try await stub.listSecrets(request, options: $0).secrets.map(SecretInfo.init(wire:))
    }
  }

  /// Gives a secret of a service a value; waits at most 30 seconds.
  public func setSecret(
    _ name: String, of service: String, to value: SecretValue
  ) async throws -> SecretInfo {
    var request = Mcp_V1_SetSecretRequest()
    request.service = service
    request.name = name
    request.value = Data(value.bytes)
    return try await ask(.changing("setting the secret \(name)", service: service)) { [request] in
      SecretInfo(wire: try await stub.setSecret(request, options: $0).secret)
    }
  }

  /// Forgets a secret of a service; waits at most 30 seconds.
  public func removeSecret(_ name: String, of service: String) async throws {
    var request = Mcp_V1_RemoveSecretRequest()
    request.service = service
    request.name = name
    try await ask(.changing("removing the secret \(name)", service: service)) { [request] in
      _ = try await stub.removeSecret(request, options: $0)
    }
  }
}
