import OrderedJSON

/// The body of a Chat Completions request, keys in the order that the reference sends them.
///
/// Source: OpenAI API reference, "Create chat completion" (platform.openai.com/docs/api-reference/chat/create);
/// contract/chat.md 13.2, 13.3.
struct ChatCompletionsRequest: Sendable {
    var model: String?
    var dialect = ChatCompletionsDialect()
    var systemRole = ChatCompletionsDialect.SystemRole.system
    var sendsTemperature = true
    /// `max_tokens` or `max_completion_tokens`.
    var outputLimit: (name: String, tokens: Int)?
    var reportsUsage = false

    func body(_ request: ChatRequest, isStreamed: Bool) -> JSONValue {
        var body: JSONObject = ["model": JSONValue(model)]
        if isStreamed {
            body["stream"] = true
            if reportsUsage { body["stream_options"] = ["include_usage": true] }
            for member in dialect.streamMembers { body[member.key] = member.value }
        }
        body["messages"] = .array(messages(request))
        if sendsTemperature { body["temperature"] = JSONValue(request.temperature) }
        if let outputLimit { body[outputLimit.name] = JSONValue(outputLimit.tokens) }
        for member in dialect.members { body[member.key] = member.value }
        return .object(body)
    }

    /// A turn of an agent: always streamed, usage asked for, neither temperature nor limit (contract/chat.md 6.2).
    func body(_ request: ToolRequest) -> JSONValue {
        var body: JSONObject = ["model": JSONValue(model), "stream": true, "stream_options": ["include_usage": true]]
        body["messages"] = .array(messages(request.chat) + messages(request.rounds))
        if !request.tools.isEmpty { body["tools"] = .array(request.tools.map(Self.tool)) }
        for member in dialect.members { body[member.key] = member.value }
        return .object(body)
    }

    private func messages(_ request: ChatRequest) -> [JSONValue] {
        let last = request.messages.indices.last
        return request.messages.enumerated().flatMap { index, message -> [JSONValue] in
            let sendsImages = dialect.sendsImagesOfHistory || index == last
            let content = content(message, sendsImages: sendsImages)
            let role = message.role.rawValue
            switch (message.role, systemRole) {
            case (.system, .user): return [["role": "user", "content": content]]
            case (.system, .exchange):
                return [["role": "user", "content": content], ["role": "assistant", "content": "Okay."]]
            default: return [["role": JSONValue(role), "content": content]]
            }
        }
    }

    private func content(_ message: ChatMessage, sendsImages: Bool) -> JSONValue {
        let parts = sendsImages ? message.attachments.compactMap(part) : []
        if parts.isEmpty { return JSONValue(message.text) }
        return .array([["type": "text", "text": JSONValue(message.text)]] + parts)
    }

    /// - Returns: nil for what this server does not take.
    private func part(_ attachment: ChatAttachment) -> JSONValue? {
        if attachment.contentString.isEmpty { return nil }
        if dialect.sendsAudio, let sound = AudioPart(attachment) {
            return [
                "type": "input_audio",
                "input_audio": ["data": JSONValue(sound.data), "format": JSONValue(sound.format)],
            ]
        }
        if let names = dialect.visionModels, !names.contains(model ?? "") { return nil }
        let address = JSONValue(attachment.contentString)
        switch dialect.images {
        case .dropped: return nil
        case .address: return ["type": "image_url", "image_url": address]
        case .object(nil): return ["type": "image_url", "image_url": ["url": address]]
        case .object(let detail):
            return ["type": "image_url", "image_url": ["url": address, "detail": JSONValue(detail)]]
        }
    }

    /// A model that thinks is refused when one of its turns lacks reasoning that others have; where it had none, a space
    /// stands for it.
    private func messages(_ rounds: [ToolRound]) -> [JSONValue] {
        let returnsReasoning = dialect.returnsReasoning && rounds.contains { !$0.reasoning.isEmpty }
        return rounds.flatMap { round in
            let reasoning = ReasoningBlock.content(of: round.reasoning)
            return messages(round, reasoning: returnsReasoning ? (reasoning.isEmpty ? " " : reasoning) : nil)
        }
    }

    private func messages(_ round: ToolRound, reasoning: String?) -> [JSONValue] {
        let calls: [JSONValue] = round.calls.map { call in
            var json: JSONObject = [
                "id": JSONValue(call.id), "type": "function",
                "function": ["name": JSONValue(call.name), "arguments": JSONValue(call.argumentText)],
            ]
            if let extra = call.extraContent { json["extra_content"] = extra }
            return .object(json)
        }
        let results: [JSONValue] = round.pairs.map { pair in
            ["role": "tool", "tool_call_id": JSONValue(pair.call.id), "content": JSONValue(pair.result.text)]
        }
        var turn: JSONObject = ["role": "assistant", "content": round.text.isEmpty ? nil : JSONValue(round.text)]
        if let reasoning { turn["reasoning_content"] = JSONValue(reasoning) }
        turn["tool_calls"] = .array(calls)
        return [.object(turn)] + results
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
