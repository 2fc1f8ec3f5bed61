import OrderedJSON
import TestSupport
import Testing

@Suite("Context of a chat")
struct ChatContextTests {
    private static let chat = "/v1/workspace/ops/chat"

    private func pin(_ api: APIFixture, _ docpath: String) async throws {
        let answer = try await api.post(
            "/v1/workspace/ops/update-pin", #"{"docPath":"\#(docpath)","pinStatus":true}"#)
        #expect(answer.status == 200)
    }

    @Test("a pinned document is given whole, first, and its own hits are dropped")
    func pinned() async throws {
        let provider = try ScriptedProvider(.completion("ok"))
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops", #""openAiPrompt":"S","similarityThreshold":0"#)
        let pinned = try await api.document("pinned", "Delivery is due in June.", workspaces: "ops")
        try await api.document("found", "Delivery is free.", workspaces: "ops")
        try await pin(api, pinned)
        let json = try await api.post(Self.chat, #"{"message":"When is delivery due?"}"#).json()
        let prompt = try provider.lastPrompt[0]
        #expect(prompt.contains("[CONTEXT 0]:\nDelivery is due in June.\n[END CONTEXT 0]"))
        #expect(prompt.contains("[CONTEXT 1]:\n<document_metadata>\nsourceDocument: found.txt"))
        #expect(!prompt.contains("[CONTEXT 2]"))
        let sources = try #require(json["sources"]?.arrayValue)
        try #require(sources.count == 2)
        #expect(
            sources[0].objectValue?.keys == [
                "text", "id", "url", "title", "docAuthor", "description", "docSource", "chunkSource", "published",
                "wordCount", "token_count_estimate",
            ])
        #expect(sources[0]["text"] == "Delivery is due in June....continued on in source document...")
        #expect(sources[1]["score"] != nil)
        #expect(sources[1]["title"] == "found.txt")
    }

    @Test("pinned documents are taken until one crosses the window, which is still taken whole (CQ-9)")
    func budget() async throws {
        let provider = try ScriptedProvider(.completion("ok"), ["GENERIC_OPEN_AI_MODEL_TOKEN_LIMIT": "30"])
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops", #""similarityThreshold":1"#)
        for number in 1...3 {
            let text = Array(repeating: "word\(number)", count: 20).joined(separator: " ")
            try await pin(api, try await api.document("d\(number)", text, workspaces: "ops"))
        }
        let json = try await api.post(Self.chat, #"{"message":"zebra"}"#).json()
        let titles = json["sources"]?.arrayValue?.map { $0["title"]?.stringValue ?? "" } ?? []
        let estimates = json["sources"]?.arrayValue?.compactMap { $0["token_count_estimate"]?.numberValue } ?? []
        #expect(titles == Array(["d1.txt", "d2.txt", "d3.txt"].prefix(titles.count)))
        #expect(titles.count < 3)
        #expect(estimates.dropLast().reduce(0, +) < 30)
        #expect(estimates.reduce(0, +) >= 30)
    }

    @Test("passages of earlier answers fill up the context, but are no sources")
    func backfill() async throws {
        let provider = try ScriptedProvider(.completion("ok"))
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops", #""openAiPrompt":"S","similarityThreshold":0.2"#)
        let docpath = try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        let first = try await api.post(Self.chat, #"{"message":"When is delivery due?"}"#).json()
        #expect(first["sources"]?.arrayValue?.count == 1)
        _ = try await api.post("/v1/workspace/ops/update-embeddings", #"{"deletes":["\#(docpath)"]}"#)
        let second = try await api.post(Self.chat, #"{"message":"zebra"}"#).json()
        #expect(second["sources"] == [])
        #expect(try provider.lastPrompt[0].contains("Delivery is due in June.\n[END CONTEXT 0]"))
        // Only an answer's own hits are passed on, and never what is pinned now.
        let again = try await api.document("other", "Unrelated zebra.", workspaces: "ops")
        try await pin(api, again)
        _ = try await api.post(Self.chat, #"{"message":"zebra","reset":true}"#)
        #expect(!(try provider.lastPrompt[0].contains("Delivery")))
    }

    @Test("no more passages than topN are filled up, newest answers first, each once")
    func backfillLimit() async throws {
        let provider = try ScriptedProvider(.completion("ok"))
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops", #""openAiPrompt":"S","topN":2"#)
        func source(_ id: String, _ score: String = #","score":1"#) -> String {
            #"{"id":"\#(id)","text":"passage \#(id)"\#(score)}"#
        }
        let rows = [[source("old")], [source("pinned", ""), source("b"), source("a")], [source("b")]]
        for sources in rows {
            try api.storeExchange(
                response: #"{"text":"t","sources":[\#(sources.joined(separator: ","))]}"#, createdAt: 0)
        }
        _ = try await api.post(Self.chat, #"{"message":"zebra"}"#)
        #expect(
            try provider.lastPrompt[0]
                == "system: S\nContext:\n[CONTEXT 0]:\npassage b\n[END CONTEXT 0]\n\n[CONTEXT 1]:\npassage a\n[END CONTEXT 1]\n\n"
        )
    }

    @Test("query mode answers from earlier passages as long as the workspace has a vector (VQ-14)")
    func queryBackfill() async throws {
        let provider = try ScriptedProvider(.completion("ok"))
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops", #""similarityThreshold":1,"chatMode":"query""#)
        try api.storeExchange(
            response: #"{"text":"t","sources":[{"id":"a","text":"passage","score":1}]}"#, createdAt: 0)
        let early = try await api.post(Self.chat, #"{"message":"zebra"}"#).json()
        #expect(early["chatId"] == nil)
        try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        let answer = try await api.post(Self.chat, #"{"message":"zebra"}"#).json()
        #expect(answer["textResponse"] == "ok")
        #expect(answer["sources"] == [])
    }
}
