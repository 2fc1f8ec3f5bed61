/// What xsltproc makes of XML or HTML: texts between marks that no document has.
///
/// A stylesheet writes ``record`` before each piece and ``field`` between its parts. Both are of the last private
/// characters of Unicode, which XML allows and nobody uses; a document that has them all the same spoils its own text and
/// nothing else.
struct Stylesheet: Sendable {
    let text: String

    static let record: Unicode.Scalar = "\u{10FFF0}"
    static let field: Unicode.Scalar = "\u{10FFF1}"

    /// - Parameters:
    ///   - namespaces: attributes of the root that declare the prefixes.
    ///   - templates: what stands in it, with ``mark(_:)`` and ``next``.
    init(_ namespaces: String, _ templates: String) {
        text = """
            <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" \(namespaces)>
            <xsl:output method="text" encoding="UTF-8"/>
            \(templates)
            </xsl:stylesheet>
            """
    }

    /// The beginning of a piece of this kind, as a stylesheet writes it.
    static func mark(_ kind: String) -> String { "<xsl:text>\(record)\(kind)\(field)</xsl:text>" }

    /// The border between two fields.
    static let next = "<xsl:text>\(field)</xsl:text>"

    /// The pieces of several documents, in their order.
    ///
    /// - Parameters:
    ///   - isHTML: HTML in UTF-8 instead of XML.
    ///   - refusal: the reason when a document is not well-formed, or may declare entities (``XMLEntities``).
    func pieces(
        of documents: [[UInt8]], isHTML: Bool = false, in conversion: Conversion, else refusal: ConversionRefusal
    ) async throws(ConversionRefusal) -> [Piece] {
        let folder = try ScratchFolder()
        try folder.write(Array(text.utf8), to: "stylesheet")
        var pieces: [Piece] = []
        var start = 0
        while start < documents.count {
            let batch = start..<min(start + Self.batchSize, documents.count)
            for index in batch {
                if !isHTML, XMLEntities.mayBeDeclared(in: documents[index]) { throw refusal }
                try folder.write(documents[index], to: String(index))
            }
            let options = isHTML ? ["--html", "--encoding", "UTF-8"] : []
            let output = try await conversion.output(
                of: .stylesheet,
                ["--nonet", "--novalid", "--nowrite"] + options + ["stylesheet"] + batch.map(String.init),
                in: folder, else: refusal)
            pieces += Piece.parse(output)
            for index in batch { folder.remove(String(index)) }
            start = batch.upperBound
        }
        return pieces
    }

    /// Documents for one run, well below what a command line may have.
    private static let batchSize = 500
}

extension Stylesheet {
    /// One record: its kind, and its fields behind that.
    struct Piece: Sendable, Equatable {
        let kind: String
        let fields: [String]

        subscript(_ index: Int) -> String { index < fields.count ? fields[index] : "" }

        static func parse(_ output: [UInt8]) -> [Piece] {
            split(output[...], at: Stylesheet.record).dropFirst().map { piece in
                let fields = split(piece, at: Stylesheet.field).map { String(decoding: $0, as: UTF8.self) }
                return Piece(kind: fields.first ?? "", fields: Array(fields.dropFirst()))
            }
        }

        /// Looks at bytes: a sheet has millions of cells, and most bytes cannot begin a mark.
        private static func split(_ bytes: ArraySlice<UInt8>, at mark: Unicode.Scalar) -> [ArraySlice<UInt8>] {
            let mark = Array(String(mark).utf8)
            var parts: [ArraySlice<UInt8>] = []
            var start = bytes.startIndex
            var index = start
            while index < bytes.endIndex {
                if bytes[index] == mark[0], bytes[index...].starts(with: mark) {
                    parts.append(bytes[start..<index])
                    index += mark.count
                    start = index
                } else {
                    index += 1
                }
            }
            return parts + [bytes[start...]]
        }
    }
}
