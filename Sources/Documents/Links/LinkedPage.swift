/// A page as text.
public struct LinkedPage: Sendable, Equatable {
    /// What the page calls itself; nil when it does not.
    public var title: String?
    /// Markdown of the main content, or the text of what is no HTML. It may be empty.
    public var text: String
}
