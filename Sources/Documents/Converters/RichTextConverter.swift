/// RTF: a line for each paragraph and each row of a table (``RichTextReader``).
struct RichTextConverter: DocumentConverter {
    func convert(_ conversion: Conversion) async throws(ConversionRefusal) -> [ConvertedDocument] {
        [
            ConvertedDocument(
                text: try conversion.nonEmpty(try await RichTextReader.text(of: conversion)),
                docAuthor: "no author found",
                description: "No description found.", docSource: "rtf file uploaded by the user.")
        ]
    }
}
