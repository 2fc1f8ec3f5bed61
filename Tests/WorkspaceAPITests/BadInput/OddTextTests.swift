import HTTPTypes
import OrderedJSON
import Testing

@Suite("NUL and lone surrogates in texts")
struct OddTextTests {
    /// A text as JSON has it and as it is kept: nothing after a NUL is lost.
    static let texts: [(String, String)] = [
        (#"a\u0000b"#, "a\u{FFFD}b"), (#"\u0000"#, "\u{FFFD}"), (#"\\u0000"#, #"\u0000"#), (#"a\ud800b"#, "a\u{FFFD}b"),
        (#"\udc00"#, "\u{FFFD}"), (#"\ud83d\ude00"#, "😀"), (#"\ud800\u0000"#, "\u{FFFD}\u{FFFD}"),
    ]

    @Test("are read back as they were answered", arguments: texts)
    func names(sent: String, kept: String) async throws {
        let api = try APIFixture()
        let created = try await api.post("/v1/workspace/new", #"{"name":"ops","openAiPrompt":"\#(sent)"}"#).json()
        #expect(created["workspace"]?["openAiPrompt"] == .string(kept))
        _ = try await api.post("/v1/workspace/ops/update", #"{"name":"\#(sent)"}"#)
        let read = try await api.get("/v1/workspace/ops").json()["workspace"]?[0]
        #expect(read?["name"] == .string(kept))
        #expect(read?["openAiPrompt"] == .string(kept))
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"name":"\#(sent)","slug":"t1"}"#)
        let listed = try await api.get("/v1/workspaces").json()["workspaces"]?[0]?["threads"]?[0]
        #expect(listed?["name"] == .string(kept))
        _ = try await api.post("/v1/workspace/ops/chat", #"{"message":"\#(sent)","sessionId":"s\#(sent)"}"#)
        let query = ("s" + kept).utf8.map { "%" + String($0, radix: 16) }.joined()
        #expect(try await api.contents("/v1/workspace/ops/chats?apiSessionId=" + query).first == kept)
    }

    @Test("do not cut a document short", arguments: texts)
    func documents(sent: String, kept: String) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let body = #"{"textContent":"delivery \#(sent) june","metadata":{"title":"t"},"addToWorkspaces":"ops"}"#
        let record = try await api.post("/v1/document/raw-text", body).json()["documents"]?[0]
        #expect(record?["pageContent"] == .string("delivery \(kept) june"))
        let found = try await api.post("/v1/workspace/ops/vector-search", #"{"query":"june"}"#).json()["results"]?[0]
        #expect(found?["text"]?.stringValue?.hasSuffix("delivery \(kept) june") == true)
    }

    @Test("in uploads too, in names and in content")
    func uploads() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let form = MultipartBody.form(
            MultipartBody.part(#"name="addToWorkspaces""#, "ops")
                + MultipartBody.file("a\u{0}b.txt", "delivery \u{0} june"))
        let answer = try await api.send(.post, "/v1/document/upload", form, contentType: MultipartBody.contentType)
        let record = try answer.json()["documents"]?[0]
        #expect(record?["pageContent"] == "delivery \u{FFFD} june")
        #expect(record?["title"] == "a\u{FFFD}b.txt")
        let found = try await api.post("/v1/workspace/ops/vector-search", #"{"query":"june"}"#).json()["results"]?[0]
        #expect(found?["text"]?.stringValue?.hasSuffix("delivery \u{FFFD} june") == true)
    }

    @Test("do not make one name another")
    func addresses() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "Delivery is due in June.", workspaces: #"ops"#)
        let before = try DatabaseState(api)
        #expect(
            try await api.post("/v1/workspace/ops/update-pin", #"{"docPath":"\#(docpath)\u0000","pinStatus":true}"#)
                .status
                == 404)
        #expect(try await api.get("/v1/workspace/ops%00").status == 400)
        #expect(try await api.get("/v1/workspace/ops/chats?apiSessionId=%00").body == #"{"history":[]}"#)
        #expect(try await api.get("/v1/documents?folder=custom-documents%00").status == 404)
        #expect(try DatabaseState(api) == before)
    }
}
