internal import Engine
internal import Foundation
internal import GRPCCore
internal import GRPCProtobuf

extension ControlPlaneService {
  /// Registers the methods, and for those that carry files what reads and writes these without copying them.
  func register(with router: inout RPCRouter<some ServerTransport>) {
    registerMethods(with: &router)
    router.registerHandler(
      forMethod: Mcp_V1_ControlPlane.Method.Push.descriptor,
      deserializer: FilePartsDeserializer<Mcp_V1_PushRequest>(),
      serializer: ProtobufSerializer<Mcp_V1_PushResponse>()
    ) { request, context in
      try await push(request: request, context: context)
    }
    router.registerHandler(
      forMethod: Mcp_V1_ControlPlane.Method.Pull.descriptor,
      deserializer: ProtobufDeserializer<Mcp_V1_PullRequest>(),
      serializer: FilePartsSerializer<Mcp_V1_PullResponse>()
    ) { request, context in
      try await pull(request: ServerRequest(stream: request), context: context)
    }
  }

  /// Takes files into a service's directory.
  func push(
    request: RPCAsyncSequence<Mcp_V1_PushRequest, any Error>, response: RPCWriter<Mcp_V1_PushResponse>,
    context: ServerContext
  ) async throws {
    try await serve(context, atShutdown: .stops) { plane in
      try await reading(request, ahead: 2) { requests in
        guard let first = try await requests.next(), first.hasOpen else {
          throw FieldPath.root["open"].invalid("is required as the first message")
        }
        let result = try await plane.push(try PushRequest(wire: first.open)) { present in
          var message = Mcp_V1_PushResponse()
          message.ready.offset = present.count
          message.ready.sha256 = Data(present.sha256)
          try await response.write(message)
          return AsyncThrowingStream {
            try await requests.next()?.parts.map(FilePart.init(wire:))
          }
        }
        var message = Mcp_V1_PushResponse()
        message.result = Mcp_V1_TransferResult(result)
        try await response.write(message)
      }
    }
  }

  /// Sends files of a service's directory.
  func pull(
    request: Mcp_V1_PullRequest, response: RPCWriter<Mcp_V1_PullResponse>, context: ServerContext
  ) async throws {
    try await serve(context, atShutdown: .stops) { plane in
      let session = try await plane.pull(try PullRequest(wire: request))
      var opening = Mcp_V1_PullResponse()
      opening.opening = Mcp_V1_PullResponse.Opening(session.source)
      try await response.write(opening)
      for try await parts in session.parts {
        var message = Mcp_V1_PullResponse()
        message.parts = parts.map(Mcp_V1_FilePart.init)
        try await response.write(message)
      }
      try Task.checkCancellation()
    }
  }
}
