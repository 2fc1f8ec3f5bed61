/// HTML as plain text, laid out as the reference lays out chapters of books: headings in capitals, links as
/// `text [address]`, lines of at most 80 characters, blocks with an empty line between them.
enum HTMLText {
    /// - Parameter documents: HTML in UTF-8.
    /// - Returns: their texts, in the same order.
    static func texts(
        of documents: [[UInt8]], in conversion: Conversion, else refusal: ConversionRefusal
    ) async throws(ConversionRefusal) -> [String] {
        // The parser takes nothing at all for an error.
        let documents = documents.map { $0.isEmpty ? Array("<p></p>".utf8) : $0 }
        let pieces = try await Stylesheet.html.pieces(of: documents, isHTML: true, in: conversion, else: refusal)
        var texts: [HTMLLayout] = []
        for piece in pieces {
            if piece.kind == "file" {
                texts.append(HTMLLayout())
            } else if !texts.isEmpty {
                texts[texts.count - 1].add(piece)
            }
        }
        guard texts.count == documents.count else { throw refusal }
        return texts.map(\.text)
    }
}
