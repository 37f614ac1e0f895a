internal import Foundation
internal import GRPCCore
internal import GRPCProtobuf

extension RemoteControlPlane {
  /// Sends a file or a directory to a service's directory; takes as long as it takes.
  public func push(_ request: PushRequest, from feed: @escaping FileFeed) async throws -> TransferResult {
    let subject = CallSubject.changing("sending files to \(request.service)", service: request.service)
    let ready = BoundedBuffer<FilePrefix>(capacity: 1)
    do {
      let request = StreamingClientRequest<Mcp_V1_PushRequest> { writer in
        var open = Mcp_V1_PushRequest()
        open.open = Mcp_V1_PushRequest.Open(request)
        try await writer.write(open)
        // The agent has refused it: its reason is in the response.
        guard let present = try await ready.next() else { return }
        for try await parts in try await feed(present) {
          var message = Mcp_V1_PushRequest()
          message.parts = parts.map(Mcp_V1_FilePart.init)
          try await writer.write(message)
        }
      }
      return try await stub.push(
        request: request, serializer: FilePartsSerializer(), deserializer: ProtobufDeserializer(),
        options: .unlimited
      ) { response in
        defer { ready.finish() }
        var result: TransferResult?
        for try await message in response.messages {
          switch message.answer {
          case .ready(let answer):
            try await ready.send(FilePrefix(count: answer.offset, sha256: Array(answer.sha256)))
          case .result(let answer): result = TransferResult(wire: answer)
          case nil: continue
          }
        }
        guard let result else {
          throw EngineError(.unavailable, "\(subject.doing): the agent ended the call without a result")
        }
        return result
      }
    } catch {
      throw subject.failure(error)
    }
  }

  /// Fetches a file or a directory of a service's directory.
  ///
  /// The call ends when its parts are dropped; a slow consumer slows the agent down.
  public func pull(_ request: PullRequest) async throws -> PullSession {
    let subject = CallSubject.changing("fetching files of \(request.service)", service: request.service)
    let opened = BoundedBuffer<TransferSource>(capacity: 1)
    let parts = FilledStream<[FilePart]>.make(capacity: 3, failure: { subject.failure($0) }) { buffer in
      do {
        try await stub.pull(
          request: ClientRequest(message: .init(request)), serializer: ProtobufSerializer(),
          deserializer: FilePartsDeserializer(), options: .unlimited
        ) { response in
          for try await message in response.messages {
            if message.hasOpening {
              let opening = message.opening
              let name = request.path.split(separator: "/").last.map(String.init) ?? request.service
              try await opened.send(
                TransferSource(
                  name: name, header: FileHeader(wire: opening.source), totalBytes: opening.totalBytes,
                  totalFiles: opening.totalFiles))
            }
            if !message.parts.isEmpty {
              try await buffer.send(try subject.reading { try message.parts.map(FilePart.init(wire:)) })
            }
          }
        }
        opened.finish()
      } catch {
        opened.finish(throwing: error)
        throw error
      }
    }
    do {
      guard let source = try await opened.next() else {
        throw EngineError(.unavailable, "\(subject.doing): the agent ended the call without an answer")
      }
      return PullSession(source: source, parts: parts)
    } catch {
      throw subject.failure(error)
    }
  }
}
