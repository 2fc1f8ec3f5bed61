/// How the inputs of one request are divided into units of work.
enum BatchPlan {
    /// Estimated tokens of a batch. Enough rows for the matrix products to reach full speed; few enough that a batch
    /// takes well under a tenth of a second on one core.
    static let tokensPerBatch = 256
    /// Inputs of a batch, whatever their length.
    static let textsPerBatch = 64

    /// Batches of indices into `texts`, the longest texts first: what is left for the end, when threads run out of
    /// work one after the other, is short. Every text is in exactly one batch.
    ///
    /// - Parameter otherTokens: tokens that come with every text.
    static func batches(for texts: [String], otherTokens: Int = 2, maximumTokens: Int) -> [[Int]] {
        // An English token has about 4.5 bytes, an ideograph 3; counting exactly would mean tokenizing twice.
        let estimates = texts.map { min($0.utf8.count / 4 + otherTokens, maximumTokens) }
        let order = texts.indices.sorted { (estimates[$1], $0) < (estimates[$0], $1) }
        var batches: [[Int]] = []
        var current: [Int] = []
        var tokens = 0
        for index in order {
            if !current.isEmpty, tokens + estimates[index] > tokensPerBatch || current.count == textsPerBatch {
                batches.append(current)
                current = []
                tokens = 0
            }
            current.append(index)
            tokens += estimates[index]
        }
        if !current.isEmpty { batches.append(current) }
        return batches
    }
}
