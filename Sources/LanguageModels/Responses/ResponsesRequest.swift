import OrderedJSON

/// The body of a Responses request (contract/chat.md 13.2, 13.3).
///
/// Source: OpenAI API reference, "Create a model response" (platform.openai.com/docs/api-reference/responses/create).
struct ResponsesRequest: Sendable {
    var model: String

    func body(_ request: ChatRequest, isStreamed: Bool) -> JSONValue {
        var body: JSONObject = ["model": JSONValue(model)]
        if isStreamed { body["stream"] = true }
        body["input"] = .array(request.messages.map(Self.message))
        body["store"] = false
        body["temperature"] = JSONValue(hasFixedTemperature ? 1 : request.temperature)
        return .object(body)
    }

    /// A turn of an agent; it leaves the temperature to the provider.
    func body(_ request: ToolRequest) -> JSONValue {
        var body: JSONObject = ["model": JSONValue(model), "stream": true]
        body["input"] = .array(request.chat.messages.map(Self.message) + request.rounds.flatMap(Self.items))
        body["store"] = false
        if !request.tools.isEmpty { body["tools"] = .array(request.tools.map(Self.tool)) }
        return .object(body)
    }

    /// Models that reason refuse any other temperature than 1.
    private var hasFixedTemperature: Bool { model.hasPrefix("o") || model.hasPrefix("gpt-5") }

    private static func message(_ message: ChatMessage) -> JSONValue {
        ["role": JSONValue(message.role.rawValue), "content": content(message)]
    }

    private static func content(_ message: ChatMessage) -> JSONValue {
        let images = message.attachments.filter { !$0.contentString.isEmpty }
        if images.isEmpty { return JSONValue(message.text) }
        return .array(
            [["type": "input_text", "text": JSONValue(message.text)]]
                + images.map { ["type": "input_image", "image_url": JSONValue($0.contentString)] })
    }

    private static func items(_ round: ToolRound) -> [JSONValue] {
        let text: [JSONValue] =
            round.text.isEmpty ? [] : [["role": "assistant", "content": JSONValue(round.text)]]
        let calls: [JSONValue] = round.calls.map { call in
            [
                "type": "function_call", "call_id": JSONValue(call.id), "name": JSONValue(call.name),
                "arguments": JSONValue(call.argumentText),
            ]
        }
        let results: [JSONValue] = round.pairs.map { pair in
            [
                "type": "function_call_output", "call_id": JSONValue(pair.call.id),
                "output": JSONValue(pair.result.text),
            ]
        }
        return text + calls + results
    }

    private static func tool(_ tool: ToolDefinition) -> JSONValue {
        [
            "type": "function", "name": JSONValue(tool.name), "description": JSONValue(tool.purpose),
            "parameters": tool.parameters,
        ]
    }
}
