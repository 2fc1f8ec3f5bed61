import AsyncHTTPClient
import Synchronization
import TestSupport
import Testing

@testable import LibraryClient

@Suite("Embedding by a job of the server", .timeLimit(.minutes(1)))
struct EmbeddingJobTests {
    private static let queued = #"{"id":"j1","state":"queued","documents":{"total":2,"pending":2},"working":[]}"#
    private static let embedding = #"""
        {"id":"j1","state":"running","documents":{"total":2,"pending":1},
        "working":[{"path":"f/b.json","stage":"embedding","chunksDone":3,"chunksTotal":8}],
        "chunksPerSecond":12.5,"secondsLeft":4}
        """#.replacing("\n", with: "")
    private static let completed = #"""
        {"job":{"id":"j1","state":"completed","embedded":["f/a.json","f/b.json"],"skipped":[],"failed":[]}}
        """#

    /// A server with one job; the n-th look at the job gives the n-th of `looks`, later ones the last.
    private func with(
        looks: [String], stream: [ScriptedHTTPServerStep],
        _ test: (LibraryServer, @escaping @Sendable () -> [String]) async throws -> Void
    ) async throws {
        let asked = Mutex<[String]>([])
        let server = try ScriptedHTTPServer { request in
            let path = request.method + " " + request.path.dropFirst("/api/v1/".count)
            let count = asked.withLock { asked in
                asked.append(path)
                return asked.filter { $0 == "GET jobs/j1" }.count
            }
            switch path {
            case "POST workspace/w/update-embeddings?async=true":
                let isRight = request.text == #"{"adds":["f/a.json","f/b.json"]}"#
                return .answer(status: isRight ? 202 : 400, body: #"{"job":\#(Self.queued)}"#)
            case "GET jobs/j1/events": return stream
            case "GET jobs/j1": return .answer(body: looks[min(count, looks.count) - 1])
            default: return .answer(status: 404, body: "")
            }
        }
        defer { server.stop() }
        let client = HTTPClient(configuration: LibraryServer.clientConfiguration)
        let address = try #require(ServerAddress("http://127.0.0.1:\(server.port)"))
        do {
            try await test(LibraryServer(address: address, key: "k", client: client)) { asked.withLock { $0 } }
        } catch {
            Issue.record(error)
        }
        try await client.shutdown()
    }

    private static func event(_ type: String, _ job: String) -> String {
        #"data: {"type":"\#(type)","job":\#(job)}"# + "\n\n"
    }

    @Test("shows how far it is, wherever the stream is cut into pieces")
    func progress() async throws {
        let text = Self.event("status", Self.queued) + ": comment\n\n" + Self.event("document", Self.embedding)
        let pieces = [text.prefix(70), text.dropFirst(70).prefix(60), text.dropFirst(130)]
        let stream =
            [ScriptedHTTPServerStep].eventStreamHead + pieces.flatMap { [ScriptedHTTPServerStep].chunk(String($0)) }
            + [ScriptedHTTPServerStep].lastChunk
        try await with(looks: [Self.completed], stream: stream) { library, _ in
            var seen: [EmbeddingProgress] = []
            try await library.embed(["f/a.json", "f/b.json"], workspace: "w") { seen.append($0) }
            #expect(seen.count == 2)
            #expect(seen.first?.documentsDone == 0 && seen.first?.documentsTotal == 2)
            #expect(seen.first?.chunksTotal == 0 && seen.first?.chunksPerSecond == nil)
            #expect(seen.last?.documentsDone == 1)
            #expect(seen.last?.chunksDone == 3 && seen.last?.chunksTotal == 8)
            #expect(seen.last?.chunksPerSecond == 12.5 && seen.last?.secondsLeft == 4)
        }
    }

    /// The end of a job, and why a document is not embedded.
    static let failures: [(String, String)] = [
        (#"{"job":{"state":"completed","skipped":[],"failed":[{"path":"f/b.json","error":"why"}]}}"#, "why"),
        (
            #"{"job":{"state":"completed","skipped":["f/b.json"],"failed":[]}}"#,
            "f/b.json was removed before it could be embedded."
        ),
        (#"{"job":{"state":"cancelled","error":null,"skipped":[],"failed":[]}}"#, "The embedding was cancelled."),
        (#"{"job":{"state":"failed","error":"broken","skipped":[],"failed":[]}}"#, "broken"),
    ]

    @Test("is believed only when no document failed or was left out", arguments: failures)
    func failure(end: String, reason: String) async throws {
        let stream = [ScriptedHTTPServerStep].eventStreamHead + [ScriptedHTTPServerStep].lastChunk
        try await with(looks: [end], stream: stream) { library, _ in
            let error = await #expect(throws: LibraryClientError.self) {
                try await library.embed(["f/a.json", "f/b.json"], workspace: "w") { _ in }
            }
            #expect(error?.code == .refused)
            #expect(error?.message == reason)
        }
    }

    @Test("a stream that is cut is taken up again while the job is running")
    func cut() async throws {
        let stream = [ScriptedHTTPServerStep].eventStreamHead + [.close]
        try await with(looks: [#"{"job":\#(Self.embedding)}"#, Self.completed], stream: stream) { library, asked in
            try await library.embed(["f/a.json", "f/b.json"], workspace: "w") { _ in }
            #expect(
                asked() == [
                    "POST workspace/w/update-embeddings?async=true", "GET jobs/j1/events", "GET jobs/j1",
                    "GET jobs/j1/events", "GET jobs/j1",
                ])
        }
    }
}
