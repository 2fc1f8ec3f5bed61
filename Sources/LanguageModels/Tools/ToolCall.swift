public import OrderedJSON

/// A model's wish to have a tool called.
public struct ToolCall: Sendable, Equatable {
    /// The provider's id of the call, which its result repeats; made up for providers that have none.
    public var id: String
    public var name: String
    /// The arguments as the model wrote them: JSON text, not necessarily valid.
    public var argumentText: String
    /// What the provider wants back with the call, as it came: Gemini 3 refuses a call without its thought signature
    /// (Google, "Thought signatures", ai.google.dev/gemini-api/docs/thought-signatures, on OpenAI compatibility).
    var extraContent: JSONValue?

    /// The arguments when they are a JSON object; no text at all counts as an empty one.
    public var arguments: JSONObject? {
        if argumentText.allSatisfy(\.isWhitespace) { return JSONObject() }
        // Not JSON: the caller tells the model so.
        return (try? JSONParser.parse(argumentText))?.objectValue
    }

    /// What is sent back to providers that want the arguments as an object.
    var argumentObject: JSONValue { .object(arguments ?? JSONObject()) }
}

extension JSONValue {
    /// The arguments of a call as text, although a server wrote the object itself where it should have written a text;
    /// nil when there is nothing in them.
    var argumentText: String? { stringValue ?? (isNull || self == [:] ? nil : text) }
}
