/// RTF: a line for each paragraph and each row of a table.
struct RichTextConverter: DocumentConverter {
    func convert(_ conversion: Conversion) async throws(ConversionRefusal) -> [ConvertedDocument] {
        guard conversion.file.bytes.starts(with: "{\\rtf".utf8) else { throw .processing }
        let folder = try ScratchFolder()
        try folder.write(Self.separated(conversion.file.bytes), to: Conversion.input)
        let text = try await conversion.output(
            of: .richText, ["-d", "utf-8", "-w", Conversion.input], in: folder, else: .processing)
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return [
            ConvertedDocument(
                text: try conversion.nonEmpty(lines.map { String($0).trimmedEnd }.joined(separator: "\n").trimmed),
                docAuthor: "no author found",
                description: "No description found.", docSource: "rtf file uploaded by the user.")
        ]
    }

    /// The program writes the cells of a table side by side, with nothing between them: a tab goes before the end of
    /// each cell, and the end of a paragraph before that of a row.
    static func separated(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 16)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\"), let mark = marks.first(where: { isWord($0.word, at: index, bytes) })
            {
                result += mark.before
            }
            result.append(bytes[index])
            index += 1
        }
        return result
    }

    private static let marks = [("\\cell", "\\tab"), ("\\row", "\\par")].map { word, before in
        (word: Array(word.utf8), before: Array(before.utf8))
    }

    /// Whether the control word stands there, and not a longer one such as `\cellx`.
    private static func isWord(_ word: [UInt8], at index: Int, _ bytes: [UInt8]) -> Bool {
        let end = index + word.count
        guard bytes[index...].starts(with: word), end < bytes.count else { return false }
        return !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[end])
    }
}
