/// Where a document is stored: exactly one folder and a file name that ends in `.json`.
public struct DocumentLocation: Sendable, Hashable {
    public var folder: String
    public var fileName: String

    public init(folder: String, fileName: String) {
        self.folder = folder
        self.fileName = fileName
    }

    /// `folder/file.json`, the docpath of the API.
    public var path: String { folder + "/" + fileName }
}
