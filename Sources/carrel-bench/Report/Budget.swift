/// What a measured value must keep.
enum Budget {
    /// Value divided by the peer's.
    case ratioAtLeast(Double)
    case ratioAtMost(Double)
    case atMost(Double)
    case atLeast(Double)

    /// - Returns: nil when a ratio is wanted and there is no peer.
    func isMet(value: Double, ratio: Double?) -> Bool? {
        switch self {
        case .ratioAtLeast(let least): ratio.map { $0 >= least }
        case .ratioAtMost(let most): ratio.map { $0 <= most }
        case .atMost(let most): value <= most
        case .atLeast(let least): value >= least
        }
    }

    var text: String {
        switch self {
        case .ratioAtLeast(let least): "ratio >= \(least)"
        case .ratioAtMost(let most): "ratio <= \(most)"
        case .atMost(let most): "<= \(Report.number(most))"
        case .atLeast(let least): ">= \(Report.number(least))"
        }
    }
}
