import HTTPTypes
import OrderedJSON
import Storage
import TestSupport
import Testing
import Workspaces

@Suite("Chats that an agent answers", .timeLimit(.minutes(1)))
struct AgentChatTests {
    private typealias Steps = [ScriptedHTTPServerStep]

    private static let chat = "/v1/workspace/ops/chat"
    private static let stream = "/v1/workspace/ops/stream-chat"
    private static let search = (name: "search_workspace", arguments: #"{"query":"When is delivery due?"}"#)
    private static let metricKeys = [
        "prompt_tokens", "completion_tokens", "total_tokens", "duration", "outputTps", "model", "provider", "timestamp",
    ]

    private func provider(
        _ turns: [[ScriptedHTTPServerStep]], _ settings: [String: String] = [:], workspace: String = ""
    ) async throws -> AgentProvider {
        let provider = try AgentProvider(turns, settings)
        try await provider.api.workspace("Ops", #""openAiPrompt":"Be terse in {workspace.name}.""# + workspace)
        try await provider.api.document("supply", "Delivery is due in June.", workspaces: "ops")
        return provider
    }

    @Test("without tools the events are the pieces, the usage, the whole text and the end, with their keys")
    func events() async throws {
        let provider = try await provider([.reply(["In ", "June."])])
        defer { provider.server.stop() }
        let events = try await provider.api.post(Self.stream, #"{"message":"@agent When?"}"#).events()
        #expect(
            events.map { $0["type"]?.stringValue } == [
                "textResponseChunk", "textResponseChunk", "usageMetrics", "textResponse", "finalizeResponseStream",
            ])
        let id = events[0]["id"]
        #expect(id != nil && events.dropLast().allSatisfy { $0["id"] == id } && events[4]["uuid"] == id)
        #expect(events[0].objectValue?.keys == ["id", "type", "textResponse", "sources", "close", "error"])
        #expect(events[0]["textResponse"] == "In ")
        #expect(events[0]["error"] == .null)
        #expect(events[2].objectValue?.keys == ["id", "type", "metrics", "close", "error"])
        #expect(events[2]["metrics"]?.objectValue?.keys == Self.metricKeys)
        #expect(events[2]["metrics"]?["prompt_tokens"] == 200)
        #expect(events[2]["metrics"]?["provider"] == "GenericOpenAiProvider")
        #expect(
            events[3].objectValue?.keys == [
                "id", "type", "textResponse", "sources", "attachments", "close", "error", "animate",
            ])
        #expect(events[3]["textResponse"] == "In June.")
        #expect(events[3]["close"] == true)
        #expect(
            events[4].objectValue?.keys == [
                "uuid", "type", "textResponse", "thoughts", "outputs", "sources", "close", "error", "metrics",
            ])
        #expect(events[4]["error"] == false)
        #expect(events[4]["sources"] == [])
    }

