/// HTML as plain text, laid out as the reference lays out chapters of books: headings in capitals, links as
/// `text [address]`, lines of at most 80 characters, blocks with an empty line between them.
enum HTMLText {
    /// - Parameter documents: HTML in UTF-8.
    /// - Returns: their texts, in the same order.
    static func texts(
        of documents: [[UInt8]], in conversion: Conversion, else refusal: ConversionRefusal
    ) async throws(ConversionRefusal) -> [String] {
        // The parser takes nothing at all for an error.
        let documents = documents.map { $0.isEmpty ? Array("<p></p>".utf8) : withoutDeclarations($0) }
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

    /// XHTML may declare entities inside its DOCTYPE; a parser of HTML takes the end of that for text.
    private static func withoutDeclarations(_ document: [UInt8]) -> [UInt8] {
        guard let start = document.prefix(4_096).firstRange(of: Array("<!DOCTYPE".utf8)),
            let next = document[start.upperBound...].firstIndex(where: {
                [UInt8(ascii: "["), UInt8(ascii: ">")].contains($0)
            }),
            document[next] == UInt8(ascii: "["), let end = document[next...].firstRange(of: Array("]>".utf8))
        else { return document }
        return Array(document[..<start.lowerBound] + document[end.upperBound...])
    }
}
