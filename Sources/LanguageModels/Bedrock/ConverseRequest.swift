import OrderedJSON

/// The body of a Converse or ConverseStream request.
///
/// Source: AWS, "Converse" (docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html).
struct ConverseRequest: Sendable {
    /// Formats that the API takes (`ImageFormat`).
    private static let imageFormats = ["png", "jpeg", "gif", "webp"]

    var maxTokens: Int
    /// The model has no system prompt: it is sent as a message that the assistant has answered.
    var lacksSystem = false
    var sendsTemperature = true

    func body(_ request: ChatRequest) -> JSONValue {
        var body = body(request.messages, rounds: [])
        var inference: JSONObject = ["maxTokens": JSONValue(maxTokens)]
        if sendsTemperature { inference["temperature"] = JSONValue(request.temperature) }
        body["inferenceConfig"] = .object(inference)
        return .object(body)
    }

    /// A turn of an agent; it leaves the temperature to the provider.
    func body(_ request: ToolRequest) -> JSONValue {
        var body = body(request.chat.messages, rounds: request.rounds)
        body["inferenceConfig"] = ["maxTokens": JSONValue(maxTokens)]
        if !request.tools.isEmpty { body["toolConfig"] = ["tools": .array(request.tools.map(Self.tool))] }
        return .object(body)
    }

    private func body(_ messages: [ChatMessage], rounds: [ToolRound]) -> JSONObject {
        let system = messages.filter { $0.role == .system && !$0.text.isEmpty }
        let exchange: [JSONValue] =
            lacksSystem
            ? system.flatMap { [Self.message("user", $0.text), Self.message("assistant", "Okay.")] } : []
        let dialogue = messages.filter { $0.role != .system }.map(Self.message)
        var body: JSONObject = ["messages": .array(exchange + dialogue + rounds.flatMap(Self.messages))]
        if !lacksSystem, !system.isEmpty { body["system"] = .array(system.map { ["text": JSONValue($0.text)] }) }
        return body
    }

    private static func message(_ role: String, _ text: String) -> JSONValue {
        ["role": JSONValue(role), "content": [["text": JSONValue(text)]]]
    }

    private static func message(_ message: ChatMessage) -> JSONValue {
        let images = message.attachments.compactMap(image)
        // An empty text is refused beside images.
        let text: [JSONValue] =
            message.text.isEmpty && !images.isEmpty ? [] : [["text": JSONValue(message.text)]]
        return ["role": JSONValue(message.role.rawValue), "content": .array(text + images)]
    }

    /// - Returns: nil for an address and for formats that the API does not take.
    private static func image(_ attachment: ChatAttachment) -> JSONValue? {
        guard let data = AttachmentData(attachment), data.mediaType.hasPrefix("image/"), !data.base64.isEmpty else {
            return nil
        }
        let subtype = String(data.mediaType.dropFirst("image/".count))
        let format = subtype == "jpg" ? "jpeg" : subtype
        guard imageFormats.contains(format) else { return nil }
        return ["image": ["format": JSONValue(format), "source": ["bytes": JSONValue(data.base64)]]]
    }

    private static func messages(_ round: ToolRound) -> [JSONValue] {
        let text: [JSONValue] = round.text.isEmpty ? [] : [["text": JSONValue(round.text)]]
        let calls: [JSONValue] = round.calls.map { call in
            let use: JSONValue = [
                "toolUseId": JSONValue(call.id), "name": JSONValue(call.name), "input": call.argumentObject,
            ]
            return ["toolUse": use]
        }
        let results: [JSONValue] = round.pairs.map { pair in
            let result: JSONValue = [
                "toolUseId": JSONValue(pair.call.id), "content": [["text": JSONValue(pair.result.text)]],
                "status": pair.result.isError ? "error" : "success",
            ]
            return ["toolResult": result]
        }
        return [
            ["role": "assistant", "content": .array(text + calls)], ["role": "user", "content": .array(results)],
        ]
    }

    private static func tool(_ tool: ToolDefinition) -> JSONValue {
        let spec: JSONValue = [
            "name": JSONValue(tool.name), "description": JSONValue(tool.purpose),
            "inputSchema": ["json": tool.parameters],
        ]
        return ["toolSpec": spec]
    }
}
