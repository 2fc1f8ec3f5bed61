import OrderedJSON
import Testing

@Suite("POST /v1/workspace/:slug/update")
struct UpdateWorkspaceSettingsTests {
    @Test("an unknown slug is a plain 400", arguments: [#"{"topN":3}"#, "{}", #"{"topN":1e10}"#])
    func unknown(body: String) async throws {
        let answer = try await APIFixture().post("/v1/workspace/none/update", body)
        #expect(answer.status == 400)
        #expect(answer.body == "Bad Request")
    }

    @Test(
        "without a setting nothing is written",
        arguments: ["{}", "[]", #"{"slug":"x","id":9,"vectorTag":"t","pfpFilename":"p","createdAt":0}"#])
    func nothing(body: String) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let before = try await api.get("/v1/workspace/ops").body
        let answer = try await api.post("/v1/workspace/ops/update", body)
        #expect(answer.status == 200)
        #expect(answer.body == #"{"workspace":{"id":1},"message":"No valid fields to update!"}"#)
        #expect(try await api.get("/v1/workspace/ops").body == before)
    }

    /// Settings before, body, settings expected after (contract/workspaces.md 3.2 and 3.4).
    static let updates: [(String, String, [String: JSONValue])] = [
        ("", #"{"name":"Later"}"#, ["name": "Later", "slug": "ops"]),
        ("", #"{"name":""}"#, ["name": "My Workspace"]),
        ("", #"{"name":7}"#, ["name": "My Workspace"]),
        (
            #""chatProvider":"ollama","chatModel":"m""#, #"{"chatProvider":"default","chatModel":"n"}"#,
            ["chatProvider": nil, "chatModel": nil]
        ),
        (
            #""chatProvider":"ollama","chatModel":"m""#, #"{"chatProvider":"anythingllm-router","chatModel":"n"}"#,
            ["chatProvider": "anythingllm-router", "chatModel": nil]
        ),
        (#""router_id":5"#, #"{"chatProvider":"ollama"}"#, ["router_id": nil, "chatProvider": "ollama"]),
        (
            #""chatProvider":"anythingllm-router","router_id":5"#, #"{"chatProvider":"anythingllm-router"}"#,
            ["router_id": 5]
        ),
        (
            #""chatProvider":"ollama","chatModel":"m","router_id":5"#, #"{"chatProvider":"none"}"#,
            ["chatProvider": nil, "chatModel": "m", "router_id": 5]
        ),
        (#""router_id":5"#, #"{"chatProvider":null}"#, ["router_id": 5, "chatProvider": nil]),
        ("", #"{"openAiPrompt":null}"#, ["openAiPrompt": nil]),
        (
            #""topN":9"#, #"{"topN":"x","openAiHistory":-1,"similarityThreshold":"0.5"}"#,
            ["topN": 4, "openAiHistory": 0, "similarityThreshold": 0.5]
        ),
        (#""openAiTemp":1"#, #"{"openAiTemp":null}"#, ["openAiTemp": nil]),
        (#""chatMode":"query""#, #"{"chatMode":"nonsense"}"#, ["chatMode": "chat"]),
        ("", #"{"router_id":"12"}"#, ["router_id": 12]),
        ("", #"{"lastUpdatedAt":1000}"#, ["lastUpdatedAt": "1970-01-01T00:00:01.000Z"]),
    ]

    @Test("settings are coerced and the rules between them apply", arguments: updates)
    func update(settings: String, body: String, expected: [String: JSONValue]) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops", settings)
        let answer = try await api.post("/v1/workspace/ops/update", body)
        #expect(answer.status == 200)
        let json = try answer.json()
        #expect(json.objectValue?.keys == ["workspace", "message"])
        #expect(json["message"] == .null)
        #expect(json["workspace"]?.objectValue?.count == 20)
        for (key, value) in expected { #expect(json["workspace"]?[key] == value, "\(key)") }
        let read = try await api.get("/v1/workspace/ops").json()["workspace"]?[0]
        for (key, value) in expected { #expect(read?[key] == value, "\(key)") }
    }

    @Test("lastUpdatedAt does not move by itself (WQ-4), and nothing is logged")
    func silence() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let before = try await api.get("/v1/workspace/ops").json()["workspace"]?[0]
        let after = try await api.post("/v1/workspace/ops/update", #"{"topN":7}"#).json()["workspace"]
        #expect(after?["lastUpdatedAt"] == before?["lastUpdatedAt"])
        #expect(after?["openAiPrompt"] == before?["openAiPrompt"])
        #expect(try api.events() == ["api_workspace_created"])
    }

    @Test(
        "numbers beyond 32 bits are refused and nothing changes (WQ-10)",
        arguments: [#"{"topN":2147483648}"#, #"{"name":"B","openAiHistory":1e12}"#, #"{"router_id":0.5}"#])
    func range(body: String) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let before = try await api.get("/v1/workspaces").body
        let answer = try await api.post("/v1/workspace/ops/update", body)
        #expect(answer.status == 400)
        #expect(answer.body.hasPrefix(#"{"workspace":null,"message":""#))
        #expect(try await api.get("/v1/workspaces").body == before)
    }
}
