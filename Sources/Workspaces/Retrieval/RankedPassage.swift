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

/// Passages in their order, best first.
struct Ranking: Sendable, Equatable {
    var passages: [RankedPassage]
    /// Whether there are no further ones that a deeper look would find.
    var isComplete: Bool

    /// At most `limit` passages of each document, the best ones.
    func limited(perDocument limit: Int?) -> Ranking {
        guard let limit else { return self }
        var counts: [Int64: Int] = [:]
        let kept = passages.filter { passage in
            counts[passage.document, default: 0] += 1
            return counts[passage.document, default: 0] <= limit
        }
        return Ranking(passages: kept, isComplete: isComplete)
    }
}
