/// A place in a listing: the row that was shown last.
public struct ChatPosition: Sendable, Equatable {
    /// Milliseconds since 1970, UTC.
    public var createdAt: Int64
    public var id: Int64

    public init(createdAt: Int64, id: Int64) {
        self.createdAt = createdAt
        self.id = id
    }
}
