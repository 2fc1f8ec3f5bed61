/// OpenDocument texts and presentations: headings and paragraphs in their order, one a line
/// (`contract/documents.md` 9.2). Footnotes follow their paragraph.
struct OpenDocumentConverter: DocumentConverter {
    func convert(_ conversion: Conversion) async throws(ConversionRefusal) -> [ConvertedDocument] {
        let refusal = ConversionRefusal.noText(fileName: conversion.file.name)
        let archive = try await Archive.read(["content.xml"], of: conversion, else: refusal)
        guard let content = archive["content.xml"] else { throw refusal }
        let pieces = try await Stylesheet.openDocument.pieces(of: [content], in: conversion, else: refusal)
        let paragraphs = pieces.map { $0[0] }.filter { !$0.isEmpty }
        return [
            ConvertedDocument(
                text: try conversion.nonEmpty(paragraphs.joined(separator: "\n")), docAuthor: "no author found",
                description: "No description found.", docSource: "Office file uploaded by the user.")
        ]
    }
}
