import HTTPTypes
import Hummingbird
import NIOCore
import Workspaces

/// `GET /v1/document/generated-files/:filename` (contract/documents.md 5.10).
struct GeneratedFiles: Endpoint {
    private let openFile: OpenGeneratedFile

    /// Bytes that are in memory at once.
    private static let pieceLength = 65_536

    init(_ dependencies: Dependencies) { openFile = OpenGeneratedFile(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let file: GeneratedFile
        do {
            file = try openFile(context.segment("filename"))
        } catch let failure as GeneratedFile.Failure {
            switch failure {
            case .invalidName: throw APIError(.badRequest, .error, "Invalid filename format")
            case .notFound: throw APIError(.notFound, .error, "File not found")
            case .unreadable: throw APIError(.internalServerError, .error, "Failed to download file")
            }
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: file.mediaType, .contentDisposition: "attachment; filename=\"\(file.name)\"",
                // The content is an agent's, and so a web page's in the end.
                .xContentTypeOptions: "nosniff",
            ], body: Self.body(file))
    }

    private static func body(_ file: GeneratedFile) -> ResponseBody {
        ResponseBody(contentLength: file.size) { writer in
            var offset = 0
            while offset < file.size {
                let piece = try file.read(min(pieceLength, file.size - offset), at: offset)
                // A file that has become shorter ends the answer before its time, which the client sees.
                if piece.isEmpty { throw GeneratedFile.Failure.unreadable }
                try await writer.write(ByteBuffer(bytes: piece))
                offset += piece.count
            }
            try await writer.finish(nil)
        }
    }
}
