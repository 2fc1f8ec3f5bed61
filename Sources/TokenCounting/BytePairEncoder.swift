/// Exact byte-pair encoding with the vocabulary and the splitting of `cl100k_base`.
///
/// Names of special tokens are encoded as the text that they are.
public struct BytePairEncoder: TokenCounter {
    private let ranks: BytePairRanks

    /// - Parameter rankFile: the content of a tiktoken rank file, lines `base64 rank`.
    /// - Throws: ``BytePairError`` with the line at fault.
    public init(rankFile: [UInt8]) throws(BytePairError) { ranks = try BytePairRanks(file: rankFile) }

    /// How many tokens the vocabulary has.
    public var vocabularySize: Int { ranks.count }

    public func count(_ text: String) -> Int {
        var count = 0
        walk(text) { _, _ in count += 1 }
        return count
    }

    public func tokenEnds(of text: String) -> [Int] {
        var ends: [Int] = []
        walk(text) { range, _ in ends.append(range.upperBound) }
        return ends
    }

    /// The tokens of a text, as ranks in the vocabulary.
    public func encode(_ text: String) -> [Int] {
        var tokens: [Int] = []
        walk(text) { _, rank in tokens.append(Int(rank)) }
        return tokens
    }

    /// The bytes of tokens, which need not be whole characters. Unknown tokens give nothing.
    public func decode(_ tokens: some Sequence<Int>) -> [UInt8] {
        tokens.reduce(into: []) { bytes, token in bytes += ranks.token(token) ?? [] }
    }

    private func walk(_ text: String, _ body: (Range<Int>, UInt32) -> Void) {
        var text = text
        text.withUTF8 { bytes in
            var scanner = PieceScanner(bytes)
            var merge = BytePairMerge(ranks: ranks)
            while let piece = scanner.next() { merge.encode(bytes, piece, body) }
        }
    }
}
