import HTTPTypes
import Hummingbird
import NIOCore
import Testing
import Workspaces

@testable import WorkspaceAPI

@Suite("What is noted of a streamed answer")
struct RecordingWriterTests {
    private func repetition() throws -> Repetition {
        let fingerprint = RequestFingerprint(head: [], boundary: nil)
        let start = try Repetitions(try APIFixture().dependencies).begin(
            keyID: "1", path: "/", key: "k", fingerprint: fingerprint)
        guard case .first(let repetition) = start else { throw NotFirst() }
        return repetition
    }

    private struct NotFirst: Error {}

    /// A client that closes the connection at its third part.
    private struct Client: ResponseBodyWriter {
        var parts = 0

        mutating func write(_ buffer: ByteBuffer) async throws {
            parts += 1
            if parts == 3 { throw NotFirst() }
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    @Test("events are, comments are not, and nothing once the client is gone")
    func record() async throws {
        let repetition = try repetition()
        var writer = RecordingWriter(writer: Client(), repetition: repetition)
        try await writer.write(ByteBuffer(string: "data: 1\n\n"))
        try await writer.write(ByteBuffer(string: ": \n\n"))
        #expect(repetition.recorded == Array("data: 1\n\n".utf8))
        await #expect(throws: NotFirst.self) { try await writer.write(ByteBuffer(string: "data: 2\n\n")) }
        #expect(repetition.recorded.isEmpty)
    }
}
