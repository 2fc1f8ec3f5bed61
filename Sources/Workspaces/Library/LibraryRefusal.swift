/// Why the library does not take a document.
public struct LibraryRefusal: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// Something required is missing: 422.
        case unprocessable
        /// The document cannot be converted: 500 with an empty list of documents.
        case conversion
        /// The request makes no sense: 500 without documents.
        case malformed
        /// The content does not fit the document that it is for: 409.
        case conflict
    }

    public var kind: Kind
    public var reason: String
}
