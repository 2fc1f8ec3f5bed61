import OrderedJSON

/// A prompt and its answer, as a later prompt repeats them.
///
/// A chat reads some twenty of them, so what it hardly ever needs is not built.
struct EarlierExchange: Sendable, Equatable {
    var prompt: String
    var text: String
    var attachments: [JSONValue]
    /// The stored answer, unless it has no sources.
    private var withSources: String?

    private static let unused: Set = ["sources", "metrics", "outputs"]
    private static let unusedForSources: Set = ["text", "attachments", "type", "thoughts", "outputs", "metrics"]

    /// Nil for a row whose stored answer is no JSON or has no text: such rows are skipped everywhere.
    init?(prompt: String, response: String) {
        let answer = StoredJSON.object(response, without: Self.unused)
        guard let text = answer["text"]?.stringValue else { return nil }
        self.text = text
        self.prompt = prompt
        attachments = answer["attachments"]?.arrayValue ?? []
        withSources = answer["sources"] == nil ? response : nil
    }

    /// The passages that the answer was shown with, most of a stored answer; read when asked for.
    var sources: [JSONValue] {
        guard let withSources else { return [] }
        return StoredJSON.object(withSources, without: Self.unusedForSources)["sources"]?.arrayValue ?? []
    }
}
