/// The score shown for a cosine distance (contract/vectors.md 3.1).
enum SimilarityScore {
    /// - Parameter distance: 1 minus the cosine, 0 to 2; rounding may make it slightly negative.
    /// - Returns: 0 to 1. A distance of 1 or more scores 0, where the reference says 1 (VQ-1).
    static func score(distance: Double) -> Double {
        if distance.isNaN || distance >= 1 { return 0 }
        return distance < 0 ? 1 - abs(distance) : 1 - distance
    }
}
