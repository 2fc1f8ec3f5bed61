import OrderedJSON

/// The body of a Chat Completions request, keys in the order that the reference sends them.
///
/// Source: OpenAI API reference, "Create chat completion"; contract/chat.md 13.2, 13.3.
struct ChatCompletionsRequest {
    var model: String
    var maxTokens: Int
    var reportsUsage: Bool

    func body(_ request: ChatRequest, isStreamed: Bool) -> JSONValue {
        var body: JSONObject = ["model": JSONValue(model)]
        if isStreamed {
            body["stream"] = true
            if reportsUsage { body["stream_options"] = ["include_usage": true] }
        }
        body["messages"] = .array(request.messages.map(Self.message))
        body["temperature"] = JSONValue(request.temperature)
        body["max_tokens"] = JSONValue(maxTokens)
        return .object(body)
    }

    private static func message(_ message: ChatMessage) -> JSONValue {
        ["role": JSONValue(message.role.rawValue), "content": content(message)]
    }

    private static func content(_ message: ChatMessage) -> JSONValue {
        let attachments = message.attachments.filter { !$0.contentString.isEmpty }
        if attachments.isEmpty { return JSONValue(message.text) }
        return .array([["type": "text", "text": JSONValue(message.text)]] + attachments.map(part))
    }

    private static func part(_ attachment: ChatAttachment) -> JSONValue {
        guard let format = audioFormat(attachment) else {
            let image: JSONValue = ["url": JSONValue(attachment.contentString), "detail": "high"]
            return ["type": "image_url", "image_url": image]
        }
        let data = attachment.contentString.split(separator: ",", omittingEmptySubsequences: false).last ?? ""
        return ["type": "input_audio", "input_audio": ["data": JSONValue(String(data)), "format": JSONValue(format)]]
    }

    /// The short name of a sound's format, or nil for what is not a sound.
    private static func audioFormat(_ attachment: ChatAttachment) -> String? {
        let prefix = "audio/"
        var type = attachment.mime.lowercased()
        if !type.hasPrefix(prefix) {
            let start = attachment.contentString.prefix(64).lowercased()
            guard start.hasPrefix("data:" + prefix) else { return nil }
            type = String(start.dropFirst("data:".count))
        }
        var subtype = type.dropFirst(prefix.count).prefix { $0 != ";" && $0 != "," }
        if subtype.hasPrefix("x-") { subtype = subtype.dropFirst(2) }
        switch subtype {
        case "mpeg": return "mp3"
        case "wave": return "wav"
        default: return String(subtype)
        }
    }
}
