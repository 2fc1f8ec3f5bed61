/// Why a raw text is not stored (`contract/documents.md` 4.4).
public enum RawTextRefusal: Error, Equatable, CustomStringConvertible {
    /// `metadata.title` is missing or falsy: 422.
    case missingTitle
    /// `metadata.title` makes no name within ``DocumentPath/nameLimit``: 422.
    case titleTooLong
    /// Another value of the metadata is too long: 422.
    case metadataTooLong(MetadataRefusal)
    /// `textContent` is missing or empty: 422.
    case emptyText
    /// A title or a text that is not a string: 500 with an empty list of documents.
    case notText
    /// `metadata` is JSON null, for which the reference answers a bare 500.
    case nullMetadata

    /// The `error` text of the answer.
    public var description: String {
        switch self {
        case .missingTitle:
            "You are missing required metadata key:value pairs in your request. "
                + "Required metadata key:values are 'title'"
        case .titleTooLong: "The title is too long."
        case .metadataTooLong(let refusal): refusal.description
        case .emptyText: "The 'textContent' key cannot have an empty value."
        case .notText: "A processing error occurred."
        case .nullMetadata: "metadata must be an object."
        }
    }
}
