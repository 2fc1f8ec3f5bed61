public import OrderedJSON
import Storage

/// A prompt and its answer, as history shows them.
public struct ChatExchange: Sendable, Equatable {
    public var id: Int64
    public var prompt: String
    public var text: String
    public var sources: [JSONValue]
    public var attachments: [JSONValue]
    public var type: String?
    public var metrics: JSONObject
    public var outputs: [JSONValue]
    public var feedbackScore: Bool?
    /// Milliseconds since 1970, UTC.
    public var createdAt: Int64
}

extension ChatExchange {
    /// Nil for a row whose stored answer cannot be read.
    init?(_ record: ChatRecord) {
        guard let answer = StoredAnswer(json: record.response) else { return nil }
        id = record.id ?? 0
        prompt = record.prompt
        text = answer.text
        sources = answer.sources
        attachments = answer.attachments
        type = answer.type
        metrics = answer.metrics
        outputs = answer.outputs
        feedbackScore = record.feedbackScore
        createdAt = record.createdAt
    }
}
