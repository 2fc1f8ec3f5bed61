/// How passages are ranked (contract/workspaces.md D-2).
public enum VectorSearchMode: String, Sendable {
    /// By cosine similarity. `default` is the reference's word for it.
    case normal
    /// Candidates by cosine similarity, then by a reranker.
    case rerank
    /// By cosine similarity and by words together; Carrel's own.
    case hybrid

    static let standard = VectorSearchMode.normal

    /// Anything that is not a known word means the standard mode.
    public init(word: String?) { self = word.flatMap(VectorSearchMode.init(rawValue:)) ?? .standard }
}
