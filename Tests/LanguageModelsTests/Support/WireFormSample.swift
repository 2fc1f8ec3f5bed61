import Testing
import TestSupport

@testable import LanguageModels

/// A recorded stream of one wire form, piece by piece as the provider flushes it, with the events that it means.
struct WireFormSample: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var id: String
    var settings: [String: String] = [:]
    var name = "m"
    var mediaType: String
    var pieces: [[UInt8]]
    /// In front of what breaks a stream.
    var failurePrefix = ""
    /// The events of the first bytes of the stream, before its end is known.
    var read: @Sendable ([UInt8]) throws -> [ChatStreamEvent]

    var head: [UInt8] {
        Array("HTTP/1.1 200 OK\r\nContent-Type: \(mediaType)\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
    }

    /// The body as HTTP chunks, one a piece.
    var chunkedBody: [UInt8] { Self.chunked(pieces) }

    /// A chunked body (RFC 9112, section 7.1) with its end.
    static func chunked(_ pieces: [[UInt8]]) -> [UInt8] {
        var body: [UInt8] = []
        for piece in pieces {
            body += Array((String(piece.count, radix: 16) + "\r\n").utf8)
            body += piece
            body += [13, 10]
        }
        return body + Array("0\r\n\r\n".utf8)
    }

    /// The bytes of the stream that are within the first `count` bytes of ``chunkedBody``.
    func arrived(_ count: Int) -> [UInt8] {
        var stream: [UInt8] = []
        var left = count
        for piece in pieces {
            let frame = String(piece.count, radix: 16).utf8.count + 2
            stream += piece.prefix(max(0, left - frame))
            left -= frame + piece.count + 2
            if left <= 0 { break }
        }
        return stream
    }

    func model(_ server: ScriptedHTTPServer, _ more: [String: String] = [:]) throws -> any ChatModel {
        try ProviderFixture.model(id, server, settings.merging(more) { $1 }, name: name)
    }

    static let all = [chatCompletions, responses, anthropic, bedrockAnthropic, ollama, converse]

    private static func serverSentEvents(_ events: [(name: String?, data: String)]) -> [[UInt8]] {
        events.map { event in Array(((event.name.map { "event: \($0)\n" } ?? "") + "data: \(event.data)\n\n").utf8) }
    }

    private static func reading<Framing: StreamFraming, Reader: ChatEventReader>(
        _ framing: Framing, _ reader: Reader
    ) -> @Sendable ([UInt8]) throws -> [ChatStreamEvent] where Framing.Frame == Reader.Frame {
        { bytes in
            var framing = framing
            var reader = reader
            var frames: [Framing.Frame] = []
            try framing.append(bytes, into: &frames)
            return try frames.flatMap { try reader.read($0) }
        }
    }
}

extension WireFormSample {
    /// OpenAI API reference, "The chat completion chunk object".
    static let chatCompletions = WireFormSample(
        testDescription: "Chat Completions", id: "groq", mediaType: "text/event-stream",
        pieces: serverSentEvents([
            (nil, #"{"choices":[{"delta":{"role":"assistant","reasoning":"hm"}}]}"#),
            (nil, #"{"choices":[{"delta":{"content":"naïve 😀"}}]}"#),
            (nil, #"{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":4}}"#), (nil, "[DONE]"),
        ]), read: reading(ServerSentEventParser(), ChatCompletionChunkReader()))

    /// OpenAI API reference, "Streaming events" of the Responses API.
    static let responses = WireFormSample(
        testDescription: "Responses", id: "openai", name: "gpt-x", mediaType: "text/event-stream",
        pieces: serverSentEvents([
            ("response.created", #"{"type":"response.created","response":{}}"#),
            ("response.output_text.delta", #"{"type":"response.output_text.delta","delta":"naïve "}"#),
            ("response.output_text.delta", #"{"type":"response.output_text.delta","delta":"😀"}"#),
            (
                "response.completed",
                #"{"type":"response.completed","response":{"usage":{"input_tokens":4,"output_tokens":2}}}"#
            ),
        ]), read: reading(ServerSentEventParser(), ResponsesEventReader()))

    /// Anthropic, "Streaming messages" (platform.claude.com/docs/en/build-with-claude/streaming), its own example
    /// with other words.
    private static let anthropicPieces = serverSentEvents([
        (
            "message_start",
            #"{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"#
                + #""model":"m","stop_reason":null,"usage":{"input_tokens":25,"output_tokens":1}}}"#
        ),
        (
            "content_block_start",
            #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#
        ),
        ("ping", #"{"type": "ping"}"#),
        (
            "content_block_delta",
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"naïve "}}"#
        ),
        (
            "content_block_delta",
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"😀"}}"#
        ),
        ("content_block_stop", #"{"type":"content_block_stop","index":0}"#),
        (
            "message_delta",
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"#
                + #""usage":{"output_tokens":15}}"#
        ),
        ("message_stop", #"{"type":"message_stop"}"#),
    ])

    static let anthropic = WireFormSample(
        testDescription: "Anthropic Messages", id: "anthropic", mediaType: "text/event-stream; charset=utf-8",
        pieces: anthropicPieces, read: reading(ServerSentEventParser(), AnthropicEventReader()))

    static let bedrockAnthropic = WireFormSample(
        testDescription: "Anthropic Messages on Bedrock", id: "bedrock", name: "anthropic.claude-x",
        mediaType: "text/event-stream", pieces: anthropicPieces,
        read: reading(ServerSentEventParser(), AnthropicEventReader()))

    /// Ollama, "Generate a chat message" (docs.ollama.com/api/chat), streamed, with thinking.
    static let ollama = WireFormSample(
        testDescription: "Ollama chat", id: "ollama", mediaType: "application/x-ndjson",
        pieces: [
            #"{"model":"m","created_at":"2026-03-04T11:00:02Z","message":{"role":"assistant","content":"","#
                + #""thinking":"hm"},"done":false}"#,
            #"{"model":"m","message":{"role":"assistant","content":"naïve "},"done":false}"#,
            #"{"model":"m","message":{"role":"assistant","content":"😀"},"done":false}"#,
            #"{"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","#
                + #""total_duration":174560334,"prompt_eval_count":18,"eval_count":3,"eval_duration":1500000000}"#,
        ].map { Array(($0 + "\n").utf8) }, failurePrefix: "Ollama:streaming - could not stream chat. ",
        read: reading(LineFraming(), OllamaLineReader()))

    /// AWS, "ConverseStream"; the bytes are those of ``ConverseStreamRecording``.
    static let converse = WireFormSample(
        testDescription: "Bedrock ConverseStream", id: "bedrock",
        settings: [
            "AWS_BEDROCK_LLM_API_KEY": "", "AWS_BEDROCK_LLM_ACCESS_KEY_ID": "AKIDEXAMPLE",
            "AWS_BEDROCK_LLM_ACCESS_KEY": "secret",
        ], name: "amazon.nova-lite-v1:0", mediaType: "application/vnd.amazon.eventstream",
        pieces: ConverseStreamRecording.messages, read: reading(AWSEventFraming(), ConverseEventReader()))
}
