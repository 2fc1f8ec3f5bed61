extension Collection where Element == Double {
    /// The value below which this part of all values lies, by nearest rank; 0 for an empty collection.
    func quantile(_ part: Double) -> Double {
        let sorted = sorted()
        if sorted.isEmpty { return 0 }
        let rank = Int((part * Double(sorted.count)).rounded(.up))
        return sorted[Swift.min(sorted.count - 1, Swift.max(0, rank - 1))]
    }

    var median: Double { quantile(0.5) }
}
