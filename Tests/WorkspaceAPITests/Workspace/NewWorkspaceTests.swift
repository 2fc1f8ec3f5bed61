import Foundation
import OrderedJSON
import Testing

@Suite("POST /v1/workspace/new")
struct NewWorkspaceTests {
    @Test("a workspace has every column in the documented order")
    func columns() async throws {
        let api = try APIFixture()
        let answer = try await api.post("/v1/workspace/new", #"{"name":"Quarterly Filings"}"#)
        #expect(answer.status == 200)
        #expect(answer.contentType == "application/json; charset=utf-8")
        let workspace = try #require(try answer.json()["workspace"]?.objectValue)
        #expect(
            workspace.keys == [
                "id", "name", "slug", "vectorTag", "createdAt", "openAiTemp", "openAiHistory", "lastUpdatedAt",
                "openAiPrompt", "similarityThreshold", "chatProvider", "chatModel", "topN", "chatMode", "pfpFilename",
                "agentProvider", "agentModel", "queryRefusalResponse", "vectorSearchMode", "router_id",
            ])
        #expect(workspace["slug"] == "quarterly-filings")
        #expect(workspace["openAiHistory"] == 20)
        #expect(workspace["similarityThreshold"] == 0.25)
        #expect(workspace["topN"] == 4)
        #expect(workspace["chatMode"] == "chat")
        #expect(workspace["vectorSearchMode"] == "normal")
        #expect(workspace["openAiTemp"] == .null)
        #expect(workspace["createdAt"]?.stringValue?.hasSuffix("Z") == true)
        let prompt = try #require(workspace["openAiPrompt"]?.stringValue)
        #expect(prompt.components(separatedBy: "{datetime}").count == 2)
        #expect(try answer.json()["message"] == .null)
    }

