import OrderedJSON

extension JSONValue {
    /// The text of a message's `content`: a string, or the text parts of a list.
    var contentText: String? {
        if let text = stringValue { return text }
        guard let parts = arrayValue else { return nil }
        return parts.compactMap { $0["text"]?.stringValue }.joined()
    }

    /// The first non-empty of the fields in which servers put a model's reasoning (contract/chat.md 13.4).
    var reasoningText: String? {
        for key in ["reasoning_content", "reasoning", "thinking"] {
            if let text = self[key]?.stringValue, !text.isEmpty { return text }
        }
        return nil
    }
}
