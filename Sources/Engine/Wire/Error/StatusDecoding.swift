package import GRPCCore
internal import GRPCProtobuf
internal import SwiftProtobuf

extension EngineError {
  /// Creates the error that an agent ended a call with; `nil` where the status is not from an agent but from
  /// what lies between.
  ///
  /// A reason that is not known counts as what its status code stands for. Details that cannot be read are
  /// left out.
  package init?(status error: RPCError) {
    guard let status = try? error.unpackGoogleRPCStatus(),
      let info = status.details.lazy.compactMap(\.errorInfo).first(where: { $0.domain == ErrorStatus.domain })
    else { return nil }
    let lines = status.details.lazy.compactMap(\.any).first { $0.isA(Mcp_V1_ErrorDetail.self) }
      .flatMap { try? Mcp_V1_ErrorDetail(unpackingAny: $0) }
    self.init(
      Code(rawValue: info.reason) ?? Code(error.code),
      status.message.isEmpty ? error.message : status.message,
      cause: info.metadata["cause"], hint: info.metadata["hint"], service: info.metadata["service"],
      component: info.metadata["component"], details: lines?.lines ?? [])
  }
}
