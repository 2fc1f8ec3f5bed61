/// Which converter reads which file (`contract/documents.md` 9.1): extensions, converter, programs.
///
/// A new format is one more row here and one more ``DocumentConverter``; ``AcceptedFileTypes`` has what clients are told.
enum ConverterTable {
    struct Row: Sendable {
        let extensions: [String]
        let converter: any DocumentConverter
        /// What the converter cannot do without.
        let programs: [ConverterProgram]
    }

    static let rows: [Row] = text + office + pages + mail + pictures + recordings

    private static let text = [
        row(".txt .md .org .adoc .rst .html .csv .json", PlainTextConverter()),
        row(".rtf", RichTextConverter(), .richText),
    ]

    private static let office = [
        row(".docx", WordConverter(), .archive, .stylesheet),
        row(".pptx", SlidesConverter(), .archive, .stylesheet),
        row(".xlsx", WorkbookConverter(), .archive, .stylesheet),
        row(".odt .odp", OpenDocumentConverter(), .archive, .stylesheet),
        row(".ods", OpenSpreadsheetConverter(), .archive, .stylesheet),
        row(".epub", BookConverter(), .archive, .stylesheet),
    ]

    private static let pages = [
        // Scans need ``ConverterProgram/pdfImage`` of the same package, and ``ConverterProgram/recognition``.
        row(".pdf", PDFConverter(), .pdfInfo, .pdfText)
    ]

    private static let mail = [
        // Mail that is HTML alone needs ``ConverterProgram/stylesheet`` too.
        row(".mbox", MailboxConverter(), .mail),
        row(".eml", MessageConverter(), .mail),
    ]

    private static let pictures = [row(".png .jpg .jpeg .webp .tiff .tif", PictureConverter(), .recognition)]

    private static let recordings = [row(".wav .mp3 .ogg .oga .opus .m4a .webm .mp4 .mpeg", RecordingConverter())]

    private static func row(
        _ extensions: String, _ converter: any DocumentConverter, _ programs: ConverterProgram...
    ) -> Row {
        Row(
            extensions: extensions.split(separator: " ").map(String.init), converter: converter, programs: programs)
    }

    private static let byExtension: [String: Row] = rows.reduce(into: [:]) { table, row in
        for suffix in row.extensions { table[suffix] = row }
    }

    /// - Throws: ``ConversionRefusal/unsupported(fileExtension:)``, ``ConversionRefusal/noExtension``, and
    ///   ``ConversionRefusal/missingProgram(_:_:_:)``.
    static func converter(for file: UploadedFile) throws(ConversionRefusal) -> any DocumentConverter {
        let suffix = FileName.fileExtension(file.name)
        if let row = byExtension[suffix] {
            if let missing = row.programs.first(where: { $0.path == nil }) {
                throw .missingProgram(suffix, missing.name, missing.package)
            }
            return row.converter
        }
        if suffix.isEmpty, file.name.utf8.contains(UInt8(ascii: ".")) { throw .noExtension }
        guard TextTest.isText(file.bytes, fileExtension: suffix) else { throw .unsupported(fileExtension: suffix) }
        return PlainTextConverter()
    }
}
