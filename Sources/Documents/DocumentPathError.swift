/// A name that cannot be the name of a document or folder.
public enum DocumentPathError: Error, Equatable, CustomStringConvertible {
    case invalidPath

    /// The text that clients see (`contract/documents.md` 7.2).
    public var description: String { "Invalid path." }
}
