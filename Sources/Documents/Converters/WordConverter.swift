/// Word's `.docx`: the paragraphs of the body, tables as their paragraphs (`contract/documents.md` 9.2).
///
/// Headers, footers, comments, notes and pictures are left out. A line break inside a paragraph stays one, so that the
/// words around it do not become one.
struct WordConverter: DocumentConverter {
    func convert(_ conversion: Conversion) async throws(ConversionRefusal) -> [ConvertedDocument] {
        let archive = try await Archive.read(["word/document*.xml"], of: conversion, else: .processing)
        guard let part = archive["word/document.xml"] ?? archive.members.min(by: { $0.key < $1.key })?.value else {
            throw .processing
        }
        let pieces = try await Stylesheet.word.pieces(of: [part], in: conversion, else: .processing)
        return [
            ConvertedDocument(
                text: try conversion.nonEmpty(pieces.first?[0] ?? ""), docAuthor: "no author found",
                description: "No description found.", docSource: "docx file uploaded by the user.")
        ]
    }
}
