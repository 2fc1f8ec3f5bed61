/// Which converter reads which file (`contract/documents.md` 9.1): extension, media type, converter, package.
///
/// A new format is one more row here and one more ``DocumentConverter``. The media types are those that clients are
/// told (``AcceptedFileTypes``), or that a format has which they are not told of; only the extension decides.
enum ConverterTable {
    struct Row: Sendable {
        let extensions: [String]
        let mediaType: String
        let converter: any DocumentConverter
        /// What the converter cannot do without.
        let programs: [ConverterProgram]
    }

    static let rows: [Row] = text + office + pages + mail + pictures + recordings

    private static let text = [
        row(".txt .md .org .adoc .rst", "text/plain", PlainTextConverter()),
        row(".html", "text/html", PlainTextConverter()),
        row(".csv", "text/csv", PlainTextConverter()),
        row(".json", "application/json", PlainTextConverter()),
        row(".rtf", "application/rtf", RichTextConverter(), .richText),
    ]

    private static let office = [
        row(".docx", openXML + "wordprocessingml.document", WordConverter(), .archive, .stylesheet),
        row(".pptx", openXML + "presentationml.presentation", SlidesConverter(), .archive, .stylesheet),
        row(".xlsx", openXML + "spreadsheetml.sheet", WorkbookConverter(), .archive, .stylesheet),
        row(".odt", openDocument + "text", OpenDocumentConverter(), .archive, .stylesheet),
        row(".odp", openDocument + "presentation", OpenDocumentConverter(), .archive, .stylesheet),
        row(".ods", openDocument + "spreadsheet", OpenSpreadsheetConverter(), .archive, .stylesheet),
        row(".epub", "application/epub+zip", BookConverter(), .archive, .stylesheet),
    ]

    private static let pages = [
        // Scans need ``ConverterProgram/pdfImage`` of the same package, and ``ConverterProgram/recognition``.
        row(".pdf", "application/pdf", PDFConverter(), .pdfInfo, .pdfText)
    ]

    private static let mail = [
        // Mail that is HTML alone needs ``ConverterProgram/stylesheet`` too.
        row(".mbox", "application/mbox", MailboxConverter(), .mail),
        row(".eml", "message/rfc822", MessageConverter(), .mail),
    ]

    private static let pictures = [
        row(".png", "image/png", PictureConverter(), .recognition),
        row(".jpg .jpeg", "image/jpeg", PictureConverter(), .recognition),
        row(".webp", "image/webp", PictureConverter(), .recognition),
        row(".tiff .tif", "image/tiff", PictureConverter(), .recognition),
    ]

    private static let recordings = [
        row(".wav", "audio/wav", RecordingConverter()),
        row(".mp3", "audio/mpeg", RecordingConverter()),
        row(".ogg .oga", "audio/ogg", RecordingConverter()),
        row(".opus", "audio/opus", RecordingConverter()),
        row(".m4a", "audio/mp4", RecordingConverter()),
        row(".webm", "audio/webm", RecordingConverter()),
        row(".mp4", "video/mp4", RecordingConverter()),
        row(".mpeg", "video/mpeg", RecordingConverter()),
    ]

    private static let openXML = "application/vnd.openxmlformats-officedocument."
    private static let openDocument = "application/vnd.oasis.opendocument."

    private static func row(
        _ extensions: String, _ mediaType: String, _ converter: any DocumentConverter, _ programs: ConverterProgram...
    ) -> Row {
        Row(
            extensions: extensions.split(separator: " ").map(String.init), mediaType: mediaType, converter: converter,
            programs: programs)
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
