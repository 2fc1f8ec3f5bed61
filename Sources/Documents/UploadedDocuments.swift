import OrderedJSON
import JavaScriptSemantics

/// Turns an uploaded file into the records to store (`contract/documents.md` 4.1, 6, 9).
public enum UploadedDocuments {
    /// Converts a file by its extension.
    ///
    /// - Returns: the records in the order of the answer; usually one.
    /// - Throws: ``ConversionRefusal``, whose text is the answer's `error`.
    public static func records(
        of file: UploadedFile, in environment: DocumentEnvironment
    ) throws(ConversionRefusal) -> [DocumentRecord] {
        guard !["", ".", ".."].contains(file.name), file.name.utf8.count <= nameLimit else { throw .invalidPath }
        guard file.name != "__HOTDIR__.md" else { throw .reservedName }
        let documents = try ConverterTable.converter(for: file).convert(file)
        return documents.map { record($0, file, environment) }
    }

    /// What is left of a stored name beside the identifier and the suffix.
    private static let nameLimit = DocumentPath.nameLimit - 64

    private static func record(
        _ document: ConvertedDocument, _ file: UploadedFile, _ environment: DocumentEnvironment
    ) -> DocumentRecord {
        func given(_ key: String, or standard: String) -> JSONValue {
            guard let value = file.metadata[key], JavaScriptText.isTruthy(value) else { return .string(standard) }
            return value
        }
        var record = DocumentRecord(
            id: environment.makeID(),
            description: [
                // A virtual path: the place where files wait for their conversion is nobody's business (quirk 16).
                ("url", .string("file:///hotdir/" + file.name)),
                ("title", given("title", or: document.title ?? file.name)),
                ("docAuthor", given("docAuthor", or: document.docAuthor)),
                ("description", given("description", or: document.description)),
                ("docSource", given("docSource", or: document.docSource)),
                ("chunkSource", given("chunkSource", or: "")),
                ("published", .string(PublishedDate.text(environment.now(), timeZone: environment.timeZone))),
            ],
            text: document.text, stem: Slug.document(file.name), environment: environment)
        record.attributes = GivenMetadata.kept(file.metadata)
        return record
    }
}
