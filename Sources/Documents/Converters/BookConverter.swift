import Foundation

/// EPUB: the chapters in the order of reading (`contract/documents.md` 9.2).
struct BookConverter: DocumentConverter {
    private static let container = "META-INF/container.xml"
    /// What chapters are called; the package names them, and pictures and fonts need not be unpacked.
    private static let wanted = ["*.opf", "*.xhtml", "*.html", "*.htm", "*.xml"]

    func convert(_ conversion: Conversion) async throws(ConversionRefusal) -> [ConvertedDocument] {
        let refusal = ConversionRefusal.noText(fileName: conversion.file.name)
        let archive = try await Archive.read(Self.wanted, of: conversion, else: refusal)
        let chapters = try await Self.chapters(archive, conversion, refusal)
        let texts = try await HTMLText.texts(of: chapters, in: conversion, else: refusal)
        return [
            ConvertedDocument(
                text: try conversion.nonEmpty(texts.filter { !$0.isEmpty }.joined(separator: "\n\n")),
                docAuthor: "Unknown", description: "Unknown", docSource: "epub file uploaded by the user.")
        ]
    }

    private static func chapters(
        _ archive: Archive, _ conversion: Conversion, _ refusal: ConversionRefusal
    ) async throws(ConversionRefusal) -> [[UInt8]] {
        let packages = archive.members.keys.filter { $0.hasSuffix(".opf") }.sorted()
        let documents = [archive[container] ?? Array("<none/>".utf8)] + packages.compactMap { archive[$0] }
        let parts = PieceGroups.files(
            try await Stylesheet.book.pieces(of: documents, in: conversion, else: refusal))
        let root = parts.first?.first { $0.kind == "root" }?[0]
        guard let index = packages.firstIndex(where: { $0 == root }) ?? packages.indices.first,
            parts.count == documents.count
        else { throw refusal }
        let package = parts[index + 1]
        let addresses = Dictionary(package.filter { $0.kind == "item" }.map { ($0[0], $0[1]) }) { first, _ in first }
        let folder = packages[index].lastIndex(of: "/").map { packages[index][...$0] } ?? ""
        return package.filter { $0.kind == "chapter" }.compactMap { chapter in
            // A chapter may be in UTF-16.
            addresses[chapter[0]].flatMap { archive[path($0, in: folder)] }.map {
                Array(EncodedText.decode($0, contentType: nil).utf8)
            }
        }
    }

    /// The member that an address of the package names.
    private static func path(_ address: String, in folder: Substring) -> String {
        let plain = String(address.prefix { $0 != "#" })
        let decoded = plain.removingPercentEncoding ?? plain
        // A name that leads out of the archive names none of its members.
        return (try? DocumentPath.normalize(folder + decoded)) ?? ""
    }
}
