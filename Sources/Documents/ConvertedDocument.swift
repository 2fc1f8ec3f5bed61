/// What a converter makes of a file, before the client's metadata and the bookkeeping come to it.
public struct ConvertedDocument: Sendable, Equatable {
    public var text: String
    /// Replaces the file's name as the title; nil keeps it.
    public var title: String?
    public var docAuthor: String
    public var description: String
    public var docSource: String

    public init(text: String, title: String? = nil, docAuthor: String, description: String, docSource: String) {
        self.text = text
        self.title = title
        self.docAuthor = docAuthor
        self.description = description
        self.docSource = docSource
    }
}
