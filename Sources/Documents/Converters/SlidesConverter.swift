/// PowerPoint's `.pptx`: slides in numeric order, each followed by its notes (`contract/documents.md` 9.2).
struct SlidesConverter: DocumentConverter {
    func convert(_ conversion: Conversion) async throws(ConversionRefusal) -> [ConvertedDocument] {
        let refusal = ConversionRefusal.noText(fileName: conversion.file.name)
        let archive = try await Archive.read(
            ["ppt/slides/slide*.xml", "ppt/notesSlides/notesSlide*.xml", "ppt/notesSlides/_rels/*.rels"],
            of: conversion, else: refusal)
        let names = archive.members.keys.sorted()
        let pieces = try await Stylesheet.slides.pieces(
            of: names.compactMap { archive[$0] }, in: conversion, else: refusal)
        let parts = Dictionary(zip(names, PieceGroups.files(pieces))) { first, _ in first }
        let notes = Self.notes(parts)
        let slides = names.filter { $0.hasPrefix("ppt/slides/slide") }.sorted { Self.number($0) < Self.number($1) }
        let paragraphs = slides.flatMap { slide in
            Self.paragraphs(parts[slide]) + (notes[slide] ?? []).flatMap { Self.paragraphs(parts[$0]) }
        }
        return [
            ConvertedDocument(
                text: try conversion.nonEmpty(paragraphs.joined(separator: "\n")), docAuthor: "no author found",
                description: "No description found.", docSource: "Office file uploaded by the user.")
        ]
    }

    /// Which notes belong to which slide: the notes name their slide.
    private static func notes(_ parts: [String: [Stylesheet.Piece]]) -> [String: [String]] {
        var notes: [String: [String]] = [:]
        for (name, pieces) in parts where name.hasSuffix(".rels") {
            let note = "ppt/notesSlides/" + FileName.lastComponent(name).dropLast(".rels".count)
            for relation in pieces where relation[1].hasSuffix("/slide") {
                notes["ppt/slides/" + FileName.lastComponent(relation[2]), default: []].append(note)
            }
        }
        return notes
    }

    private static func paragraphs(_ pieces: [Stylesheet.Piece]?) -> [String] {
        (pieces ?? []).filter { $0.kind == "p" && !$0[0].isEmpty }.map { $0[0] }
    }

    private static func number(_ name: String) -> Int { Int(name.filter(\.isNumber)) ?? 0 }
}
