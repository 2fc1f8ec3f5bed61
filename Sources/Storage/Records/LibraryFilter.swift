/// Which documents of the library a listing shows.
public struct LibraryFilter: Sendable, Equatable {
    /// Nil for every folder that the tree shows: one level deep, and no name that ends in `.md`.
    public var folder: String?
    /// A folder whose documents are left out.
    public var exceptFolder: String?
    /// Part of the file name or of the source, in any case.
    public var search: String?
    /// Milliseconds since 1970, UTC: those added or changed then or later.
    public var updatedSince: Int64?

    public init(folder: String? = nil, search: String? = nil, updatedSince: Int64? = nil) {
        self.folder = folder
        self.search = search
        self.updatedSince = updatedSince
    }
}
