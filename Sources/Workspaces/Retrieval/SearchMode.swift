/// How one search ranks passages.
public enum SearchMode: String, Sendable, CaseIterable {
    /// By cosine similarity.
    case normal
    /// By cosine similarity and by words, the two rankings fused.
    case hybrid
    /// The nearest by cosine similarity, put in order by a reranker.
    case rerank
    /// By words alone; nothing is embedded.
    case lexical
}

extension VectorSearchMode {
    var searchMode: SearchMode {
        switch self {
        case .normal: .normal
        case .hybrid: .hybrid
        case .rerank: .rerank
        }
    }
}
