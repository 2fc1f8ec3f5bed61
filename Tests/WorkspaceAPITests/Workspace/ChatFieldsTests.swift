import HTTPTypes
import OrderedJSON
import Testing

@Suite("Validation of chat requests")
struct ChatFieldsTests {
    private static let workspacePaths = ["/v1/workspace/ops/chat", "/v1/workspace/ops/stream-chat"]
    private static let threadPaths = ["/v1/workspace/ops/thread/t1/chat", "/v1/workspace/ops/thread/t1/stream-chat"]

    private func fixture(_ settings: String = "") async throws -> APIFixture {
        let api = try APIFixture()
        try await api.workspace("Ops", settings)
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        return api
    }

    /// Body and error text (contract/chat.md 3, CQ-2 to CQ-4).
    static let refusals: [(String, String)] = [
        ("", "Message is empty"), ("{}", "Message is empty"), ("[]", "Message is empty"),
        (#"{"message":null}"#, "Message is empty"), (#"{"message":""}"#, "Message is empty"),
        (#"{"message":5}"#, "Message is empty"), (#"{"message":true}"#, "Message is empty"),
        (#"{"message":["a"]}"#, "Message is empty"), (#"{"message":{"length":1}}"#, "Message is empty"),
        (#"{"message":"","mode":"bad"}"#, "Message is empty"),
        (#"{"message":"a","mode":"bad"}"#, "bad is not a valid mode."),
        (#"{"message":"a","mode":""}"#, " is not a valid mode."),
        (#"{"message":"a","mode":"Chat"}"#, "Chat is not a valid mode."),
        (#"{"message":"a","mode":5}"#, "5 is not a valid mode."),
        (#"{"message":"a","mode":["chat"]}"#, "chat is not a valid mode."),
        (#"{"message":"a","mode":false}"#, "false is not a valid mode."),
        (#"{"message":"a","mode":"bad","reset":true}"#, "bad is not a valid mode."),
        (#"{"reset":"false"}"#, "Message is empty"), (#"{"reset":"yes"}"#, "Message is empty"),
        (#"{"reset":[]}"#, "Message is empty"), (#"{"reset":{}}"#, "Message is empty"),
        (#"{"reset":null}"#, "Message is empty"), (#"{"reset":true,"message":5}"#, "Message is empty"),
    ]

    @Test("the same requests are refused on all four endpoints, in one shape", arguments: refusals)
    func refuse(body: String, message: String) async throws {
        let api = try await fixture()
        for path in Self.workspacePaths + Self.threadPaths {
            let answer = try await api.post(path, body)
            #expect(answer.status == 400)
            #expect(answer.contentType == "application/json; charset=utf-8")
            let json = try answer.json()
            #expect(json.objectValue?.keys == ["id", "type", "textResponse", "sources", "close", "error"])
            #expect(json["id"]?.stringValue?.count == 36)
            #expect(json["type"] == "abort")
            #expect(json["textResponse"] == .null)
            #expect(json["sources"] == [])
            #expect(json["close"] == true)
            #expect(json["error"] == .string(message))
        }
        #expect(!(try api.events().contains("api_sent_chat")))
    }

    /// Path, status and error for what does not exist; an empty message does not matter then.
    static let unknown: [(String, Int, String)] = [
        ("/v1/workspace/none/chat", 400, "Workspace none is not a valid workspace."),
        ("/v1/workspace/none/stream-chat", 400, "Workspace none is not a valid workspace."),
        ("/v1/workspace/none/thread/t1/chat", 404, "Workspace none not found."),
        ("/v1/workspace/ops/thread/none/chat", 404, "Thread none not found."),
        ("/v1/workspace/other/thread/t1/chat", 404, "Thread t1 not found."),
        ("/v1/workspace/none/thread/t1/stream-chat", 400, "Workspace none or thread t1 is not valid."),
        ("/v1/workspace/ops/thread/none/stream-chat", 400, "Workspace ops or thread none is not valid."),
        ("/v1/workspace/other/thread/t1/stream-chat", 400, "Workspace other or thread t1 is not valid."),
    ]

    @Test("workspace and thread are looked up before the message", arguments: unknown)
    func checkUnknown(path: String, status: Int, message: String) async throws {
        let api = try await fixture()
        try await api.workspace("Other")
        for body in ["{}", #"{"message":"a"}"#, #"{"reset":true}"#] {
            let answer = try await api.post(path, body)
            #expect(answer.status == status)
            #expect(try answer.json()["error"] == .string(message))
            #expect(try answer.json()["type"] == "abort")
        }
    }

    @Test(
        "malformed bodies are refused before anything is sent, as text too (CQ-15)",
        arguments: ["{", "5", "null", #""x""#], ["application/json", "text/plain"])
    func malformed(body: String, type: String) async throws {
        let api = try await fixture()
        for path in Self.workspacePaths + Self.threadPaths {
            let answer = try await api.send(.post, path, body, contentType: type)
            #expect(answer.status == 400)
            #expect(try answer.json()["type"] == "abort")
            #expect(answer.contentType == "application/json; charset=utf-8")
        }
    }

    @Test(
        "these resets need no message and ignore the mode",
        arguments: [
            #"{"reset":true}"#, #"{"reset":"true"}"#, #"{"reset":"1","mode":"bad"}"#, #"{"reset":true,"message":null}"#,
        ])
    func resets(body: String) async throws {
        let api = try await fixture()
        for path in [Self.workspacePaths[0], Self.threadPaths[0]] {
            let answer = try await api.post(path, body)
            #expect(answer.status == 200)
            let json = try answer.json()
            #expect(
                json.objectValue?.keys == ["id", "type", "textResponse", "sources", "close", "error", "metrics"])
            #expect(json["textResponse"] == "Chat history was reset!")
            #expect(json["error"] == .null)
            #expect(json["metrics"] == [:])
        }
        for path in [Self.workspacePaths[1], Self.threadPaths[1]] {
            let events = try await api.post(path, body).events()
            #expect(events.count == 1)
            #expect(
                events.first?.objectValue?.keys == [
                    "id", "type", "textResponse", "sources", "attachments", "close", "error", "metrics",
                ])
        }
    }

    /// Workspace's mode, mode of the request, type that is stored.
    static let modes: [(String, String, String)] = [
        ("chat", "", "chat"), ("chat", #","mode":null"#, "chat"), ("automatic", "", "automatic"),
        ("chat", #","mode":"automatic""#, "automatic"), ("query", #","mode":"chat""#, "chat"),
    ]

    @Test("the request's mode comes before the workspace's", arguments: modes)
    func checkModes(own: String, sent: String, stored: String) async throws {
        let api = try await fixture(#""chatMode":"\#(own)""#)
        let answer = try await api.post(Self.workspacePaths[0], #"{"message":" "\#(sent)}"#)
        #expect(answer.status == 200)
        #expect(try await api.get("/v1/workspace/ops/chats").json()["history"]?[1]?["type"] == .string(stored))
    }

    /// `sessionId` as sent and the session it names; nil for none.
    static let sessions: [(String, String?)] = [
        (#""a b""#, "a b"), ("7", "7"), ("true", "true"), ("[1,2]", "1,2"), ("null", nil), (#""""#, nil), ("0", nil),
        ("false", nil),
    ]

    @Test("a session is any truthy value as text", arguments: sessions)
    func checkSessions(sent: String, session: String?) async throws {
        let api = try await fixture()
        _ = try await api.post(Self.workspacePaths[0], #"{"message":"m","sessionId":\#(sent)}"#)
        #expect(try await api.contents("/v1/workspace/ops/chats").isEmpty == (session != nil))
        if let session {
            let query = session.replacing(" ", with: "+").replacing(",", with: "%2C")
            #expect(try await api.contents("/v1/workspace/ops/chats?apiSessionId=\(query)").first == "m")
        }
    }
}