    @Test("the model is sent the prompt and the tools, streamed, without temperature and limit")
    func request() async throws {
        let provider = try await provider([.reply(["ok"])])
        defer { provider.server.stop() }
        for message in ["@agent When?", "@agents hi", "@agent"] {
            _ = try await provider.api.post(Self.chat, JSONValue.object(["message": .string(message)]).text)
        }
        let body = try provider.bodies[0]
        #expect(body.objectValue?.keys == ["model", "stream", "stream_options", "messages", "tools"])
        #expect(
            body["messages"]?.text
                == #"[{"role":"system","content":"Be terse in Ops."},{"role":"user","content":"When?"}]"#)
        #expect(
            body["tools"]?.arrayValue?.map { $0["function"]?["name"]?.stringValue } == [
                "search_workspace", "list_documents", "read_document", "summarize_document",
            ])
        #expect(try provider.bodies[1]["messages"]?[3]?["content"] == "s hi")
        #expect(try provider.bodies[1]["messages"]?[1]?["content"] == "@agent When?")
        #expect(try provider.bodies[2]["messages"]?[5]?["content"] == "Hello!")
    }

    @Test("a search is told of, its passages go to the model and, as sources, to the client and into the row")
    func tool() async throws {
        let provider = try await provider([.calls([Self.search], saying: "Let me see."), .reply(["In June."])])
        defer { provider.server.stop() }
        let image = #"{"name":"w.png","mime":"image/png","contentString":"data:image/png;base64,iVBO"}"#
        let note = #"{"name":"n.txt","mime":"application/anythingllm-document","contentString":"SGk="}"#
        let events = try await provider.api.post(
            Self.stream, #"{"message":"When?","mode":"automatic","sessionId":"s","attachments":[\#(image),\#(note)]}"#
        ).events()
        #expect(
            events.map { $0["type"]?.stringValue } == [
                "textResponseChunk", "agentThought", "textResponseChunk", "usageMetrics", "textResponse",
                "finalizeResponseStream",
            ])
        let thought = #"Searching the workspace documents for "When is delivery due?""#
        #expect(
            events[1].objectValue?.keys == [
                "id", "type", "thought", "sources", "attachments", "close", "error", "animate",
            ])
        #expect(events[1]["thought"] == .string(thought))
        #expect(events[4]["textResponse"] == "In June.")
        let last = events[5]
        #expect(last["thoughts"] == ["Let me see.", .string(thought)])
        #expect(last["metrics"]?["total_tokens"] == 330)
        let sources = try #require(last["sources"]?.arrayValue)
        #expect(sources.map { $0["title"] } == ["n.txt", "supply.txt"])
        #expect(sources[1]["score"] != nil)
        #expect(try provider.results.count == 1)
        #expect(try provider.results[0].contains("Delivery is due in June."))
        let stored = try #require(
            try provider.api.dependencies.database.read {
                try $0.chats(workspaceId: 1, session: "s", limit: 1, descending: true)
            }.first)
        #expect(stored.include)
        #expect(stored.prompt == "When?")
        let row = try JSONParser.parse(stored.response)
        #expect(
            row.objectValue?.keys == ["text", "sources", "attachments", "type", "thoughts", "outputs", "metrics"])
        #expect(row["attachments"]?.text == "[\(image),\(note)]")
        #expect(row["type"] == "automatic")
        #expect(row["thoughts"] == last["thoughts"])
        let shown = try await provider.api.get("/v1/workspace/ops/chats?apiSessionId=s").json()["history"]?[1]
        #expect(shown?["content"] == "In June.")
        #expect(shown?["thoughts"] == nil && shown?["outputs"] == nil)
    }

    @Test("documents that an agent was given are no images for the chats that follow")
    func documentsInHistory() async throws {
        let provider = try await provider([.reply(["ok"])])
        defer { provider.server.stop() }
        let image = #"{"name":"w.png","mime":"image/png","contentString":"data:image/png;base64,iVBO"}"#
        let note = #"{"name":"n.txt","mime":"Application/AnythingLLM-Document","contentString":"SGkgdGhlcmU="}"#
        _ = try await provider.api.post(Self.chat, #"{"message":"@agent When?","attachments":[\#(note),\#(image)]}"#)
        for message in ["@agent And now?", "And now?"] {
            _ = try await provider.api.post(Self.stream, JSONValue.object(["message": .string(message)]).text)
            let body = try #require(try provider.bodies.last).text
            #expect(body.contains("data:image/png;base64,iVBO"))
            #expect(!body.contains("SGkgdGhlcmU="))
        }
    }

    @Test("a whole answer has the documented keys, no chat id, and is counted")
    func sync() async throws {
        let provider = try await provider([.calls([Self.search]), .reply(["In June."])])
        defer { provider.server.stop() }
        let answer = try await provider.api.post(Self.chat, #"{"message":"@agent When?"}"#)
        #expect(answer.status == 200)
        let json = try answer.json()
        #expect(
            json.objectValue?.keys == [
                "id", "type", "sources", "close", "error", "textResponse", "thoughts", "outputs", "metrics",
            ])
        #expect(json["textResponse"] == "In June.")
        #expect(json["metrics"]?.objectValue?.keys == Self.metricKeys)
        #expect(try await provider.api.contents("/v1/workspace/ops/chats") == ["@agent When?", "In June."])
        let counts = try provider.api.telemetry()
        for event in ["agent_chat_started", "agent_chat_sent", "agent_tool_call", "sent_chat"] {
            #expect(counts[event] == 1, "\(event)")
        }
        #expect(try provider.api.events().last == "api_sent_chat")
    }

    @Test("what a provider does not count is estimated for each turn: prompt, calls and results")
    func uncounted() async throws {
        let call =
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c","#
            + #""function":{"name":"list_documents","arguments":"{}"}}]}}]}"#
        let end = #"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#
        let provider = try await provider([
            .stream(["In ", "June."]), .events([call, end]), .stream(["In ", "June."]),
        ])
        defer { provider.server.stop() }
        var counts: [(prompt: Int, completion: Int)] = []
        for session in 1...2 {
            let metrics = try await provider.api.post(
                Self.chat, #"{"message":"@agent When?","sessionId":"\#(session)"}"#
            ).json()["metrics"]
            let prompt = try #require(metrics?["prompt_tokens"]?.integerValue)
            let completion = try #require(metrics?["completion_tokens"]?.integerValue)
            #expect(metrics?["total_tokens"] == JSONValue(prompt + completion))
            counts.append((prompt, completion))
        }
        #expect(counts[0].prompt > 0)
        #expect(counts[0].completion == 2)
        #expect(counts[1].prompt > 2 * counts[0].prompt)
        #expect(counts[1].completion > counts[0].completion)
    }

    @Test("in a thread the agent sees the thread's history, and its answer is part of it")
    func thread() async throws {
        let provider = try await provider([.reply(["In June."])])
        defer { provider.server.stop() }
        let slug = try #require(
            try await provider.api.post("/v1/workspace/ops/thread/new").json()["thread"]?["slug"]?.stringValue)
        let path = "/v1/workspace/ops/thread/\(slug)"
        _ = try await provider.api.post(path + "/chat", #"{"message":"@agent When?"}"#)
        _ = try await provider.api.post(path + "/stream-chat", #"{"message":"@agent And where?"}"#)
        #expect(
            try provider.bodies[1]["messages"]?.arrayValue?.dropFirst().map { $0["content"]?.stringValue } == [
                "@agent When?", "In June.", "And where?",
            ])
        #expect(
            try await provider.api.contents(path + "/chats") == [
                "@agent When?", "In June.", "@agent And where?", "In June.",
            ])
        #expect(try await provider.api.contents("/v1/workspace/ops/chats").isEmpty)
    }

    @Test("a failure of the model is an answer that says so, and is stored")
    func failure() async throws {
        let provider = try await provider([
            .answer(status: 401, body: #"{"error":{"message":"bad key"}}"#)
        ])
        defer { provider.server.stop() }
        let events = try await provider.api.post(Self.stream, #"{"message":"@agent When?"}"#).events()
        let text = "The agent model failed to respond: 401 bad key"
        #expect(
            events.map { $0["type"]?.stringValue } == ["agentThought", "textResponse", "finalizeResponseStream"])
        #expect(events[0]["thought"] == .string("Error encountered while running: " + text))
        #expect(events[1]["textResponse"] == .string(text))
        #expect(events[2]["metrics"] == [:])
        let answer = try await provider.api.post(Self.chat, #"{"message":"@agent When?"}"#)
        #expect(answer.status == 200)
        #expect(try answer.json()["textResponse"] == .string(text))
        #expect(try await provider.api.contents("/v1/workspace/ops/chats").suffix(1) == [text])
    }

    @Test(
        "a request that comes again is given the stored answer, but a failure is tried again",
        arguments: ["/v1/workspace/ops/chat", "/v1/workspace/ops/stream-chat"])
    func repetition(path: String) async throws {
        let provider = try await provider([
            .answer(status: 401, body: #"{"error":{"message":"bad key"}}"#), .reply(["In June."]),
        ])
        defer { provider.server.stop() }
        let key: HTTPFields = [try #require(HTTPField.Name("Idempotency-Key")): "k"]
        var bodies: [String] = []
        for _ in 1...3 {
            bodies.append(try await provider.api.send(.post, path, #"{"message":"@agent When?"}"#, headers: key).body)
        }
        #expect(bodies[0].contains("401 bad key"))
        #expect(bodies[1].contains("In June."))
        #expect(bodies[2] == bodies[1])
        #expect(provider.server.requests.count == 2)
    }

    @Test("sources=false leaves them out of the answer", arguments: ["chat", "stream-chat"])
    func withoutSources(kind: String) async throws {
        let provider = try await provider([.calls([Self.search]), .reply(["In June."])])
        defer { provider.server.stop() }
        let body = try await provider.api.post(
            "/v1/workspace/ops/\(kind)?sources=false", #"{"message":"@agent When?"}"#
        ).body
        #expect(body.contains("In June."))
        #expect(!body.contains("sourceDocument"))
    }

    @Test(
        "a provider without tools answers as plain chat",
        arguments: [
            ["PROVIDER_DISABLE_NATIVE_TOOL_CALLING": "groq, generic-openai"], ["LLM_PROVIDER": "extractive"],
        ])
    func plain(_ settings: [String: String]) async throws {
        let provider = try await provider([.completion("ok")], settings)
        defer { provider.server.stop() }
        for body in [#"{"message":"@agent When?"}"#, #"{"message":"When?","mode":"automatic"}"#] {
            let json = try await provider.api.post(Self.chat, body).json()
            #expect(json["chatId"] != nil)
            #expect(json["thoughts"] == nil)
        }
        #expect(try provider.api.telemetry()["agent_chat_started"] == nil)
    }

    @Test("a message in chat or query mode is no agent's")
    func otherModes() async throws {
        let provider = try await provider([.completion("ok")])
        defer { provider.server.stop() }
        for mode in ["chat", "query"] {
            let json = try await provider.api.post(Self.chat, #"{"message":"When is delivery due?","mode":"\#(mode)"}"#)
                .json()
            #expect(json["chatId"] != nil, "\(mode)")
        }
        #expect(try provider.bodies.allSatisfy { $0["tools"] == nil })
    }

    /// Settings of the workspace, and the model that is asked.
    static let selections = [
        ("", "mock-model"), (#","chatModel":"chat-model""#, "chat-model"),
        (#","chatModel":"chat-model","agentModel":"agent-model""#, "agent-model"),
        (#","chatProvider":"extractive","chatModel":"x","agentProvider":"generic-openai""#, "mock-model"),
        (#","chatProvider":"extractive","agentProvider":"generic-openai","agentModel":"agent-model""#, "agent-model"),
    ]

    @Test("the agent's provider and model come first, then the workspace's, then the instance's", arguments: selections)
    func selection(workspace: String, model: String) async throws {
        let provider = try await provider([.reply(["ok"])], workspace: workspace)
        defer { provider.server.stop() }
        _ = try await provider.api.post(Self.chat, #"{"message":"@agent When?"}"#)
        #expect(try provider.bodies.last?["model"] == .string(model))
        #expect(try provider.bodies.last?["tools"] != nil)
    }

    @Test("a provider that is not configured is an error, as in plain chats")
    func misconfigured() async throws {
        let provider = try await provider([.reply(["ok"])], workspace: #","agentProvider":"groq""#)
        defer { provider.server.stop() }
        let answer = try await provider.api.post(Self.chat, #"{"message":"@agent When?"}"#)
        #expect(answer.status == 500)
        #expect(try answer.json()["error"] == "No Groq API key was set.")
    }
}
