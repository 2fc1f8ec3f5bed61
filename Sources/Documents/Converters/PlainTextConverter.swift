/// Text files, whatever their markup: the bytes as UTF-8, unchanged (`contract/documents.md` 9.2).
struct PlainTextConverter: DocumentConverter {
    var isWork: Bool { false }

    /// A byte order mark stays, ill-formed bytes become U+FFFD, white space alone is text. A file that is in another
    /// encoding throughout is read in that one (``TextEncoding``).
    func convert(_ conversion: Conversion) async throws(ConversionRefusal) -> [ConvertedDocument] {
        let file = conversion.file
        guard !file.bytes.isEmpty else { throw .noText(fileName: file.name) }
        return [
            ConvertedDocument(
                text: try await TextEncoding.text(of: conversion), docAuthor: "Unknown", description: "Unknown",
                docSource: "a text file uploaded by the user.")
        ]
    }
}
