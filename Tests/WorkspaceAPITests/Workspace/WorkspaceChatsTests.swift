import OrderedJSON
import Testing

@Suite("GET /v1/workspace/:slug/chats")
struct WorkspaceChatsTests {
    private static let path = "/v1/workspace/ops/chats"

    /// Five exchanges without a session, `m1` to `m5`, and one in the session `s`.
    private func conversation() async throws -> APIFixture {
        let api = try APIFixture()
        try await api.workspace("Ops")
        for number in 1...5 { _ = try await api.post("/v1/workspace/ops/chat", #"{"message":"m\#(number)"}"#) }
        _ = try await api.post("/v1/workspace/ops/chat", #"{"message":"in session","sessionId":"s"}"#)
        return api
    }

    @Test("an unknown workspace is a plain 400")
    func unknown() async throws {
        let answer = try await APIFixture().get("/v1/workspace/none/chats")
        #expect(answer.status == 400)
        #expect(answer.body == "Bad Request")
    }

    /// Query and the prompts that are listed (contract/chat.md 12.2).
    static let listings: [(String, [String])] = [
        ("", ["m1", "m2", "m3", "m4", "m5"]), ("?limit=2", ["m1", "m2"]), ("?limit=0", ["m1"]), ("?limit=-4", ["m1"]),
        ("?limit=10abc", ["m1", "m2", "m3", "m4", "m5"]), ("?limit=2.7", ["m1", "m2"]),
        ("?limit=abc", ["m1", "m2", "m3", "m4", "m5"]), ("?limit=", ["m1", "m2", "m3", "m4", "m5"]),
        ("?limit=99999999999999999999", ["m1", "m2", "m3", "m4", "m5"]), ("?limit=%32", ["m1", "m2"]),
        ("?orderBy=desc", ["m5", "m4", "m3", "m2", "m1"]), ("?orderBy=desc&limit=1", ["m5"]),
        ("?orderBy=DESC&limit=1", ["m1"]), ("?orderBy=&limit=1", ["m1"]), ("?orderBy=asc&limit=1", ["m1"]),
        ("?apiSessionId=", ["m1", "m2", "m3", "m4", "m5"]), ("?apiSessionId=s", ["in session"]),
        ("?apiSessionId=none", []), ("?apiSessionId=S", []),
    ]

    @Test("limit, order and session select rows", arguments: listings)
    func listing(query: String, prompts: [String]) async throws {
        let history = try await conversation().get(Self.path + query).json()["history"]?.arrayValue ?? []
        #expect(history.count == 2 * prompts.count)
        let items = history.map { $0["role"]?.stringValue }
        #expect(items == prompts.flatMap { _ in ["user", "assistant"] })
        #expect(history.filter { $0["role"] == "user" }.map { $0["content"]?.stringValue } == prompts)
    }

    @Test("items have the documented keys")
    func items() async throws {
        let history = try #require(try await conversation().get(Self.path + "?limit=1").json()["history"])
        #expect(history[0]?.objectValue?.keys == ["role", "content", "sentAt", "attachments", "chatId"])
        #expect(
            history[1]?.objectValue?.keys == [
                "type", "role", "content", "sources", "chatId", "sentAt", "feedbackScore", "metrics",
            ])
        #expect(history[0]?["sentAt"] == 1_772_622_000)
        #expect(history[1]?["sentAt"] == history[0]?["sentAt"])
        #expect(history[1]?["type"] == "chat")
        #expect(history[1]?["feedbackScore"] == .null)
    }

    @Test("a session shows what a reset and a refusal have hidden")
    func hidden() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let chat = "/v1/workspace/ops/chat"
        _ = try await api.post(chat, #"{"message":"one","sessionId":"s"}"#)
        _ = try await api.post(chat, #"{"message":"two","sessionId":"s","mode":"query"}"#)
        _ = try await api.post(chat, #"{"reset":true,"sessionId":"s"}"#)
        let history = try await api.get(Self.path + "?apiSessionId=s").json()["history"]?.arrayValue ?? []
        #expect(history.map { $0["type"]?.stringValue } == [nil, "chat", nil, "query"])
    }

    /// Stored answers and what is listed of them: nil when the row is skipped (contract/chat.md 12.3).
    static let stored: [(String, [String]?)] = [
        ("{", nil), ("null", nil), (#"{"text":5}"#, nil), ("{}", nil),
        (#"{"text":"a"}"#, ["chart", "a"]), (#"{"text":"","type":"query"}"#, ["query", ""]),
    ]

    @Test("rows that cannot be read are skipped", arguments: stored)
    func damaged(response: String, shown: [String]?) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try api.storeExchange(response: response, createdAt: 1_999)
        let history = try await api.get(Self.path).json()["history"]?.arrayValue ?? []
        #expect(history.count == (shown == nil ? 0 : 2))
        if let shown {
            #expect(history.last?["type"] == .string(shown[0]))
            #expect(history.last?["content"] == .string(shown[1]))
            #expect(history.last?["sentAt"] == 1)
            #expect(history.last?["metrics"] == [:])
        }
    }

    /// Members of a stored answer, and those of them that its item shows (contract/chat.md 12.3).
    static let agentMembers: [(String, String)] = [
        (#""outputs":[{"type":"file"}]"#, #""outputs":[{"type":"file"}]"#),
        (
            #""clarifyingQuestions":[{"q":1}],"outputs":[{"type":"file"}]"#,
            #""outputs":[{"type":"file"}],"clarifyingQuestions":[{"q":1}]"#
        ),
        (#""outputs":[],"clarifyingQuestions":[{"q":1}]"#, #""clarifyingQuestions":[{"q":1}]"#),
    ]

    @Test("outputs and questions of agents are shown where there are some", arguments: agentMembers)
    func agentItems(stored: String, shown: String) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try api.storeExchange(response: #"{"text":"a",\#(stored)}"#, createdAt: 0)
        #expect(try await api.get(Self.path).body.hasSuffix(#","metrics":{},"# + shown + "}]}"))
        try api.storeExchange(response: #"{"text":"a","outputs":[],"clarifyingQuestions":[]}"#, createdAt: 1)
        #expect(try await api.get(Self.path).body.hasSuffix(#","metrics":{}}]}"#))
    }
}
