import Testing

@testable import LanguageModels

struct ChatCompletionChunkReaderTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var chunks: [String]
        var events: [ChatStreamEvent]

        init(_ name: String, _ chunks: [String], _ events: [ChatStreamEvent]) {
            testDescription = name
            self.chunks = chunks
            self.events = events
        }
    }

    private static func delta(_ delta: String, finish: String = "null", more: String = "") -> String {
        #"{"choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(finish)}]\#(more)}"#
    }

    private static let role = delta(#"{"role":"assistant","content":""}"#)
    private static func text(_ text: String) -> String { delta(#"{"content":"\#(text)"}"#) }
    private static func thought(_ text: String, key: String = "reasoning_content") -> String {
        delta(#"{"\#(key)":"\#(text)"}"#)
    }
    private static let stop = delta("{}", finish: #""stop""#)
    private static let usageJSON = #""usage":{"prompt_tokens":4,"completion_tokens":2,"total_tokens":6}"#
    private static let usage = TokenUsage(promptTokens: 4, completionTokens: 2, totalTokens: 6)

    static let cases = [
        Case("plain answer", [role, text("a "), text("b"), stop, "[DONE]"], [.text("a "), .text("b"), .finished]),
        Case(
            "reasoning, then text", [role, thought("Let "), thought("me"), text("x"), stop],
            [.reasoning("<think>Let "), .reasoning("me"), .reasoning("</think>"), .text("x"), .finished]),
        Case(
            "the key reasoning", [thought("r", key: "reasoning"), text("x"), stop],
            [.reasoning("<think>r"), .reasoning("</think>"), .text("x"), .finished]),
        Case(
            "the key thinking", [thought("r", key: "thinking"), text("x"), stop],
            [.reasoning("<think>r"), .reasoning("</think>"), .text("x"), .finished]),
        Case(
            "the first non-empty key counts",
            [delta(#"{"reasoning_content":"","reasoning":"b","thinking":"c"}"#), stop],
            [.reasoning("<think>b"), .reasoning("</think>"), .finished]),
        Case(
            "reasoning without text is closed (CQ-7)", [thought("r"), stop],
            [.reasoning("<think>r"), .reasoning("</think>"), .finished]),
        Case(
            "reasoning that the body ends is closed", [thought("r")],
            [.reasoning("<think>r"), .reasoning("</think>"), .finished]),
        Case(
            "text in the first reasoning chunk is kept (CQ-8)",
            [delta(#"{"reasoning_content":"r","content":"x"}"#), text("y"), stop],
            [.reasoning("<think>r"), .reasoning("</think>"), .text("x"), .text("y"), .finished]),
        Case(
            "text in a later reasoning chunk comes after the tag (CQ-23)",
            [thought("r"), delta(#"{"reasoning_content":"s","content":"x"}"#), stop],
            [.reasoning("<think>r"), .reasoning("s"), .reasoning("</think>"), .text("x"), .finished]),
        Case(
            "reasoning after text opens another block", [thought("r"), text("x"), thought("s"), text("y"), stop],
            [
                .reasoning("<think>r"), .reasoning("</think>"), .text("x"), .reasoning("<think>s"),
                .reasoning("</think>"), .text("y"), .finished,
            ]),
        Case(
            "text in the finishing chunk", [delta(#"{"content":"x"}"#, finish: #""length""#)], [.text("x"), .finished]),
        Case(
            "an empty finish reason does not finish", [delta(#"{"content":"x"}"#, finish: #""""#), text("y"), stop],
            [.text("x"), .text("y"), .finished]),
        Case(
            "nothing after the finish marker is text", [text("x"), stop, text("y"), stop, "[DONE]"],
            [.text("x"), .finished]),
        Case("no finish marker (CQ-6)", [text("x"), "[DONE]"], [.text("x"), .finished]),
        Case("no finish marker and no DONE", [text("x")], [.text("x"), .finished]),
        Case("nothing at all", [], [.finished]),
        Case("no choices (CQ-5)", [#"{"choices":[]}"#, "[DONE]"], [.finished]),
        Case(
            "tool calls are no text", [delta(#"{"tool_calls":[{"index":0}]}"#), delta("{}", finish: #""tool_calls""#)],
            [.finished]),
        Case(
            "wrong types are ignored",
            [
                "5", "null", "[]", #""x""#, #"{"choices":{}}"#, #"{"choices":[7]}"#, #"{"choices":[{"delta":[]}]}"#,
                delta(#"{"content":7,"reasoning":{}}"#), #"{"usage":7,"timings":[]}"#, #"{"error":null}"#, text("x"),
            ],
            [.text("x"), .finished]),
        Case(
            "content in parts", [delta(#"{"content":[{"type":"text","text":"a"},{"text":"b"}]}"#), stop],
            [.text("ab"), .finished]),
        Case(
            "usage with the finish marker", [text("x"), delta("{}", finish: #""stop""#, more: "," + usageJSON)],
            [.text("x"), .finished, .usage(usage)]),
        Case(
            "usage after the finish marker (CQ-10)", [text("x"), stop, #"{"choices":[],\#(usageJSON)}"#, "[DONE]"],
            [.text("x"), .finished, .usage(usage)]),
        Case(
            "llama.cpp timings prevail, in either order",
            [delta("{}", finish: #""stop""#, more: #","timings":{"predicted_n":9,"predicted_ms":1500}"#)],
            [.finished, .usage(TokenUsage(completionTokens: 9, duration: 1.5))]),
        Case(
            "timings beside usage",
            [delta("{}", finish: #""stop""#, more: #",\#(usageJSON),"timings":{"predicted_n":9,"predicted_ms":1500}"#)],
            [.finished, .usage(TokenUsage(promptTokens: 4, completionTokens: 9, totalTokens: 6, duration: 1.5))]),
        Case(
            "what breaks after the finish marker is no error",
            [text("x"), stop, "{not json", #"{"error":{"message":"late"}}"#], [.text("x"), .finished]),
    ]

    @Test("chunks become events", arguments: cases)
    func events(testCase: Case) throws {
        var reader = ChatCompletionChunkReader()
        var events: [ChatStreamEvent] = []
        for chunk in testCase.chunks {
            events += try reader.read(ServerSentEvent(name: "", data: Array(chunk.utf8)))
        }
        events += reader.end()
        #expect(events == testCase.events)
        #expect(reader.isFinished)
    }

    @Test(
        "an error in place of a chunk is the provider's",
        arguments: [
            (#"{"error":{"message":"mock stream error"}}"#, "mock stream error"),
            (#"{"error":"overloaded"}"#, "overloaded"),
            (#"{"error":{"code":7}}"#, #"{"code":7}"#),
        ])
    func error(chunk: String, message: String) throws {
        var reader = ChatCompletionChunkReader()
        let error = #expect(throws: LanguageModelError.self) {
            try reader.read(ServerSentEvent(name: "", data: Array(chunk.utf8)))
        }
        #expect(error?.code == .upstreamMessage)
        #expect(error?.message == message)
    }

    @Test(
        "an event named error is the provider's, in llama.cpp's form too, unless the answer is finished",
        arguments: [
            "event: error\ndata: {\"message\":\"context is full\"}\n\n", "error: {\"message\":\"context is full\"}\n\n",
            "error: {\"error\":{\"message\":\"context is full\"}}\n\n",
            "error: {\"error\":null,\"message\":\"context is full\"}\n\n",
        ])
    func errorEvent(stream: String) throws {
        var parser = ServerSentEventParser()
        var events: [ServerSentEvent] = []
        try parser.append(stream.utf8, into: &events)
        let event = try #require(events.first)
        var reader = ChatCompletionChunkReader()
        let error = #expect(throws: LanguageModelError.self) { try reader.read(event) }
        #expect(error?.code == .upstreamMessage)
        #expect(error?.message == "context is full")
        var finished = ChatCompletionChunkReader()
        _ = try finished.read(ServerSentEvent(name: "", data: Array(Self.stop.utf8)))
        #expect(try finished.read(event) == [])
    }

    @Test("a chunk that is not JSON is malformed", arguments: ["{", "<html>", "{\"choices\":[}"])
    func malformed(chunk: String) {
        var reader = ChatCompletionChunkReader()
        let error = #expect(throws: LanguageModelError.self) {
            try reader.read(ServerSentEvent(name: "", data: Array(chunk.utf8)))
        }
        #expect(error?.code == .malformedAnswer)
    }
}
