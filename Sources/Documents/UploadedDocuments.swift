import JavaScriptSemantics
import OrderedJSON

/// Turns an uploaded file into the records to store (`contract/documents.md` 4.1, 6, 9).
public enum UploadedDocuments {
    /// Converts a file by its extension; conversions beyond the number that may run at once wait here.
    ///
    /// Cancelling the task ends the converter program.
    ///
    /// - Returns: the records in the order of the answer; usually one.
    /// - Throws: ``ConversionRefusal``, whose text is the answer's `error`.
    public static func records(
        of file: UploadedFile, in environment: DocumentEnvironment
    ) async throws(ConversionRefusal) -> [DocumentRecord] {
        guard !["", ".", ".."].contains(file.name), file.name.utf8.count <= nameLimit else { throw .invalidPath }
        guard file.name != "__HOTDIR__.md" else { throw .reservedName }
        let documents = try await convert(file, environment.tools)
        let folder = documents.contains(where: \.isSheet) ? sheetFolder(file, environment) : ""
        return documents.map { record($0, file, folder, environment) }
    }

    private static func convert(
        _ file: UploadedFile, _ tools: ConversionTools
    ) async throws(ConversionRefusal) -> [ConvertedDocument] {
        let converter = try ConverterTable.converter(for: file)
        guard converter.isWork else { return try await converter.convert(Conversion(file, tools: tools)) }
        guard await tools.gate.enter() else { throw .cancelled }
        let conversion = Conversion(file, tools: tools)
        let result: Result<[ConvertedDocument], ConversionRefusal>
        do throws(ConversionRefusal) {
            result = .success(try await converter.convert(conversion))
        } catch {
            result = .failure(await PasswordProtection.reason(error, of: conversion))
        }
        await tools.gate.leave()
        return try result.get()
    }

    /// What is left of a stored name beside the identifier and the suffix.
    private static let nameLimit = DocumentPath.nameLimit - 64

    /// One folder per upload, as the sheets of one file belong together.
    private static func sheetFolder(_ file: UploadedFile, _ environment: DocumentEnvironment) -> String {
        let suffix = String(environment.makeID().filter { $0 != "-" }.prefix(4))
        return FileName.sanitize(Slug.documentLowercased("\(file.name)-\(suffix)"))
    }

    private static func record(
        _ document: ConvertedDocument, _ file: UploadedFile, _ folder: String,
        _ environment: DocumentEnvironment
    ) -> DocumentRecord {
        var record = place(document, file, folder, environment)
        record.attributes = GivenMetadata.kept(file.metadata)
        return record
    }

    private static func place(
        _ document: ConvertedDocument, _ file: UploadedFile, _ folder: String,
        _ environment: DocumentEnvironment
    ) -> DocumentRecord {
        let id = environment.makeID()
        // The database takes a text only up to its first NUL.
        let text = document.text.utf8.contains(0) ? document.text.replacing("\0", with: "\u{FFFD}") : document.text
        switch document.place {
        case .alone:
            return DocumentRecord(
                id: id, description: description(document, file, url: hotFolder + file.name, environment),
                text: text, stem: Slug.document(file.name), environment: environment)
        case .message(let number):
            return DocumentRecord(
                id: id, description: description(document, file, url: hotFolder + file.name, environment),
                text: text, stem: Slug.document(file.name), tail: "-msg-\(number + 1)",
                environment: environment)
        case .sheet(let name):
            return DocumentRecord(
                sheet: id,
                description: description(document, file, url: "file:///documents/\(folder)/\(name).csv", environment),
                text: text,
                location: DocumentLocation(folder: folder, fileName: FileName.sanitize("sheet-\(name)") + ".json"),
                environment: environment)
        }
    }

    /// A virtual path: the place where files wait for their conversion is nobody's business (quirk 16).
    private static let hotFolder = "file:///hotdir/"

    private static func description(
        _ document: ConvertedDocument, _ file: UploadedFile, url: String, _ environment: DocumentEnvironment
    ) -> [(String, JSONValue)] {
        func given(_ key: String, or standard: String) -> JSONValue {
            guard let value = file.metadata[key], JavaScriptText.isTruthy(value) else { return .string(standard) }
            return value
        }
        return [
            ("url", .string(url)),
            ("title", given("title", or: document.title ?? file.name)),
            ("docAuthor", given("docAuthor", or: document.docAuthor)),
            ("description", given("description", or: document.description)),
            ("docSource", given("docSource", or: document.docSource)),
            ("chunkSource", given("chunkSource", or: "")),
            ("published", .string(PublishedDate.text(environment.now(), timeZone: environment.timeZone))),
        ]
    }
}
