import HTTPTypes
import OrderedJSON
import TestSupport
import Testing

@Suite("Deletion in the middle of an answer", .timeLimit(.minutes(1)))
struct DeletionMidwayTests {
    private static let gone = "The conversation was deleted while it was being answered."

    /// What another client does meanwhile, and whether the conversation outlives it.
    enum Deletion: String, CaseIterable, Sendable {
        case workspace
        case workspaceAndMadeAgain
        case thread
        case threadAndMadeAgain
        case document

        var endsConversation: Bool { self != .document }

        func run(_ api: APIFixture, _ docpath: String) async throws {
            switch self {
            case .workspace, .workspaceAndMadeAgain:
                #expect(try await api.send(.delete, "/v1/workspace/ops").status == 200)
                if self == .workspaceAndMadeAgain { #expect(try await api.workspace("Ops") == "ops") }
            case .thread, .threadAndMadeAgain:
                #expect(try await api.send(.delete, "/v1/workspace/ops/thread/t1").status == 200)
                if self == .threadAndMadeAgain {
                    #expect(try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#).status == 200)
                }
            case .document:
                let body = #"{"names":["\#(docpath)"]}"#
                #expect(try await api.send(.delete, "/v1/system/remove-documents", body).status == 200)
            }
        }
    }

    /// A workspace with a thread and a document, and a provider that stops in its answer until `gate` is opened.
    private func conversation(
        _ steps: [ScriptedHTTPServerStep], embedder: GatedEmbedder = GatedEmbedder()
    ) async throws -> (ScriptedProvider, docpath: String) {
        let provider = try ScriptedProvider(steps, embedder: embedder)
        try await provider.api.workspace("Ops")
        _ = try await provider.api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        return (provider, try await provider.api.document("supply", "Delivery is due in June.", workspaces: "ops"))
    }

    /// Nothing of a deleted conversation is left, and nothing was counted for it.
    private func checkNothingStored(_ api: APIFixture) async throws {
        for path in ["chats", "thread/t1/chats"] {
            let answer = try await api.get("/v1/workspace/ops/" + path)
            #expect(!answer.body.contains("content"), "\(answer.body)")
        }
        #expect(!(try api.events().contains("api_sent_chat")))
        #expect(try api.telemetry()["sent_chat"] == nil)
    }

    @Test("a stream is told, nothing is stored; a document that goes changes nothing", arguments: Deletion.allCases)
    func stream(deletion: Deletion) async throws {
        typealias Steps = [ScriptedHTTPServerStep]
        let gate = ScriptedHTTPServerGate()
        let rest: Steps = [Steps.delta("ivery"), Steps.stop, "[DONE]"].flatMap { Steps.chunk("data: \($0)\n\n") }
        let (provider, docpath) = try await conversation(
            .openStream([Steps.delta("Del")]) + [.wait(gate)] + rest + Steps.lastChunk)
        defer { provider.server.stop() }
        let api = provider.api
        let client = StreamingClient()
        async let answer = client.read(
            api, "/v1/workspace/ops/thread/t1/stream-chat", #"{"message":"When is delivery due?"}"#)
        await client.events.reaches(1)
        try await deletion.run(api, docpath)
        gate.open()
        let events = try await answer
        #expect(events.prefix(2).map { $0["textResponse"]?.stringValue } == ["Del", "ivery"])
        if deletion.endsConversation {
            #expect(events.last?.objectValue?.keys == ["id", "type", "textResponse", "sources", "close", "error"])
            #expect(events.last?["error"] == .string(Self.gone))
            try await checkNothingStored(api)
        } else {
            #expect(events.last?["type"] == "finalizeResponseStream")
            #expect(events.last?["sources"]?[0]?["title"] == "supply.txt")
            #expect(
                try await api.contents("/v1/workspace/ops/thread/t1/chats") == ["When is delivery due?", "Delivery"])
        }
        try await Agreement.check(api)
    }

