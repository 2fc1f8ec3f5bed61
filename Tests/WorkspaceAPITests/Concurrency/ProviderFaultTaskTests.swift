import OrderedJSON
import TestSupport
import Testing

@Suite("Bad providers leave no task behind", .timeLimit(.minutes(2)))
struct ProviderFaultTaskTests {
    typealias Steps = [ScriptedHTTPServerStep]

    /// What a provider does, by the message of the chat.
    private static let faults: [(message: String, steps: Steps)] = [
        ("a web page", .answer(type: "text/html", body: "<html>")),
        ("an error", .answer(status: 500, body: "{}")),
        ("busy for long", .answer(status: 429, headers: "Retry-After: 1000\r\n", body: "{}")),
        ("a redirect", .answer(status: 307, headers: "Location: http://127.0.0.1:1/\r\n", body: "")),
        ("no JSON", .answer(body: "{")),
        ("no JSON in the middle", .openStream([Steps.delta("a"), "{", Steps.stop])),
        ("an error in the middle", .openStream([Steps.delta("a"), #"{"error":{"message":"x"}}"#])),
        ("wrong types", .events(["5", #"{"choices":7}"#, Steps.stop])),
        ("a cut", .openStream([Steps.delta("a")]) + [.close]),
        ("nobody", [.close]),
        ("silence", .openStream([Steps.delta("a")]) + [.stall]),
        ("silence from the beginning", [.stall]),
        ("no end behind the finish marker", .openStream([Steps.delta("a"), Steps.stop]) + [.stall]),
        ("a huge event", .openStream([Steps.delta("a"), String(repeating: "x", count: 9 << 20)])),
    ]

    private func provider() throws -> (server: ScriptedHTTPServer, api: APIFixture) {
        let server = try ScriptedHTTPServer(script: { request in
            Self.faults.first { request.text.contains(JSONValue.string($0.message).text) }?.steps ?? .stream(["ok"])
        })
        let api = try APIFixture(settings: [
            "LLM_PROVIDER": "generic-openai", "GENERIC_OPEN_AI_BASE_PATH": server.base,
            "GENERIC_OPEN_AI_MODEL_PREF": "m", "LLM_IDLE_TIMEOUT_MS": "50", "ANYTHINGLLM_FETCH_TIMEOUT": "500",
        ])
        return (server, api)
    }

    /// What the first call makes for all is no call's.
    private func warm(_ api: APIFixture) async throws {
        try await api.workspace("Ops")
        _ = try await api.post("/v1/workspace/ops/stream-chat", #"{"message":"ok","sessionId":"warm"}"#)
    }

    @Test("streamed, whole and by an agent", arguments: ["stream-chat", "chat"], ["", "@agent "])
    func faults(kind: String, prefix: String) async throws {
        let (server, api) = try provider()
        defer { server.stop() }
        try await warm(api)
        for (number, fault) in Self.faults.enumerated() {
            try await TaskWitness.ends {
                let body: JSONValue = [
                    "message": .string(prefix + fault.message), "sessionId": .string("\(number)"),
                ]
                let answer = try await api.post("/v1/workspace/ops/\(kind)?heartbeat=1", body.text)
                #expect(!answer.body.isEmpty, "\(fault.message)")
            }
        }
    }

    @Test("when the client leaves in the middle", arguments: ["", "@agent "])
    func departure(prefix: String) async throws {
        let (server, api) = try provider()
        defer { server.stop() }
        try await warm(api)
        try await TaskWitness.ends {
            let client = StreamingClient()
            let body: JSONValue = ["message": .string(prefix + "silence")]
            let task = Task {
                _ = try? await client.read(api, "/v1/workspace/ops/stream-chat?heartbeat=1", body.text)
            }
            await client.events.reaches(1)
            task.cancel()
        }
        await server.clientIsGone.opened()
    }

    @Test("a task that goes on is noticed, and that it has ended")
    func witness() async throws {
        let gate = ManualGate()
        let ended = ManualCounter()
        try await TaskWitness.watch({ Task { await gate.wait() } }, ended)
        #expect(ended.value == 0)
        gate.open()
        await ended.reaches(1)
    }
}
