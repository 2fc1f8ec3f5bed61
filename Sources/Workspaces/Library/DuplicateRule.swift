/// What to do with content that the library has already.
public enum DuplicateRule: String, Sendable, CaseIterable {
    /// Store it again, as the reference does.
    case keep
    /// Store nothing when a document has exactly the same text.
    case skip
    /// Give the document that came from the same place the new content, in every workspace that holds it.
    case replace
}
