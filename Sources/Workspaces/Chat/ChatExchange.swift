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
    /// Only in rows that came from AnythingLLM.
    public var clarifyingQuestions: [JSONValue]
    public var feedbackScore: Bool?
    /// Milliseconds since 1970, UTC.
    public var createdAt: Int64
}

extension ChatExchange {
    /// Nil for a row whose stored answer is no JSON or has no text: such rows are skipped everywhere.
    init?(_ record: ChatRecord) {
        let answer = StoredJSON.object(record.response)
        guard let text = answer["text"]?.stringValue else { return nil }
        self.text = text
        id = record.id ?? 0
        prompt = record.prompt
        sources = answer["sources"]?.arrayValue ?? []
        attachments = answer["attachments"]?.arrayValue ?? []
        type = answer["type"]?.stringValue
        metrics = answer["metrics"]?.objectValue ?? [:]
        outputs = answer["outputs"]?.arrayValue ?? []
        clarifyingQuestions = answer["clarifyingQuestions"]?.arrayValue ?? []
        feedbackScore = record.feedbackScore
        createdAt = record.createdAt
    }
}
