import JavaScriptSemantics
public import OrderedJSON

/// A document as it is stored: its keys, its text, and its place (`contract/documents.md` 6.1).
public struct DocumentRecord: Sendable, Equatable {
    /// All keys except `pageContent`, in the order of the contract: `id`, `url`, `title`, `docAuthor`,
    /// `description`, `docSource`, `chunkSource`, `published`, `wordCount`, `token_count_estimate`.
    public var metadata: JSONObject
    /// The full extracted text.
    public var pageContent: String
    public var location: DocumentLocation
    /// The metadata as the client gave it, for filters of searches; shown nowhere.
    public var attributes: JSONObject = [:]

    /// The default folder of everything that is uploaded.
    public static let defaultFolder = "custom-documents"

    public init(metadata: JSONObject, pageContent: String, location: DocumentLocation) {
        self.metadata = metadata
        self.pageContent = pageContent
        self.location = location
    }

    public var folder: String { location.folder }
    public var fileName: String { location.fileName }
    public var id: String { metadata["id"]?.stringValue ?? "" }

    /// The record of an upload's answer: the stored keys with `pageContent` before `token_count_estimate`, then
    /// `location` and `isDirectUpload` (section 4.1).
    ///
    /// - Parameter isMoved: adds `name`, which only records moved to another folder have (section 4.2).
    public func uploadRecord(isMoved: Bool = false) -> JSONObject {
        var record = JSONObject()
        for member in metadata {
            if member.key == Self.tokenKey { record["pageContent"] = .string(pageContent) }
            record[member.key] = member.value
        }
        record["pageContent"] = .string(pageContent)
        record["location"] = .string(location.path)
        record["isDirectUpload"] = false
        if isMoved { record["name"] = .string(fileName) }
        return record
    }

    private static let tokenKey = "token_count_estimate"
}

extension DocumentRecord {
    /// Puts a record together from what the kinds of documents differ in.
    ///
    /// - Parameters:
    ///   - description: the keys `url` to `published`, in their order.
    ///   - stem: file name before `-<id>.json`; it is sanitised here.
    ///   - tail: what follows the id.
    init(
        id: String, description: [(String, JSONValue)], text: String, folder: String = Self.defaultFolder,
        stem: String, tail: String = "", environment: DocumentEnvironment
    ) {
        var metadata = JSONObject([("id", .string(id))] + description)
        metadata["wordCount"] = JSONValue(Self.wordCount(text))
        metadata[Self.tokenKey] = JSONValue(environment.tokenEstimate(text))
        let fileName = FileName.sanitize("\(stem)-\(id)\(tail)") + ".json"
        self.init(
            metadata: metadata, pageContent: text, location: DocumentLocation(folder: folder, fileName: fileName))
    }

    /// A sheet of a spreadsheet: its words are what stands between runs of white space, and its place is one of its own
    /// (sections 6.2 and 6.4).
    init(
        sheet id: String, description: [(String, JSONValue)], text: String, location: DocumentLocation,
        environment: DocumentEnvironment
    ) {
        var metadata = JSONObject([("id", .string(id))] + description)
        metadata["wordCount"] = JSONValue(Self.sheetWordCount(text))
        metadata[Self.tokenKey] = JSONValue(environment.tokenEstimate(text))
        self.init(metadata: metadata, pageContent: text, location: location)
    }

    /// Pieces between runs of white space; an empty one before or after it counts.
    static func sheetWordCount(_ text: String) -> Int {
        var count = 1
        var isInRun = false
        for scalar in text.unicodeScalars {
            let isBlank = JavaScriptWhitespace.contains(scalar)
            if isBlank, !isInRun { count += 1 }
            isInRun = isBlank
        }
        return count
    }

    /// Pieces between single spaces U+0020; line feeds do not separate words here (section 6.4).
    static func wordCount(_ text: String) -> Int {
        text.utf8.reduce(1) { $1 == UInt8(ascii: " ") ? $0 + 1 : $0 }
    }
}
