internal import Foundation

extension Mcp_V1_FileHeader {
  package init(_ header: FileHeader) {
    self.init()
    path = header.path
    directory = header.isDirectory
    mode = header.mode
    modifiedNs = header.modified
    size = header.size
    offset = header.offset
  }
}

extension FileHeader {
  package init(wire: Mcp_V1_FileHeader) {
    self.init(
      path: wire.path, isDirectory: wire.directory, mode: wire.mode, modified: wire.modifiedNs,
      size: wire.size, offset: wire.offset)
  }
}

extension Mcp_V1_FilePart {
  package init(_ part: FilePart) {
    self.init()
    switch part {
    case .header(let header): self.header = Mcp_V1_FileHeader(header)
    case .data(let bytes): data = bytes
    case .end(let digest): end.sha256 = Data(digest)
    }
  }
}

extension FilePart {
  /// Creates a part from its message; throws for one that this version does not know.
  package init(wire: Mcp_V1_FilePart) throws {
    switch wire.part {
    case .header(let header): self = .header(FileHeader(wire: header))
    case .data(let bytes): self = .data(bytes)
    case .end(let end): self = .end(sha256: Array(end.sha256))
    case nil: throw FieldPath.root["parts"].invalid("a part is of no kind that this version knows")
    }
  }
}

extension Mcp_V1_PushRequest.Open {
  package init(_ request: PushRequest) {
    self.init()
    service = request.service
    path = request.path
    name = request.source.name
    source = Mcp_V1_FileHeader(request.source.header)
    totalBytes = request.source.totalBytes
    totalFiles = request.source.totalFiles
  }
}

extension PushRequest {
  /// Creates a request from its message; throws for a service's name that is none.
  package init(wire: Mcp_V1_PushRequest.Open) throws {
    self.init(
      service: try FieldPath.root["open"]["service"].name(wire.service), path: wire.path,
      source: TransferSource(
        name: wire.name, header: FileHeader(wire: wire.source), totalBytes: wire.totalBytes,
        totalFiles: wire.totalFiles))
    guard source.header.isDirectory || source.header.size == source.totalBytes else {
      throw FieldPath.root["open"]["total_bytes"].invalid("is not the size of the file")
    }
  }
}

extension Mcp_V1_TransferResult {
  package init(_ result: TransferResult) {
    self.init()
    path = result.path
    files = result.files
    bytes = result.bytes
    resumedBytes = result.resumedBytes
  }
}

extension TransferResult {
  package init(wire: Mcp_V1_TransferResult) {
    self.init(path: wire.path, files: wire.files, bytes: wire.bytes, resumedBytes: wire.resumedBytes)
  }
}

extension Mcp_V1_PullRequest {
  package init(_ request: PullRequest) {
    self.init()
    service = request.service
    path = request.path
    offset = request.present.count
    sha256 = Data(request.present.sha256)
    size = request.size
    modifiedNs = request.modified
  }
}

extension PullRequest {
  /// Creates a request from its message; throws for a service's name that is none.
  package init(wire: Mcp_V1_PullRequest) throws {
    self.init(
      service: try FieldPath.root["service"].name(wire.service), path: wire.path,
      present: FilePrefix(count: wire.offset, sha256: Array(wire.sha256)), size: wire.size,
      modified: wire.modifiedNs)
  }
}

extension Mcp_V1_PullResponse.Opening {
  package init(_ source: TransferSource) {
    self.init()
    self.source = Mcp_V1_FileHeader(source.header)
    totalBytes = source.totalBytes
    totalFiles = source.totalFiles
  }
}
