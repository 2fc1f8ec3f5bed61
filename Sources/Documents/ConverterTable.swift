/// Which converter reads which file extension (`contract/documents.md` 9.1).
///
/// A new format is one more row here and one more ``DocumentConverter``.
public enum ConverterTable {
    private static let rows: [([String], any DocumentConverter)] = [
        ([".txt", ".md", ".org", ".adoc", ".rst", ".csv", ".json", ".html"], PlainTextConverter())
    ]

    private static let converters: [String: any DocumentConverter] = rows.reduce(into: [:]) { table, row in
        for suffix in row.0 { table[suffix] = row.1 }
    }

    /// - Throws: ``ConversionRefusal/unsupported(fileExtension:)`` and ``ConversionRefusal/noExtension``.
    static func converter(for file: UploadedFile) throws(ConversionRefusal) -> any DocumentConverter {
        let suffix = FileName.fileExtension(file.name)
        if let converter = converters[suffix] { return converter }
        if suffix.isEmpty, file.name.utf8.contains(UInt8(ascii: ".")) { throw .noExtension }
        let isOtherFormat = AcceptedFileTypes.extensions.contains(suffix)
        guard !isOtherFormat, TextTest.isText(file.bytes, fileExtension: suffix) else {
            throw .unsupported(fileExtension: suffix)
        }
        return PlainTextConverter()
    }
}
