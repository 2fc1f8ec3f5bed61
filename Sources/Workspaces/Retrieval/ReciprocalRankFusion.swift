/// Joins rankings whose scores cannot be compared by the places that they give (Cormack, Clarke and Büttcher 2009,
/// "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods").
enum ReciprocalRankFusion {
    /// Damps the first places, so that none of them outweighs good places in both rankings; the paper's value.
    static let k = 60.0

    /// - Parameter rankings: ids, best first, each at most once.
    /// - Returns: for every id the sum of 1 / (k + place) over the rankings that have it, places from 1.
    static func scores(_ rankings: [[Int64]]) -> [Int64: Double] {
        var scores: [Int64: Double] = [:]
        for ranking in rankings {
            for (index, id) in ranking.enumerated() { scores[id, default: 0] += 1 / (k + Double(index + 1)) }
        }
        return scores
    }
}
