import OrderedJSON

/// The JSON text of a chat row's answer (contract/chat.md 12.1).
struct StoredAnswer: Sendable, Equatable {
    var text: String
    var sources: [JSONValue]
    var attachments: [JSONValue]
    /// The mode, shown as `type` in history; nil in rows of other programs.
    var type: String?
    var metrics: JSONObject

    var json: String {
        let object: JSONObject = [
            "text": .string(text), "sources": .array(sources), "attachments": .array(attachments),
            "type": JSONValue(type), "metrics": .object(metrics),
        ]
        return JSONValue.object(object).text
    }

    init(text: String, sources: [JSONValue], attachments: [JSONValue], type: String?, metrics: JSONObject) {
        self.text = text
        self.sources = sources
        self.attachments = attachments
        self.type = type
        self.metrics = metrics
    }
}
