import OrderedJSON
import Testing

@testable import LanguageModels

@Suite("Numbers of tokens from outside")
struct TokenCountTests {
    @Test(
        "a count is a whole number that can be added up",
        arguments: [
            ("0", 0), ("-1", nil), ("1099511627776", 1 << 40), ("1099511627777", nil), ("9e18", nil), ("-9e18", nil),
            ("1e400", nil), ("1.5", nil), (#""7""#, nil), ("null", nil),
        ] as [(String, Int?)])
    func count(_ text: String, _ expected: Int?) throws {
        #expect(try JSONParser.parse(text).tokenCount == expected)
    }

    @Test(
        "a measured time is finite and not negative",
        arguments: [("0", 0), ("1.5", 1.5), ("-1", nil), ("1e400", nil), (#""7""#, nil)] as [(String, Double?)])
    func time(_ text: String, _ expected: Double?) throws {
        #expect(try JSONParser.parse(text).measuredTime == expected)
    }

    @Test("usage that cannot be is none, whatever the wire form")
    func usage() throws {
        var usage = TokenUsage()
        let chat = #"{"usage":{"prompt_tokens":9e18,"completion_tokens":9e18,"total_tokens":9e18}}"#
        #expect(usage.update(fromChatCompletion: try JSONParser.parse(chat)))
        #expect(usage == TokenUsage())
        let ollama = #"{"prompt_eval_count":9e18,"eval_count":9e18}"#
        #expect(TokenUsage(ollama: try JSONParser.parse(ollama)) == nil)
        var anthropic = AnthropicEventReader()
        let start = #"{"type":"message_start","message":{"usage":{"input_tokens":9e18,"output_tokens":9e18}}}"#
        let events = try anthropic.read(ServerSentEvent(name: "message_start", data: Array(start.utf8)))
        #expect(events.contains(.usage(TokenUsage(totalTokens: 0))))
    }

    @Test("a listed window that cannot be is none")
    func window() throws {
        let list = try JSONParser.parse(#"{"data":[{"id":"m","n":9e18},{"id":"k","n":8192}]}"#)
        #expect(ModelListing.openAI(window: ["n"])(list).map(\.window) == [nil, 8192])
    }
}
