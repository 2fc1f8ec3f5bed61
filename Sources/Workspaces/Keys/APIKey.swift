import Storage

/// A key as the server knows it: by its hash.
public struct APIKey: Sendable, Equatable {
    public var id: Int64
    public var name: String?
    /// SHA-256, base64url without padding.
    public var hash: String
    /// Milliseconds since 1970, UTC.
    public var createdAt: Int64
}

extension APIKey {
    init(_ record: KeyRecord) {
        id = record.id ?? 0
        name = record.name
        hash = record.hash
        createdAt = record.createdAt
    }
}
