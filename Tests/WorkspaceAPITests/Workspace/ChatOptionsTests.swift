import Foundation
import Hummingbird
import NIOCore
import OrderedJSON
import TestSupport
import Testing
import Workspaces

@testable import WorkspaceAPI

@Suite("Query parameters of chats")
struct ChatOptionsTests {
    typealias Steps = [ScriptedHTTPServerStep]

    private static let paths = ["/v1/workspace/ops", "/v1/workspace/ops/thread/t1"]

    private func api() async throws -> APIFixture {
        let api = try APIFixture()
        try await api.workspace("Ops")
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        return api
    }

    @Test("sources=false leaves the list empty in the answer, not in the history", arguments: paths)
    func sources(path: String) async throws {
        let api = try await api()
        let body = #"{"message":"When is delivery due?"}"#
        for (query, isEmpty) in [("", false), ("?sources=true", false), ("?sources=false", true)] {
            let answer = try await api.post(path + "/chat" + query, body).json()
            #expect(answer["sources"]?.arrayValue?.isEmpty == isEmpty)
            let final = try await api.post(path + "/stream-chat" + query, body).events().last
            #expect(final?["type"] == "finalizeResponseStream")
            #expect(final?["sources"]?.arrayValue?.isEmpty == isEmpty)
        }
        let history = try await api.get(path + "/chats").json()["history"]?.arrayValue ?? []
        let stored = history.filter { $0["role"] == "assistant" }.map { $0["sources"]?.arrayValue?.isEmpty }
        #expect(stored == Array(repeating: false, count: 6))
    }

    @Test("a whole answer in one event has no sources either")
    func oneShot() async throws {
        let provider = try ScriptedProvider(.completion("June."), ["GENERIC_OPENAI_STREAMING_DISABLED": "true"])
        defer { provider.server.stop() }
        try await provider.api.workspace("Ops")
        try await provider.api.document("supply", "Delivery is due in June.", workspaces: "ops")
        for (query, isEmpty) in [("", false), ("?sources=false", true)] {
            let events = try await provider.api.post(
                "/v1/workspace/ops/stream-chat" + query, #"{"message":"When is delivery due?"}"#
            ).events()
            #expect(events.map { $0["sources"]?.arrayValue?.isEmpty } == [isEmpty, isEmpty])
        }
    }

    @Test(
        "other values are refused in the form of chats",
        arguments: [
            "sources=", "sources=no", "sources=0", "heartbeat=", "heartbeat=x", "heartbeat=-1", "heartbeat=3601",
            "heartbeat=1.5",
        ])
    func refusals(query: String) async throws {
        let api = try await api()
        for path in Self.paths.flatMap({ [$0 + "/chat", $0 + "/stream-chat"] }) {
            let answer = try await api.post(path + "?" + query, #"{"message":"Hi"}"#)
            #expect(answer.status == 400)
            #expect(RefusalShape.abort.fits(answer))
        }
        #expect(try await api.contents("/v1/workspace/ops/chats").isEmpty)
    }

    /// Setting, query, and after how many seconds of silence a comment comes.
    static let intervals: [(String?, String, Int?)] = [
        (nil, "", nil), ("0", "", nil), ("15", "", 15), ("15", "?heartbeat=3", 3), ("15", "?heartbeat=0", nil),
        (nil, "?heartbeat=3600", 3600), (nil, "?heartbeat=0", nil),
    ]

    @Test("the request's interval wins over the setting's; without both there is none", arguments: intervals)
    func interval(setting: String?, query: String, seconds: Int?) throws {
        let settings = InstanceSettings { $0 == "CARREL_STREAM_HEARTBEAT_SECONDS" ? setting : nil }
        let request = Request(
            head: .init(
                method: .post, scheme: "http", authority: "localhost", path: "/api/v1/workspace/ops/chat" + query),
            body: RequestBody(buffer: ByteBuffer()))
        #expect(try ChatOptions(request, settings).heartbeat == seconds.map { .seconds($0) })
    }

    @Test("a silent stream gets comments, before the first event and between events, and stays the same otherwise")
    func heartbeat() async throws {
        let gates = [ScriptedHTTPServerGate(), ScriptedHTTPServerGate()]
        let steps =
            [.wait(gates[0])] + Steps.openStream([Steps.delta("a")]) + [.wait(gates[1])]
            + Steps.chunk("data: \(Steps.delta("b"))\n\n") + Steps.chunk("data: \(Steps.stop)\n\n") + Steps.lastChunk
        let provider = try ScriptedProvider(steps)
        defer { provider.server.stop() }
        let dependencies = provider.api.dependencies
        try await provider.api.workspace("Ops")
        let workspace = try #require(try ReadWorkspaces(dependencies).workspace(slug: "ops"))
        var options = ChatOptions()
        options.heartbeat = .milliseconds(1)
        let context = APIRequestContext(source: APIRequestContextSource(logger: dependencies.logger, keyID: "1"))
        let response = ChatAnswer.stream(
            ChatInput(workspace: workspace, message: "When?"), StreamChat(dependencies), options, context)
        let client = CommentReader()
        async let end: Void = response.body.write(client.writer)
        await client.comments.reaches(2)
        gates[0].open()
        await client.events.reaches(1)
        await client.comments.reaches(client.comments.value + 2)
        gates[1].open()
        try await end
        let frames = client.text.components(separatedBy: "\n\n")
        #expect(frames.last == "")
        let events = try frames.dropLast().filter { $0 != ": " }.map {
            try JSONParser.parse(String($0.dropFirst("data: ".count)))
        }
        #expect(events.map { $0["textResponse"]?.stringValue } == ["a", "b", "", nil])
        #expect(try await provider.api.contents("/v1/workspace/ops/chats") == ["When?", "ab"])
    }
}
