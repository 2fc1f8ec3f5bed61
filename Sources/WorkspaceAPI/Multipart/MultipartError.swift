/// Why a form cannot be read. The texts are those that clients of the reference know (`contract/documents.md` 3.1).
enum MultipartError: Error, Equatable, CustomStringConvertible {
    /// The media type is not `multipart/form-data`.
    case unsupportedContentType(String)
    case boundaryNotFound
    case malformedPartHeader
    case unexpectedEnd

    var description: String {
        switch self {
        case .unsupportedContentType(let type): "Unsupported content type: \(type)"
        case .boundaryNotFound: "Multipart: Boundary not found"
        case .malformedPartHeader: "Malformed part header"
        case .unexpectedEnd: "Unexpected end of form"
        }
    }
}
