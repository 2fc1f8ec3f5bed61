import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Storage
import Testing

@testable import WorkspaceAPI
@testable import Workspaces

@Suite("Errors without an answer of their own")
struct AnswerErrorsTests {
    private struct Fault: Error {}

    private func answer(to error: any Error) async throws -> Response {
        let request = Request(
            head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/api/v1/auth"),
            body: RequestBody(buffer: ByteBuffer()))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let context = APIRequestContext(source: APIRequestContextSource(logger: logger, keyID: "1"))
        return try await AnswerErrors().handle(request, context: context) { _, _ in throw error }
    }

    @Test("a disk that is full is told from a fault of the server")
    func fullDisk() async throws {
        let full = try await answer(to: StorageError(code: .disk, message: "database or disk is full"))
        #expect(full.status.code == 507)
        #expect(full.headers[.contentType] == "application/json; charset=utf-8")
        for error in [StorageError(code: .damaged, message: "database disk image is malformed"), Fault()] as [any Error]
        {
            #expect(try await answer(to: error).status == .internalServerError)
        }
    }

    @Test("the log says what became of an upload for which there was no space")
    func logReason() {
        let failure = SpooledFile.Failure(description: "Cannot store an upload: No space left on device")
        #expect(LogReason.of(failure) == "storage: Cannot store an upload: No space left on device")
        #expect(DiskTrouble.isCause(of: failure))
    }
}
