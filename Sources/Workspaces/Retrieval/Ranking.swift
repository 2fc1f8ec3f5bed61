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
