import OrderedJSON
import TestSupport
import Testing
import Workspaces

@Suite("The tools of an agent and its limits", .timeLimit(.minutes(1)))
struct AgentToolTests {
    private static let chat = "/v1/workspace/ops/chat"
    private static let stream = "/v1/workspace/ops/stream-chat"
    private static let body = #"{"message":"@agent When?"}"#

    private struct Pages: PageFetching {
        struct Refused: Error, CustomStringConvertible { let description = "The address is not public." }

        func page(_ link: String) async throws -> String {
            if link.contains("127.0.0.1") { throw Refused() }
            return "Text of \(link)"
        }
    }

    private func provider(
        _ turns: [[ScriptedHTTPServerStep]], _ settings: [String: String] = [:], pages: (any PageFetching)? = nil
    ) async throws -> AgentProvider {
        let provider = try AgentProvider(turns, settings, pages: pages)
        try await provider.api.workspace("Ops")
        return provider
    }

    @Test("documents are listed, found by title, file name or path, and read in parts")
    func documents() async throws {
        let calls = [
            ("list_documents", "{}"), ("list_documents", #"{"containing":"SUP"}"#),
            ("list_documents", #"{"containing":"zebra"}"#), ("read_document", #"{"document":"Supply.txt"}"#),
            ("read_document", #"{"document":"long.txt"}"#), ("read_document", #"{"document":"long.txt","part":2}"#),
            ("read_document", #"{"document":"long.txt","part":9}"#), ("read_document", #"{"document":"other"}"#),
        ]
        let provider = try await provider([.calls(calls), .reply(["ok"])])
        defer { provider.server.stop() }
        let docpath = try await provider.api.document("supply", "Delivery is due in June.", workspaces: "ops")
        let text = String(repeating: "word ", count: 500)
        try await provider.api.document("long", text, workspaces: "ops")
        try await provider.api.document("elsewhere", "Not in this workspace.")
        _ = try await provider.api.post(Self.chat, Self.body)
        let results = try provider.results
        #expect(results.count == calls.count)
        #expect(results[0].split(separator: "\n").count == 2)
        #expect(results[1] == "- supply.txt (\(docpath), 5 words)")
        #expect(results[2] == #"No title contains "zebra"."#)
        #expect(results[3] == "supply.txt, part 1 of 1:\n\nDelivery is due in June.")
        #expect(results[4].hasPrefix("long.txt, part 1 of 2:\n\nword word"))
        #expect(results[5].hasPrefix("long.txt, part 2 of 2:\n\n"))
        let length = results[4].count + results[5].count - 2 * "long.txt, part 1 of 2:\n\n".count
        #expect(length == text.count - 1 || length == text.count)
        #expect(results[6] == #""long.txt" has parts 1 to 2."#)
        #expect(results[7].contains("holds no document"))
    }

    @Test("a long document is summarised part by part, by the model itself, and its tokens count")
    func summary() async throws {
        let provider = try await provider(
            [
                .calls([("summarize_document", #"{"document":"long.txt"}"#)]), .completion("First."),
                .completion("Second."),
                .reply(["ok"]),
            ], ["GENERIC_OPEN_AI_MODEL_TOKEN_LIMIT": "1200"])
        defer { provider.server.stop() }
        // Half of the window, three characters for each token.
        let text = String(repeating: "word ", count: 400)
        try await provider.api.document("long", text, workspaces: "ops")
        let json = try await provider.api.post(Self.chat, Self.body).json()
        #expect(json["textResponse"] == "ok")
        #expect(try provider.results == ["Summary of long.txt:\n\nFirst.\n\nSecond."])
        #expect(json["metrics"]?["total_tokens"] == JSONValue(110 + 2 * 89 + 220))
        let sent = try provider.bodies[1...2].map { $0["messages"]?[1]?["content"]?.stringValue ?? "" }
        #expect(sent.map(\.count) == [1800, text.count - 1800] || sent.map(\.count) == [1800, text.count - 1801])
        #expect(try provider.bodies[1]["stream"] == nil)
    }

    @Test(
        "a call that cannot be answered is told to the model",
        arguments: [
            ("no_such_tool", "{}", #"There is no tool "no_such_tool"."#),
            ("search_workspace", "not JSON", "The arguments are no JSON object."),
            ("search_workspace", "{}", #"The argument "query" is missing."#),
            ("search_workspace", #"{"query":5}"#, #"The argument "query" is missing."#),
            ("search_workspace", #"{"query":" "}"#, #"The argument "query" is missing."#),
            ("search_workspace", #"{"query":"x"}"#, "The workspace holds no documents."),
            ("list_documents", "", "The workspace holds no documents."),
            ("fetch_web_page", #"{"link":"https://example.com"}"#, #"There is no tool "fetch_web_page"."#),
        ])
    func refused(tool: String, arguments: String, result: String) async throws {
        let provider = try await provider([.calls([(tool, arguments)]), .reply(["ok"])])
        defer { provider.server.stop() }
        let json = try await provider.api.post(Self.chat, Self.body).json()
        #expect(json["textResponse"] == "ok")
        #expect(try provider.results == [result])
    }

    @Test("a search that fails inside is told to the model, which may still answer")
    func failedSearch() async throws {
        let provider = try await provider([
            .calls([("search_workspace", #"{"query":"EMBEDFAIL"}"#)]), .reply(["ok"]),
        ])
        defer { provider.server.stop() }
        try await provider.api.document("supply", "Delivery is due in June.", workspaces: "ops")
        #expect(try await provider.api.post(Self.chat, Self.body).json()["textResponse"] == "ok")
        #expect(try provider.results == ["Failed to embed: 500 mock failure"])
    }

    @Test("web pages are read only where somebody fetches them")
    func pages() async throws {
        let calls = [
            ("fetch_web_page", #"{"link":"https://example.com/a"}"#),
            ("fetch_web_page", #"{"link":"http://127.0.0.1/"}"#),
        ]
        let provider = try await provider([.calls(calls), .reply(["ok"])], pages: Pages())
        defer { provider.server.stop() }
        let json = try await provider.api.post(Self.chat, Self.body).json()
        #expect(json["thoughts"] == ["Reading https://example.com/a", "Reading http://127.0.0.1/"])
        #expect(try provider.results == ["Text of https://example.com/a", "The address is not public."])
        #expect(try provider.bodies[0]["tools"]?.arrayValue?.count == 5)
    }

    @Test(
        "with the setting they are read behind the guard of links, and never from the server's own network",
        arguments: [[:], ["COLLECTOR_ALLOW_ANY_IP": "true"]])
    func guardedPages(_ settings: [String: String]) async throws {
        let refused = [
            "http://127.0.0.1/", "http://0.0.0.0:8080/", "http://[::1]/", "http://2130706433/", "http://localhost/",
            "http://a.localhost:80/", "file:///etc/hosts", "no link at all",
        ]
        let calls = refused.map { ("fetch_web_page", JSONValue.object(["link": .string($0)]).text) }
        let provider = try await provider(
            [.calls(calls), .reply(["ok"])], ["CARREL_AGENT_PAGES": "true"].merging(settings) { $1 })
        defer { provider.server.stop() }
        _ = try await provider.api.post(Self.chat, Self.body)
        let (named, invalid) = ("Only pages of hosts with a name can be read.", "Not a valid URL.")
        #expect(
            try provider.results == [named, named, named, named, invalid, invalid, invalid, invalid])
    }

    @Test("after the granted rounds the model is told so, and has one more turn")
    func rounds() async throws {
        let provider = try await provider(
            [.calls([("list_documents", "{}")])], ["CARREL_AGENT_ROUNDS": "2"])
        defer { provider.server.stop() }
        let json = try await provider.api.post(Self.chat, Self.body).json()
        #expect(json["textResponse"] == "The agent was stopped after 2 rounds of tools without an answer.")
        #expect(json["thoughts"]?.arrayValue?.count == 2)
        #expect(provider.server.requests.count == 4)
        #expect(try provider.results.last == "No more tools can be called. Answer now with what you have.")
    }

    @Test("results that fill half of the window are the last ones")
    func window() async throws {
        let provider = try await provider(
            [.calls([("read_document", #"{"document":"long.txt"}"#)])],
            ["GENERIC_OPEN_AI_MODEL_TOKEN_LIMIT": "1200"])
        defer { provider.server.stop() }
        try await provider.api.document("long", String(repeating: "word ", count: 500), workspaces: "ops")
        _ = try await provider.api.post(Self.chat, Self.body)
        // A result is cut to 200 tokens or so, and 600 are half of the window.
        #expect((5...9).contains(provider.server.requests.count))
        #expect(try provider.results.last == "No more tools can be called. Answer now with what you have.")
    }

    private static let stopped: JSONValue = "The agent was stopped after 1 seconds without an answer."

    /// What the model does until the time is over, what the answer is, and how often the model was asked.
    static let ends: [([[ScriptedHTTPServerStep]], JSONValue, Int)] = [
        ([.openStream([[ScriptedHTTPServerStep].delta("In ")]) + [.stall]], "In ", 1),
        ([[.stall]], stopped, 1),
        ([.calls([("list_documents", "{}")]), [.stall]], stopped, 2),
    ]

    @Test("when the time is over the answer ends where it is, although the model is silent", arguments: ends)
    func time(turns: [[ScriptedHTTPServerStep]], text: JSONValue, requests: Int) async throws {
        let provider = try await provider(turns, ["CARREL_AGENT_SECONDS": "1"])
        defer { provider.server.stop() }
        let json = try await provider.api.post(Self.chat, Self.body).json()
        #expect(json["textResponse"] == text)
        #expect(json["metrics"]?["provider"] == "GenericOpenAiProvider")
        #expect(provider.server.requests.count == requests)
    }

    @Test("a summary is waited for no longer than the agent")
    func timeOfTool() async throws {
        let provider = try await provider(
            [.calls([("summarize_document", #"{"document":"a.txt"}"#), ("list_documents", "{}")]), [.stall]],
            ["CARREL_AGENT_SECONDS": "1"])
        defer { provider.server.stop() }
        try await provider.api.document("a", "Delivery is due in June.", workspaces: "ops")
        let json = try await provider.api.post(Self.chat, Self.body).json()
        #expect(json["textResponse"] == Self.stopped)
        #expect(json["thoughts"] == ["Summarizing a.txt"])
    }

    @Test("an answer without text and without calls is a failure")
    func empty() async throws {
        let provider = try await provider([.reply([])])
        defer { provider.server.stop() }
        let json = try await provider.api.post(Self.chat, Self.body).json()
        #expect(json["textResponse"] == "The agent model failed to respond: The answer was empty.")
    }

    @Test("a client that leaves ends the run; what the model had said is kept")
    func clientGone() async throws {
        let provider = try await provider([.openStream([[ScriptedHTTPServerStep].delta("In ")]) + [.stall]])
        defer { provider.server.stop() }
        let api = provider.api
        let client = StreamingClient()
        let reading = Task { try await client.read(api, Self.stream, Self.body) }
        await client.events.reaches(1)
        reading.cancel()
        _ = try await reading.value
        await provider.server.clientIsGone.opened()
        #expect(try await api.contents("/v1/workspace/ops/chats") == ["@agent When?", "In "])
    }
}
