import OrderedJSON
import TestSupport
import Testing
import Workspaces

@Suite("The prompt that a provider is sent")
struct PromptTests {
    private static let chat = "/v1/workspace/ops/chat"

    private func provider(_ settings: String = "") async throws -> ScriptedProvider {
        let provider = try ScriptedProvider(.completion("ok"))
        try await provider.api.workspace("Ops", #""openAiPrompt":"Be terse in {workspace.name}.""# + settings)
        return provider
    }

    private static let header =
        "<document_metadata>\nsourceDocument: supply.txt\npublished: 11/14/2023, 10:13:20 PM\n</document_metadata>\n\n"

    @Test("without documents it is the expanded system prompt and the message as it is")
    func plain() async throws {
        let provider = try await provider()
        defer { provider.server.stop() }
        _ = try await provider.api.post(Self.chat, #"{"message":"  When?  "}"#)
        #expect(try provider.lastPrompt == ["system: Be terse in Ops.", "user:   When?  "])
        let body = try #require(try provider.bodies.last?.objectValue)
        #expect(body.keys == ["model", "messages", "temperature", "max_tokens"])
        #expect(body["temperature"] == 0.7)
        #expect(provider.server.requests.first?.headers["authorization"] == "Bearer sk-mock")
    }

    @Test("workspace settings reach the provider; a temperature of 0 counts")
    func settings() async throws {
        let provider = try await provider(#","openAiTemp":0,"chatModel":"other""#)
        defer { provider.server.stop() }
        _ = try await provider.api.post("/v1/workspace/ops/stream-chat", #"{"message":"When?"}"#)
        let body = try #require(try provider.bodies.last)
        #expect(body["temperature"] == 0)
        #expect(body["model"] == "other")
        #expect(body["stream"] == true)
    }

    @Test("found passages are numbered behind the system prompt, with their headers")
    func context() async throws {
        let provider = try await provider()
        defer { provider.server.stop() }
        try await provider.api.document("supply", "Delivery is due in June.", workspaces: "ops")
        _ = try await provider.api.post(Self.chat, #"{"message":"When is delivery due?"}"#)
        let context = "[CONTEXT 0]:\n\(Self.header)Delivery is due in June.\n[END CONTEXT 0]\n\n"
        #expect(try provider.lastPrompt[0] == "system: Be terse in Ops.\nContext:\n" + context)
    }

    @Test("history is oldest first, of the same session, and as long as the workspace says")
    func history() async throws {
        let provider = try await provider(#","openAiHistory":2"#)
        defer { provider.server.stop() }
        let api = provider.api
        for number in 1...3 { _ = try await api.post(Self.chat, #"{"message":"m\#(number)"}"#) }
        _ = try await api.post(Self.chat, #"{"message":"other","sessionId":"s"}"#)
        #expect(try provider.lastPrompt.dropFirst() == ["user: other"])
        _ = try await api.post(Self.chat, #"{"message":"m4","mode":"chat"}"#)
        #expect(
            try provider.lastPrompt.dropFirst() == [
                "user: m2", "assistant: ok", "user: m3", "assistant: ok", "user: m4",
            ])
    }

    @Test("a history length of 0 means 20 (CQ-19)")
    func historyZero() async throws {
        let provider = try await provider(#","openAiHistory":0"#)
        defer { provider.server.stop() }
        for number in 1...3 { _ = try await provider.api.post(Self.chat, #"{"message":"m\#(number)"}"#) }
        #expect(try provider.lastPrompt.count == 6)
    }

    @Test("rows that cannot be read do not make the chat fail")
    func damaged() async throws {
        let provider = try await provider()
        defer { provider.server.stop() }
        try provider.api.storeExchange(response: "{", createdAt: 0)
        try provider.api.storeExchange(prompt: "good", response: #"{"text":"answer"}"#, createdAt: 0)
        #expect(try await provider.api.post(Self.chat, #"{"message":"When?"}"#).status == 200)
        #expect(try provider.lastPrompt.dropFirst() == ["user: good", "assistant: answer", "user: When?"])
    }

    @Test(
        "a leading @agent is stored but not sent (CQ-18)",
        arguments: [
            ("@agent When?", "When?"), ("@agents hi", "s hi"), ("@agent", "Hello!"), ("@agent  \n", "Hello!"),
            (" @agent x", " @agent x"), ("@Agent x", "@Agent x"),
        ])
    func agent(message: String, sent: String) async throws {
        let provider = try await provider()
        defer { provider.server.stop() }
        _ = try await provider.api.post(Self.chat, JSONValue.object(["message": .string(message)]).text)
        #expect(try provider.lastPrompt.last == "user: " + sent)
        #expect(try await provider.api.contents("/v1/workspace/ops/chats").first == message)
    }

    @Test("slash presets and own variables are expanded; the expanded message is stored")
    func phrases() async throws {
        let provider = try await provider(#","openAiHistory":1"#)
        defer { provider.server.stop() }
        let api = provider.api
        let (presets, variables) = (
            Phrases(.presets, api.dependencies.database), Phrases(.variables, api.dependencies.database)
        )
        try presets.set(Phrase(name: "/two", text: "never"))
        try presets.set(Phrase(name: "/one", text: "Once /two"))
        try presets.set(Phrase(name: "/two", text: "twice"))
        try presets.set(Phrase(name: "/three", text: "thrice"))
        try presets.set(Phrase(name: "/four", text: "/three"))
        try variables.set(Phrase(name: "site", text: "Berlin"))
        _ = try await api.post("/v1/workspace/ops/update", #"{"openAiPrompt":"In {site}."}"#)
        _ = try await api.post(Self.chat, #"{"message":"/one and /four, /reset"}"#)
        // Presets come one after the other: `/two` was there before `/one` and does not see what that one says.
        #expect(try provider.lastPrompt == ["system: In Berlin.", "user: Once /two and /three, /reset"])
        #expect(try await api.contents("/v1/workspace/ops/chats").first == "Once /two and /three, /reset")
        _ = try await api.post("/v1/workspace/ops/stream-chat", #"{"message":"/three"}"#)
        #expect(try provider.lastPrompt.last == "user: thrice")
    }

    @Test("images go with the message and come back with the history")
    func images() async throws {
        let provider = try await provider()
        defer { provider.server.stop() }
        let api = provider.api
        let image = #"{"name":"w.png","mime":"image/png","contentString":"data:image/png;base64,iVBO"}"#
        _ = try await api.post(Self.chat, #"{"message":"What?","attachments":[\#(image),{"name":"no content"}]}"#)
        let content =
            #"[{"type":"text","text":"What?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBO","detail":"high"}}]"#
        #expect(try provider.lastPrompt.last == "user: " + content)
        #expect(
            try await api.get("/v1/workspace/ops/chats").json()["history"]?[0]?["attachments"]?.text == "[\(image)]")
        _ = try await api.post(Self.chat, #"{"message":"And?","attachments":"none"}"#)
        #expect(try provider.lastPrompt.dropFirst() == ["user: " + content, "assistant: ok", "user: And?"])
    }

    @Test("an image is shown in history as it was sent, whatever else the client says of it")
    func imageAsSent() async throws {
        let provider = try await provider()
        defer { provider.server.stop() }
        let images = [
            #"{"contentString":"data:image/png;base64,iVBO","size":5,"name":7,"tags":["a",null]}"#,
            #"{"mime":"image/png","contentString":"data:image/png;base64,iVBO"}"#,
        ]
        let list = "[" + images.joined(separator: ",") + "]"
        _ = try await provider.api.post(Self.chat, #"{"message":"What?","attachments":\#(list)}"#)
        let history = try await provider.api.get("/v1/workspace/ops/chats").json()["history"]
        #expect(history?[0]?["attachments"]?.text == list)
    }

    /// Attachment's content as sent, and the text that becomes context; nil when it is left out.
    static let attachments: [(String, String, String?)] = [
        ("a.txt", "data:text/plain;base64,QW1lbmRtZW50IDI=", "Amendment 2"),
        ("a.txt", "QW1lbmRtZW50IDI", "Amendment 2"),
        ("a.txt", "data:text/plain;charset=utf-8;base64,QW1lbmRtZW50IDI=", "Amendment 2"),
        ("../a.md", "QW1l bmRt\nZW50IDI=", "Amendment 2"), ("a.exe", "AAAA", nil), ("a.txt", "=", nil),
    ]

    @Test("attached documents are context and sources without a score", arguments: attachments)
    func documents(name: String, content: String, text: String?) async throws {
        let provider = try await provider()
        defer { provider.server.stop() }
        let attachment: JSONValue = [
            "name": .string(name), "mime": "Application/AnythingLLM-Document", "contentString": .string(content),
        ]
        let body: JSONValue = ["message": "What?", "attachments": [attachment]]
        let json = try await provider.api.post(Self.chat, body.text).json()
        let system = try provider.lastPrompt[0]
        guard let text else {
            #expect(system == "system: Be terse in Ops.")
            #expect(json["sources"] == [])
            return
        }
        #expect(system == "system: Be terse in Ops.\nContext:\n[CONTEXT 0]:\n\(text)\n[END CONTEXT 0]\n\n")
        let source = try #require(json["sources"]?[0]?.objectValue)
        #expect(source.keys.first == "text")
        #expect(source["text"] == .string(text + "...continued on in source document..."))
        #expect(source["isDirectUpload"] == true)
        #expect(source["location"] != nil)
        #expect(source["score"] == nil)
        #expect(source["pageContent"] == nil)
        let stored = try await provider.api.get("/v1/workspace/ops/chats").json()["history"]?[0]
        #expect(stored?["attachments"] == [])
        #expect(try await provider.api.get("/v1/documents").json()["localFiles"]?["items"]?[0]?["items"] ?? [] == [])
    }
}
