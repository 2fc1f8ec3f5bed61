/// A row of `api_keys`, whose secret is stored in clear text there (contract/storage.md 4.5).
public struct ForeignKey: Sendable, Equatable, CustomStringConvertible {
    public var id: Int64
    public var name: String?
    public var secret: String
    /// Milliseconds since 1970, UTC.
    public var createdAt: Int64?

    /// Without the secret, which no log and no message may show.
    public var description: String { "key \(id)" }
}

extension ForeignKey {
    /// Nil without an id or a secret.
    init?(_ row: ForeignRow) {
        guard let id = row.integer("id"), let secret = row.text("secret"), !secret.isEmpty else { return nil }
        self.id = id
        self.secret = secret
        name = row.text("name")
        createdAt = row.date("createdAt")
    }
}
