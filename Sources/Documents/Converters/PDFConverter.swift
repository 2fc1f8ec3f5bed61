import CIsolation

/// PDF: the text of its pages; when no page has any, what can be recognised on them (`contract/documents.md` 9.2).
///
/// Between two pages stand a line feed and a form feed, where the reference has nothing (quirk 9): the words of two
/// pages stay apart, and the page of every passage can be told (``PageNumbers``).
struct PDFConverter: DocumentConverter {
    func convert(_ conversion: Conversion) async throws(ConversionRefusal) -> [ConvertedDocument] {
        let folder = try conversion.scratch()
        let information = try await Self.information(conversion, folder)
        let count = Int(information["Pages"] ?? "") ?? 0
        guard count <= conversion.tools.limits.pages else {
            throw .tooManyPages(conversion.file.name, pages: count, limit: conversion.tools.limits.pages)
        }
        let output = try await Self.text(conversion, folder, ["-raw"])
        // Each page ends with a form feed. Anything else on any page is a text item.
        let isScan = output.allSatisfy { $0 == 0x0C || $0 == 0x0A }
        let pages =
            isScan
            ? try await Recognition(conversion).pages(ofPDF: folder, count: count)
            : try await Self.pages(output, conversion, folder)
        return [
            ConvertedDocument(
                text: try conversion.nonEmpty(PageNumbers.join(pages)),
                docAuthor: information["Creator"] ?? "no author found",
                description: information["Title"] ?? "No description found.",
                docSource: "pdf file uploaded by the user.")
        ]
    }

    private static func text(
        _ conversion: Conversion, _ folder: ScratchFolder, _ options: [String]
    ) async throws(ConversionRefusal) -> [UInt8] {
        try await conversion.output(
            of: .pdfText, ["-q", "-enc", "UTF-8", "-eol", "unix"] + options + [Conversion.input, "-"], in: folder,
            else: .processing)
    }

    /// Text in the order in which the file draws it, where the rows of a table are lines. The words of right-to-left
    /// lines would come in reverse order then: a page that has them is taken as the program arranges it.
    private static func pages(
        _ drawn: [UInt8], _ conversion: Conversion, _ folder: ScratchFolder
    ) async throws(ConversionRefusal) -> [String] {
        let isRightToLeft = carrel_contains(drawn, drawn.count, RightToLeft.mark, RightToLeft.mark.count)
        let arranged = isRightToLeft ? split(try await text(conversion, folder, [])) : []
        return split(drawn).enumerated().map { index, page in
            guard arranged.indices.contains(index), page.unicodeScalars.contains("\u{202B}") else {
                return Hyphenation.joined(page)
            }
            return RightToLeft.text(arranged[index])
        }
    }

    private static func split(_ output: [UInt8]) -> [String] {
        output.split(separator: PageNumbers.pageBreak, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// What pdfinfo says, by its labels; values that are empty are left out.
    private static func information(
        _ conversion: Conversion, _ folder: ScratchFolder
    ) async throws(ConversionRefusal) -> [String: String] {
        let output = try await conversion.output(
            of: .pdfInfo, ["-enc", "UTF-8", Conversion.input], in: folder, else: .processing)
        var values: [String: String] = [:]
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = String(line[line.index(after: colon)...]).trimmed
            let label = String(line[..<colon])
            // A title may have line ends in it, and what follows looks like a label; the real ones come first or once.
            if !value.isEmpty, values[label] == nil || label == "Pages" { values[label] = value }
        }
        return values
    }
}
