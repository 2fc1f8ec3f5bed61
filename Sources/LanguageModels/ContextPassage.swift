/// A passage of the context, for models that answer from the context itself.
public struct ContextPassage: Sendable, Equatable {
    /// The document's title; nil lets the passage's own metadata header name it.
    public var title: String?
    /// The text as it was embedded, with or without its metadata header (contract/vectors.md 5.4).
    public var text: String

    public init(title: String?, text: String) {
        self.title = title
        self.text = text
    }
}