    @Test(
        "what is no name is refused in the endpoint's own shape",
        arguments: [
            ("{}", "name cannot be null"), (#"{"name":null}"#, "name cannot be null"),
            (#"{"name":""}"#, "name cannot be null"), (#"{"name":0}"#, "name cannot be null"),
            (#"{"name":false}"#, "name cannot be null"), ("[]", "name cannot be null"),
            (#"{"name":7}"#, "name must be a string"), (#"{"name":true}"#, "name must be a string"),
            (#"{"name":["a"]}"#, "name must be a string"), (#"{"name":{}}"#, "name must be a string"),
        ])
    func names(body: String, message: String) async throws {
        let answer = try await APIFixture().post("/v1/workspace/new", body)
        #expect(answer.status == 400)
        #expect(answer.body == #"{"workspace":null,"message":"\#(message)"}"#)
    }

    /// Field, value as sent, value as stored (contract/workspaces.md 3.2).
    static let coercions: [(String, String, String)] = [
        ("openAiTemp", #""0.3""#, "0.3"), ("openAiTemp", "-1", "null"), ("openAiTemp", "7", "7"),
        ("openAiTemp", #""0.7abc""#, "0.7"), ("openAiTemp", "true", "null"), ("openAiTemp", "1e400", "null"),
        ("openAiHistory", "12.7", "12"), ("openAiHistory", #""0x10""#, "16"), ("openAiHistory", "-3", "0"),
        ("openAiHistory", "null", "20"), ("openAiHistory", "0", "0"), ("openAiHistory", "{}", "20"),
        ("similarityThreshold", "2", "1"), ("similarityThreshold", "-2", "0"), ("similarityThreshold", "null", "0.25"),
        ("similarityThreshold", #"".5""#, "0.5"), ("similarityThreshold", "1e400", "1"),
        ("topN", "0", "1"), ("topN", #""6""#, "6"), ("topN", "null", "4"), ("topN", "1e400", "4"), ("topN", "[3]", "3"),
        ("chatMode", #""query""#, #""query""#), ("chatMode", #""automatic""#, #""automatic""#),
        ("chatMode", #""Query""#, #""chat""#), ("chatMode", "null", #""chat""#),
        ("chatProvider", #""ollama""#, #""ollama""#), ("chatProvider", #""none""#, "null"),
        ("chatProvider", #""default""#, "null"), ("chatProvider", "5", "null"), ("chatModel", #""m""#, #""m""#),
        ("agentProvider", #""none""#, "null"), ("agentModel", #""""#, "null"),
        ("queryRefusalResponse", #"" no ""#, #"" no ""#), ("queryRefusalResponse", #""""#, "null"),
        ("openAiPrompt", #""Be terse.""#, #""Be terse.""#), ("openAiPrompt", "7", "null"),
        ("vectorSearchMode", #""rerank""#, #""rerank""#), ("vectorSearchMode", #""default""#, #""normal""#),
        ("vectorSearchMode", #""hybrid""#, #""hybrid""#), ("vectorSearchMode", #""lexical""#, #""normal""#),
        ("vectorSearchMode", #""x""#, #""normal""#), ("router_id", #""5abc""#, "null"), ("router_id", "true", "1"),
        ("router_id", "[]", "0"), ("lastUpdatedAt", #""2026-03-04""#, #""2026-03-04T00:00:00.000Z""#),
        ("lastUpdatedAt", "0", #""1970-01-01T00:00:00.000Z""#),
    ]

    @Test("fields are coerced as documented", arguments: coercions)
    func coercion(field: String, sent: String, stored: String) async throws {
        let answer = try await APIFixture().post("/v1/workspace/new", #"{"name":"A","\#(field)":\#(sent)}"#)
        #expect(answer.status == 200)
        let workspace = try #require(try answer.json()["workspace"])
        #expect(workspace[field]?.text == stored)
    }

    /// Settings of the request and what is stored: of the rules of updates only that of `default` holds (WQ-6).
    static let provided: [(String, [String: JSONValue])] = [
        (#""chatProvider":"default","chatModel":"m""#, ["chatProvider": nil, "chatModel": nil]),
        (#""chatProvider":"ollama","router_id":5"#, ["chatProvider": "ollama", "router_id": 5]),
        (
            #""chatProvider":"anythingllm-router","chatModel":"m","router_id":5"#,
            ["chatProvider": "anythingllm-router", "chatModel": "m", "router_id": 5]
        ),
    ]

    @Test("the rules between fields of an update do not hold for a new workspace", arguments: provided)
    func rules(settings: String, stored: [String: JSONValue]) async throws {
        let answer = try await APIFixture().post("/v1/workspace/new", #"{"name":"A",\#(settings)}"#)
        for (key, value) in stored { #expect(try answer.json()["workspace"]?[key] == value) }
    }

    @Test(
        "numbers that no column holds are refused",
        arguments: [#""topN":3000000000"#, #""openAiHistory":1e10"#, #""router_id":1.5"#])
    func range(field: String) async throws {
        let api = try APIFixture()
        let answer = try await api.post("/v1/workspace/new", #"{"name":"A",\#(field)}"#)
        #expect(answer.status == 400)
        #expect(answer.body.hasPrefix(#"{"workspace":null,"message":"#))
        #expect(try await api.get("/v1/workspaces").body == #"{"workspaces":[]}"#)
    }

    @Test("a taken slug gets random digits, an empty one a UUID")
    func slugs() async throws {
        let api = try APIFixture()
        #expect(try await api.workspace("Sales") == "sales")
        let second = try await api.workspace("Sales")
        #expect(second.wholeMatch(of: #/sales-\d{8}/#) != nil)
        #expect(try await api.workspace("日本語").count == 36)
    }

    @Test("a name is cut at 255 UTF-16 units while the slug keeps all of it")
    func longName() async throws {
        let api = try APIFixture()
        let name = String(repeating: "a", count: 300)
        let workspace = try await api.post("/v1/workspace/new", #"{"name":"\#(name)"}"#).json()["workspace"]
        #expect(workspace?["name"]?.stringValue?.count == 255)
        #expect(workspace?["slug"]?.stringValue?.count == 300)
    }

    @Test("creation is logged and counted; a refusal is not")
    func events() async throws {
        let api = try APIFixture()
        _ = try await api.post("/v1/workspace/new", "{}")
        #expect(try api.events().isEmpty)
        try await api.workspace("Ops")
        #expect(try api.eventRows() == [#"api_workspace_created {"workspaceName":"Ops"}"#])
        #expect(try api.telemetry() == ["workspace_created": 1])
    }
}
