import OrderedJSON

/// The body of a Messages request (contract/chat.md 13.2, 13.3).
///
/// Source: Anthropic, "Create a Message" (platform.claude.com/docs/en/api/messages/create) and "Prompt caching"
/// (platform.claude.com/docs/en/build-with-claude/prompt-caching).
struct AnthropicRequest: Sendable {
    /// Parts of the names of models that refuse a temperature.
    private static let modelsWithoutTemperature = ["claude-opus-4-7", "claude-opus-4-8", "claude-sonnet-5"]

    var model: String
    var maxTokens: Int
    /// How long the system prompt is kept: `5m` or `1h`; nil asks for nothing.
    var cacheLifetime: String?

    func body(_ request: ChatRequest) -> JSONValue {
        var body = body(messages: request.messages, rounds: [])
        if Self.takesTemperature(model) { body["temperature"] = JSONValue(request.temperature) }
        return .object(body)
    }

    /// A turn of an agent; it leaves the temperature to the provider.
    func body(_ request: ToolRequest) -> JSONValue {
        var body = body(messages: request.chat.messages, rounds: request.rounds)
        if !request.tools.isEmpty { body["tools"] = .array(request.tools.map(Self.tool)) }
        return .object(body)
    }

    private func body(messages: [ChatMessage], rounds: [ToolRound]) -> JSONObject {
        var body: JSONObject = ["model": JSONValue(model), "max_tokens": JSONValue(maxTokens), "stream": true]
        let system = messages.filter { $0.role == .system }.map(\.text).joined(separator: "\n\n")
        if !system.isEmpty { body["system"] = self.system(system) }
        let dialogue = messages.filter { $0.role != .system }.map(Self.message)
        body["messages"] = .array(dialogue + rounds.flatMap(Self.messages))
        return body
    }

    /// Whether a model of this name, on any platform, takes a temperature.
    static func takesTemperature(_ model: String) -> Bool { !modelsWithoutTemperature.contains { model.contains($0) } }

    private func system(_ text: String) -> JSONValue {
        guard let cacheLifetime else { return JSONValue(text) }
        let control: JSONValue = ["type": "ephemeral", "ttl": JSONValue(cacheLifetime)]
        return [["type": "text", "text": JSONValue(text), "cache_control": control]]
    }

    private static func message(_ message: ChatMessage) -> JSONValue {
        let role = JSONValue(message.role.rawValue)
        let images = message.attachments.compactMap(image)
        if images.isEmpty { return ["role": role, "content": JSONValue(message.text)] }
        // An empty text is refused.
        let text: [JSONValue] = message.text.isEmpty ? [] : [["type": "text", "text": JSONValue(message.text)]]
        return ["role": role, "content": .array(text + images)]
    }

    private static func image(_ attachment: ChatAttachment) -> JSONValue? {
        if attachment.contentString.isEmpty { return nil }
        guard let data = AttachmentData(attachment) else {
            return ["type": "image", "source": ["type": "url", "url": JSONValue(attachment.contentString)]]
        }
        if data.isAudio { return nil }
        return [
            "type": "image",
            "source": [
                "type": "base64", "media_type": JSONValue(data.mediaType), "data": JSONValue(data.base64),
            ],
        ]
    }

    private static func messages(_ round: ToolRound) -> [JSONValue] {
        let text: [JSONValue] = round.text.isEmpty ? [] : [["type": "text", "text": JSONValue(round.text)]]
        let calls: [JSONValue] = round.calls.map { call in
            [
                "type": "tool_use", "id": JSONValue(call.id), "name": JSONValue(call.name),
                "input": call.argumentObject,
            ]
        }
        let results: [JSONValue] = round.pairs.map { pair in
            [
                "type": "tool_result", "tool_use_id": JSONValue(pair.call.id), "content": JSONValue(pair.result.text),
                "is_error": JSONValue(pair.result.isError),
            ]
        }
        return [
            ["role": "assistant", "content": .array(text + calls)], ["role": "user", "content": .array(results)],
        ]
    }

    private static func tool(_ tool: ToolDefinition) -> JSONValue {
        ["name": JSONValue(tool.name), "description": JSONValue(tool.purpose), "input_schema": tool.parameters]
    }
}
