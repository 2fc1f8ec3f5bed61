import OrderedJSON
import SentenceEmbedding
import TestSupport

/// A `generic-openai` provider whose answers are scripts, and an API that chats with it.
struct ScriptedProvider {
    let server: ScriptedHTTPServer
    let api: APIFixture

    /// - Parameters:
    ///   - steps: of every answer.
    ///   - settings: beside the address and the model of the provider.
    ///   - embedder: of the API.
    init(
        _ steps: [ScriptedHTTPServerStep], _ settings: [String: String] = [:],
        embedder: any SentenceEmbedder = WordEmbedder()
    ) throws {
        server = try ScriptedHTTPServer(steps)
        api = try APIFixture(
            settings: server.genericOpenAI.merging(settings) { $1 }, embedder: embedder)
    }

    /// What the provider was sent, in order.
    var bodies: [JSONValue] { get throws { try server.bodies } }

    /// The messages of the last prompt as `role: content`.
    var lastPrompt: [String] {
        get throws {
            try bodies.last?["messages"]?.arrayValue?.map {
                "\($0["role"]?.stringValue ?? ""): \($0["content"]?.stringValue ?? $0["content"]?.text ?? "")"
            } ?? []
        }
    }
}

extension [ScriptedHTTPServerStep] {
    /// A whole completion.
    static func completion(_ text: String) -> Self {
        answer(
            body: #"{"choices":[{"message":{"role":"assistant","content":\#(JSONValue(text).text)}}],"#
                + #""usage":{"prompt_tokens":80,"completion_tokens":9,"total_tokens":89}}"#)
    }

    /// A streamed answer of those pieces, with the finish marker.
    static func stream(_ pieces: [String]) -> Self {
        events(pieces.map(delta) + [stop, "[DONE]"])
    }

    /// A streamed answer of those chunks, which ends properly.
    static func events(_ data: [String]) -> Self {
        openStream(data) + lastChunk
    }

    /// A streamed answer that has not ended yet.
    static func openStream(_ data: [String]) -> Self {
        eventStreamHead + data.flatMap { chunk("data: \($0)\n\n") }
    }

    static func delta(_ text: String) -> String {
        #"{"choices":[{"index":0,"delta":{"content":\#(JSONValue(text).text)},"finish_reason":null}]}"#
    }

    static func reasoning(_ text: String) -> String {
        #"{"choices":[{"index":0,"delta":{"reasoning_content":\#(JSONValue(text).text)},"finish_reason":null}]}"#
    }

    static let stop = #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#
}
