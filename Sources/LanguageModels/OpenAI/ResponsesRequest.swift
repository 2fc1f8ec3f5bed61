import OrderedJSON

/// The body of a Responses request (contract/chat.md 13.2, 13.3).
///
/// Source: OpenAI API reference, "Create a model response".
struct ResponsesRequest {
    var model: String

    func body(_ request: ChatRequest, isStreamed: Bool) -> JSONValue {
        var body: JSONObject = ["model": JSONValue(model)]
        if isStreamed { body["stream"] = true }
        body["input"] = .array(request.messages.map(Self.message))
        body["store"] = false
        body["temperature"] = JSONValue(hasFixedTemperature ? 1 : request.temperature)
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
}
