/// Optical character recognition by Tesseract (`contract/documents.md` 9.6).
struct Recognition {
    private let conversion: Conversion
    private let deadline: ContinuousClock.Instant

    /// Pixels of the longer side of a page: A4 at 300 dots per inch.
    private static let pageSize = 3_508

    init(_ conversion: Conversion) {
        self.conversion = conversion
        deadline = .now + .seconds(conversion.tools.limits.recognitionSeconds)
    }

    /// The text of a picture, or of each picture in a file of several.
    ///
    /// - Returns: nothing when the time is over.
    /// - Throws: ``ConversionRefusal/noText(fileName:)`` for what is no picture.
    func pages(ofPicture folder: ScratchFolder) async throws(ConversionRefusal) -> [String] {
        if ConverterProgram.pdfImage.path != nil, let photograph = TurnedPhotograph(conversion.file.bytes) {
            try folder.write(photograph.pdf, to: Conversion.input)
            return try await pages(ofPDF: folder, count: 1)
        }
        let arguments = try await languageArguments(folder)
        do throws(ConversionRefusal) {
            return try await recognize(Conversion.input, folder, arguments)
        } catch .tooSlow {
            return []
        }
    }

    /// The text of the pages of a PDF without text; when the time is over, of those that are done.
    func pages(ofPDF folder: ScratchFolder, count: Int) async throws(ConversionRefusal) -> [String] {
        let arguments = try await languageArguments(folder)
        var pages: [String] = []
        do throws(ConversionRefusal) {
            for page in 1...max(1, count) {
                let number = String(page)
                let picture = try await conversion.output(
                    of: .pdfImage,
                    ["-q", "-gray", "-scale-to", String(Self.pageSize), "-f", number, "-l", number, Conversion.input],
                    in: folder, deadline: deadline, else: .processing)
                try folder.write(picture, to: "page")
                let recognized = try await recognize("page", folder, arguments)
                pages.append(recognized.joined(separator: "\n"))
            }
        } catch .tooSlow {
            return pages
        }
        return pages
    }

    private func recognize(
        _ name: String, _ folder: ScratchFolder, _ arguments: [String]
    ) async throws(ConversionRefusal) -> [String] {
        let output = try await conversion.output(
            of: .recognition, [name, "stdout"] + arguments, in: folder, deadline: deadline,
            else: .noText(fileName: conversion.file.name))
        // Tesseract ends each picture with a form feed.
        return String(decoding: output, as: UTF8.self).split(separator: "\u{0C}", omittingEmptySubsequences: false)
            .map { String($0).trimmed }
    }

    /// The languages that are set and installed; English when none is.
    private func languageArguments(_ folder: ScratchFolder) async throws(ConversionRefusal) -> [String] {
        let wanted = conversion.tools.languages
        if wanted == ["eng"] { return ["-l", "eng"] }
        let list = try await conversion.output(of: .recognition, ["--list-langs"], in: folder, else: .processing)
        // A head line, then a code a line.
        let installed = Set(String(decoding: list, as: UTF8.self).split(separator: "\n").dropFirst().map(String.init))
        let missing = wanted.filter { !installed.contains($0) }
        if !missing.isEmpty {
            conversion.tools.report(
                "tesseract", "not installed: " + missing.map { "tesseract-ocr-\($0)" }.joined(separator: " "))
        }
        let usable = wanted.filter(installed.contains)
        return ["-l", usable.isEmpty ? "eng" : usable.joined(separator: "+")]
    }
}
