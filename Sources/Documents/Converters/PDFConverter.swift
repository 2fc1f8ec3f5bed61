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
        let output = try await conversion.output(
            of: .pdfText, ["-q", "-enc", "UTF-8", "-eol", "unix", Conversion.input, "-"], in: folder, else: .processing)
        // Each page ends with a form feed. Anything else on any page is a text item.
        let isScan = output.allSatisfy { $0 == 0x0C || $0 == 0x0A }
        let pages =
            isScan
            ? try await Recognition(conversion).pages(ofPDF: folder, count: count)
            : output.split(separator: 0x0C, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        return [
            ConvertedDocument(
                text: try conversion.nonEmpty(PageNumbers.join(pages)),
                docAuthor: information["Creator"] ?? "no author found",
                description: information["Title"] ?? "No description found.",
                docSource: "pdf file uploaded by the user.")
        ]
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
