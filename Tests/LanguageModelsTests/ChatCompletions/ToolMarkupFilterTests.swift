import OrderedJSON
import TestSupport
import Testing

@testable import LanguageModels

struct ToolMarkupFilterTests {
    private static func filtered(_ pieces: [String]) -> String {
        var filter = ToolMarkupFilter()
        return pieces.map { filter.filter($0) }.joined() + filter.finish(hasCalls: false)
    }

    @Test(
        "marked calls are left out, everything else stays, wherever the text is cut",
        arguments: [
            (#"a<tool_call>{"name":"x"}</tool_call>b"#, "ab"), (#"<|tool_call|>[{"a":"<b>"}]<|/tool_call|>."#, "."),
            ("a < b <tool> <|x|> é<tool_call😀", "a < b <tool> <|x|> é<tool_call😀"),
            ("<tool_call>1</tool_call> <tool_call>2</tool_call>!", " !"), ("a <tool_call>{", "a <tool_call>{"),
            ("<<tool_call></tool_call>", "<"), ("<tool_call>a<|/tool_call|>", "<tool_call>a<|/tool_call|>"),
        ])
    func filter(text: String, expected: String) {
        #expect(Self.filtered([text]) == expected)
        #expect(Self.filtered(text.map(String.init)) == expected)
        for position in text.indices {
            #expect(Self.filtered([String(text[..<position]), String(text[position...])]) == expected)
        }
    }

    @Test("what cannot become a mark, or is no call for its length, is not held back")
    func promptness() {
        var filter = ToolMarkupFilter()
        #expect(filter.filter("plain") == "plain")
        #expect(filter.filter("<tool") == "")
        #expect(filter.filter("s") == "<tools")
        #expect(filter.filter("<tool_call>") == "")
        let long = String(repeating: "x", count: 16 * 1024)
        #expect(filter.filter(long) == "<tool_call>" + long)
        var whole = ToolMarkupFilter()
        #expect(whole.filter("<tool_call>{}</tool_call>" + long) == long)
    }

    @Test("calls that nobody made are the answer when there is no other, beside blanks")
    func alone() {
        var filter = ToolMarkupFilter()
        #expect(filter.filter("<tool_call>1</tool_call>\n") == "\n")
        #expect(filter.finish(hasCalls: false) == "<tool_call>1</tool_call>")
        var called = ToolMarkupFilter()
        #expect(called.filter("<tool_call>1</tool_call>") == "")
        #expect(called.finish(hasCalls: true) == "")
    }

    @Test("foundry's calls are not shown twice, streamed or not, and an unclosed mark is text when nothing was called")
    func foundry() throws {
        let dialect = try ProviderFixture.form("foundry").dialect
        func read(_ chunks: [String]) throws -> String {
            var reader = ChatCompletionChunkReader(dialect)
            var events: [ChatStreamEvent] = []
            for chunk in chunks { events += try reader.read(ServerSentEvent(name: "", data: Array(chunk.utf8))) }
            return (events + reader.end()).reduce("") { text, event in
                if case .text(let piece) = event { text + piece } else { text }
            }
        }
        let call = #"{"choices":[{"delta":{"tool_calls":[{"function":{"name":"f","arguments":"{}"}}]}}]}"#
        let closed = [
            #"{"choices":[{"delta":{"content":"Hm. <tool_"}}]}"#,
            #"{"choices":[{"delta":{"content":"call>{}</tool_call>"}}]}"#,
        ]
        let open = #"{"choices":[{"delta":{"content":"<|tool_call|>[{}"}}]}"#
        #expect(try read(closed + [call]) == "Hm. ")
        #expect(try read([open, call]) == "")
        #expect(try read([open]) == "<|tool_call|>[{}")
        let server = try ScriptedHTTPServer([])
        defer { server.stop() }
        let model = try #require(try ProviderFixture.model("foundry", server) as? ChatCompletionsModel)
        func whole(_ message: String) throws -> String? {
            try model.completion(try JSONParser.parse(#"{"choices":[{"message":{\#(message)}}]}"#)).text
        }
        #expect(try whole(#""content":"a<tool_call>{}</tool_call>""#) == "a")
        #expect(try whole(#""content":"a<tool_call>{}""#) == "a<tool_call>{}")
        #expect(try whole(#""content":"a<tool_call>{}","tool_calls":[{"function":{"name":"f"}}]"#) == "a")
    }
}
