/// What a server does with an upload that it holds already; the values of `?onDuplicate=`.
public enum OnDuplicate: String, Sendable, CaseIterable {
    /// Stores it once more.
    case keep
    /// Stores nothing when a document of the library has exactly the same text.
    case skip
    /// Gives the document of the same name the new content, in the folder of the upload when it has one.
    case replace
}
