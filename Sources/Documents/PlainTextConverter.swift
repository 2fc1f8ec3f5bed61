/// Text files, whatever their markup: the bytes as UTF-8, unchanged (`contract/documents.md` 9.2).
public struct PlainTextConverter: DocumentConverter {
    public init() {}

    /// A byte order mark stays, ill-formed bytes and NUL become U+FFFD, white space alone is text.
    public func convert(_ file: UploadedFile) throws(ConversionRefusal) -> [ConvertedDocument] {
        guard !file.bytes.isEmpty else { throw .noText(fileName: file.name) }
        let text = String(decoding: file.bytes, as: UTF8.self)
        return [
            ConvertedDocument(
                // The database takes a text only up to its first NUL.
                text: text.utf8.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text, docAuthor: "Unknown",
                description: "Unknown",
                docSource: "a text file uploaded by the user.")
        ]
    }
}
