/// A chunk on its way to being a hit.
struct RankedPassage: Sendable, Equatable {
    var chunk: Int64
    var document: Int64
    var workspace: Int64
    /// Cosine distance; nil when nothing was embedded.
    var distance: Double?
    /// What is shown and compared with the threshold, 0 to 1.
    var score: Double
    var parts: SearchHit.Parts?
    var reranking: SearchHit.Reranking?
}
