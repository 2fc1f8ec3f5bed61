/// Which part of the library a listing is to show, beyond what the contract knows.
public struct ListingQuery: Sendable, Equatable {
    /// Part of the file name or of the title, in any case.
    public var search: String?
    /// Milliseconds since 1970, UTC: those added or replaced then or later.
    public var updatedSince: Int64?
    public var offset: Int
    /// Nil for all.
    public var limit: Int?

    public init(search: String? = nil, updatedSince: Int64? = nil, offset: Int = 0, limit: Int? = nil) {
        self.search = search
        self.updatedSince = updatedSince
        self.offset = offset
        self.limit = limit
    }
}
