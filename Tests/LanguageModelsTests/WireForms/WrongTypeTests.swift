import Testing

@testable import LanguageModels

/// Frames that are JSON, but not what the provider's documentation says, mean nothing.
struct WrongTypeTests {
    private static let common = ["7", "[]", "null", "{}", #""text""#, "true"]

    @Test(
        "a chunk of Responses",
        arguments: common + [
            #"{"type":"response.output_text.delta","delta":7}"#, #"{"type":"response.output_item.done","item":[]}"#,
            #"{"type":"response.output_item.done","item":{"type":"function_call","name":7}}"#,
            #"{"type":["response.completed"]}"#,
        ])
    func responses(data: String) throws {
        var reader = ResponsesEventReader()
        #expect(try reader.read(ServerSentEvent(name: "", data: Array(data.utf8))).isEmpty)
        #expect(reader.toolCalls.isEmpty)
    }

    @Test(
        "a line of Ollama",
        arguments: common + [
            #"{"message":7}"#, #"{"message":{"content":7,"thinking":[],"tool_calls":7}}"#, #"{"done":"yes"}"#,
            #"{"message":{"tool_calls":[7,{"function":{"name":7}}]}}"#, #"{"error":null}"#,
        ])
    func ollama(line: String) throws {
        var reader = OllamaLineReader()
        #expect(try reader.read(Array(line.utf8)).isEmpty)
        #expect(reader.toolCalls.isEmpty)
        #expect(!reader.isFinished)
    }

    @Test(
        "a message of ConverseStream",
        arguments: common + [
            #"{"delta":7}"#, #"{"delta":{"text":7,"reasoningContent":[],"toolUse":7}}"#, #"{"usage":7}"#,
            #"{"contentBlockIndex":"x","start":{"toolUse":{"name":7}}}"#, "",
        ])
    func converse(payload: String) throws {
        var reader = ConverseEventReader()
        for type in ["contentBlockStart", "contentBlockDelta", "contentBlockStop", "metadata", "unheard-of"] {
            let headers = [":message-type": "event", ":event-type": type]
            #expect(try reader.read(AWSEventMessage(headers: headers, payload: Array(payload.utf8))).isEmpty)
        }
        #expect(reader.toolCalls.isEmpty)
        #expect(reader.end() == [.finished])
    }
}