    @Test("a synchronous chat is refused in its own form", arguments: Deletion.allCases)
    func chat(deletion: Deletion) async throws {
        let (asked, gate) = (ScriptedHTTPServerGate(), ScriptedHTTPServerGate())
        let (provider, docpath) = try await conversation([.open(asked), .wait(gate)] + .completion("June."))
        defer { provider.server.stop() }
        let api = provider.api
        async let answer = api.post("/v1/workspace/ops/thread/t1/chat", #"{"message":"When is delivery due?"}"#)
        await asked.opened()
        try await deletion.run(api, docpath)
        gate.open()
        let received = try await answer
        if deletion.endsConversation {
            #expect(received.status == 400)
            #expect(RefusalShape.abort.fits(received))
            #expect(try received.json()["error"] == .string(Self.gone))
            try await checkNothingStored(api)
        } else {
            #expect(received.status == 200)
            #expect(try await api.contents("/v1/workspace/ops/thread/t1/chats") == ["When is delivery due?", "June."])
        }
        try await Agreement.check(api)
    }

    @Test(
        "while the question is embedded, the same holds",
        arguments: ["chat", "stream-chat", "vector-search"], [Deletion.workspace, .workspaceAndMadeAgain, .document])
    func search(endpoint: String, deletion: Deletion) async throws {
        let embedder = GatedEmbedder()
        let (provider, docpath) = try await conversation(
            endpoint == "chat" ? .completion("June.") : .stream(["June."]), embedder: embedder)
        defer { provider.server.stop() }
        let api = provider.api
        let field = endpoint == "vector-search" ? "query" : "message"
        async let answer = api.post("/v1/workspace/ops/\(endpoint)", #"{"\#(field)":"GATE delivery"}"#)
        await embedder.reached.wait()
        try await deletion.run(api, docpath)
        embedder.gate.open()
        let received = try await answer
        if endpoint == "vector-search" {
            #expect(received.body == #"{"results":[]}"#)
        } else {
            #expect(received.status == (endpoint == "chat" && deletion.endsConversation ? 400 : 200))
            #expect(received.body.contains(Self.gone) == deletion.endsConversation)
            #expect(received.body.contains("June.") == (endpoint == "stream-chat" || !deletion.endsConversation))
        }
        if deletion.endsConversation { try await checkNothingStored(api) }
        try await Agreement.check(api)
    }

    /// What happens while a document is embedded: method, path, body, whether the workspace holds the document then,
    /// and status of the answer.
    static let changes: [(HTTPRequest.Method, String, String, Bool, Int)] = [
        (.delete, "/v1/workspace/ops", "", false, 400),
        (.delete, "/v1/system/remove-documents", #"{"names":["plans/a.json"]}"#, false, 200),
        (.delete, "/v1/document/remove-folder", #"{"name":"plans"}"#, false, 200),
        (.post, "/v1/document/move-files", #"{"files":[{"from":"plans/a.json","to":"plans/b.json"}]}"#, false, 200),
        (.post, "/v1/workspace/ops/update-embeddings", #"{"deletes":["plans/a.json"]}"#, true, 200),
        (.post, "/v1/workspace/ops/update", #"{"name":"Other"}"#, true, 200),
        (.post, "/v1/workspace/ops/update-pin", #"{"docPath":"plans/none.json"}"#, true, 200),
    ]

    @Test("while a document is embedded, only what is still there is added", arguments: changes)
    func embeddings(
        method: HTTPRequest.Method, path: String, body: String, isHeld: Bool, status: Int
    ) async throws {
        let embedder = GatedEmbedder()
        let api = try APIFixture(embedder: embedder)
        try await api.workspace("Ops")
        try await makeDocument(api, "GATE delivery")
        async let answer = api.post("/v1/workspace/ops/update-embeddings", #"{"adds":["plans/a.json"]}"#)
        await embedder.reached.wait()
        #expect(try await api.send(method, path, body).status == (path.hasSuffix("pin") ? 404 : 200))
        embedder.gate.open()
        let received = try await answer
        #expect(received.status == status)
        if status == 200 {
            let held = try received.json()["workspace"]?["documents"]?.arrayValue
            #expect(held?.count == (isHeld ? 1 : 0))
        } else {
            #expect(received.body == "Bad Request")
        }
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":\#(isHeld ? 1 : 0)}"#)
        try await Agreement.check(api)
        let left = try await api.get("/v1/documents").json()["localFiles"]?["items"]?.arrayValue ?? []
        #expect(left.allSatisfy { $0["items"]?.arrayValue?.allSatisfy { $0["cached"] == .bool(isHeld) } == true })
    }

    @Test("a workspace made again under the slug gets nothing of what was meant for the first")
    func workspaceMadeAgain() async throws {
        let embedder = GatedEmbedder()
        let api = try APIFixture(embedder: embedder)
        try await api.workspace("Ops")
        try await makeDocument(api, "GATE delivery")
        async let answer = api.post("/v1/workspace/ops/update-embeddings", #"{"adds":["plans/a.json"]}"#)
        await embedder.reached.wait()
        _ = try await api.send(.delete, "/v1/workspace/ops")
        #expect(try await api.workspace("Ops") == "ops")
        embedder.gate.open()
        #expect(try await answer.status == 400)
        #expect(try await api.get("/v1/workspace/ops").json()["workspace"]?[0]?["documents"] == [])
        try await Agreement.check(api)
    }

    @Test("two clients that add one document at once leave it there once")
    func sameDocument() async throws {
        let embedder = GatedEmbedder()
        let api = try APIFixture(embedder: embedder)
        try await api.workspace("Ops")
        try await makeDocument(api, "GATE delivery")
        async let first = api.post("/v1/workspace/ops/update-embeddings", #"{"adds":["plans/a.json"]}"#)
        async let second = api.post("/v1/workspace/ops/update-embeddings", #"{"adds":["./plans/a.json"]}"#)
        await embedder.reached.wait()
        embedder.gate.open()
        #expect(try await [first.status, second.status] == [200, 200])
        #expect(try await api.get("/v1/workspace/ops").json()["workspace"]?[0]?["documents"]?.arrayValue?.count == 1)
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":1}"#)
        try await Agreement.check(api)
    }

    /// A document `plans/a.json`.
    private func makeDocument(_ api: APIFixture, _ text: String) async throws {
        _ = try await api.post("/v1/document/create-folder", #"{"name":"plans"}"#)
        let from = try await api.document("supply", text)
        let move = #"{"files":[{"from":"\#(from)","to":"plans/a.json"}]}"#
        #expect(try await api.post("/v1/document/move-files", move).status == 200)
    }
}
