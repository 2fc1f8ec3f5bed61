/// Why a document's file cannot be used.
public enum DocumentFault: Error, Sendable, Equatable, CustomStringConvertible {
    case missing
    /// It lies, or leads, outside the folder of documents.
    case outside
    case unreadable
    case tooLarge
    case malformed

    public var description: String {
        switch self {
        case .missing: "its file is missing"
        case .outside: "its file leads out of the folder documents"
        case .unreadable: "its file cannot be read"
        case .tooLarge: "its file is larger than 1 GB"
        case .malformed: "its file is no JSON object with a text pageContent"
        }
    }
}
