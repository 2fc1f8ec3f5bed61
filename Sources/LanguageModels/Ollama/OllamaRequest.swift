import OrderedJSON

/// The body of a chat request to Ollama (contract/chat.md 13.2, 13.3).
///
/// Source: Ollama, "Generate a chat message" (docs.ollama.com/api/chat).
struct OllamaRequest: Sendable {
    var model: String
    var window: Int
    /// How long the model stays loaded: seconds, or text such as `5m`.
    var keepAlive: JSONValue

    func body(_ request: ChatRequest, isStreamed: Bool) -> JSONValue {
        var body = body(request.messages, rounds: [], isStreamed: isStreamed)
        body["options"] = ["temperature": JSONValue(request.temperature), "num_ctx": JSONValue(window)]
        return .object(body)
    }

    /// A turn of an agent; it leaves the temperature to the server.
    func body(_ request: ToolRequest) -> JSONValue {
        var body = body(request.chat.messages, rounds: request.rounds, isStreamed: true)
        body["options"] = ["num_ctx": JSONValue(window)]
        if !request.tools.isEmpty { body["tools"] = .array(request.tools.map(Self.tool)) }
        return .object(body)
    }

    private func body(_ messages: [ChatMessage], rounds: [ToolRound], isStreamed: Bool) -> JSONObject {
        [
            "model": JSONValue(model), "stream": JSONValue(isStreamed),
            "messages": .array(messages.map(Self.message) + rounds.flatMap(Self.messages)), "keep_alive": keepAlive,
        ]
    }

    private static func message(_ message: ChatMessage) -> JSONValue {
        var json: JSONObject = ["role": JSONValue(message.role.rawValue), "content": JSONValue(message.text)]
        let images = message.attachments.compactMap(AttachmentData.init)
            .filter { !$0.base64.isEmpty && !$0.isAudio }
        if !images.isEmpty { json["images"] = .array(images.map { JSONValue($0.base64) }) }
        return .object(json)
    }

    private static func messages(_ round: ToolRound) -> [JSONValue] {
        let calls: [JSONValue] = round.calls.map { call in
            ["function": ["name": JSONValue(call.name), "arguments": call.argumentObject]]
        }
        let results: [JSONValue] = round.pairs.map { pair in
            ["role": "tool", "tool_name": JSONValue(pair.call.name), "content": JSONValue(pair.result.text)]
        }
        return [["role": "assistant", "content": JSONValue(round.text), "tool_calls": .array(calls)]] + results
    }

    private static func tool(_ tool: ToolDefinition) -> JSONValue {
        [
            "type": "function",
            "function": [
                "name": JSONValue(tool.name), "description": JSONValue(tool.purpose), "parameters": tool.parameters,
            ],
        ]
    }
}
