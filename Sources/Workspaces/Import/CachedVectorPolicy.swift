/// Which cached vectors an import takes. The model that made them is recorded nowhere (contract/storage.md 7).
public enum CachedVectorPolicy: String, Sendable, CaseIterable {
    /// Those of a document whose shortest passage, embedded again, has the same direction.
    case check
    /// All that have the embedder's dimensions.
    case trust
    /// None: every document is embedded again.
    case discard
}
