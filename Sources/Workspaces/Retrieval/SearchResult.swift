/// The hits of a search.
public struct SearchResult: Sendable, Equatable {
    public var hits: [SearchHit] = []
    /// False when the reranker failed and the hits stand in the order of plain mode: the next try may be better.
    public var isReranked = true
}
