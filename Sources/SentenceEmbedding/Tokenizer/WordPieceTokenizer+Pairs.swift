extension WordPieceTokenizer {
    /// [CLS] first [SEP] second [SEP], the second segment of token type 1, cut to `limit` ids.
    ///
    /// - Parameters:
    ///   - first: ids without [CLS] and [SEP].
    ///   - second: text of the second segment.
    ///   - limit: at least 3.
    func pair(_ first: [Int32], _ second: String, limit: Int) -> TokenSequence {
        // More would change nothing: all that counts beyond the limit is which of the two is longer.
        let pieces = pieces(of: second, limit: max(limit, first.count + 1))
        let lengths = Self.longestFirst(first.count, pieces.count, limit: max(0, limit - 3))
        let ids =
            [classification] + first.prefix(lengths.first) + [separator] + pieces.prefix(lengths.second) + [separator]
        return TokenSequence(ids: ids, secondSegment: lengths.first + 2)
    }

    /// What is left of two segments when the longer one is shortened until both fit, and then both alike; the odd place
    /// goes to the one that was longer, or to the second (`longest_first` of Hugging Face's tokenizers library).
    static func longestFirst(_ first: Int, _ second: Int, limit: Int) -> (first: Int, second: Int) {
        if first + second <= limit { return (first, second) }
        let shorter = min(first, second)
        let half = limit / 2
        let (small, large) = shorter <= half ? (shorter, limit - shorter) : (half, limit - half)
        return first > second ? (large, small) : (small, large)
    }
}
