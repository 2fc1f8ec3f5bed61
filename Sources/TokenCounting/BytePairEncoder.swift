/// Exact byte-pair encoding with a vocabulary and the splitting that belongs to it.
///
/// Names of special tokens are encoded as the text that they are.
public struct BytePairEncoder: TokenCounter {
    private let ranks: BytePairRanks
    private let encoding: TokenEncoding

    /// - Parameters:
    ///   - rankFile: the content of a tiktoken rank file, lines `base64 rank`.
    ///   - encoding: says how texts are split before they are encoded.
    /// - Throws: ``BytePairError`` with the line at fault.
    public init(rankFile: [UInt8], encoding: TokenEncoding = .cl100k) throws(BytePairError) {
        ranks = try BytePairRanks(file: rankFile)
        self.encoding = encoding
    }

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
    func encode(_ text: String) -> [Int] {
        var tokens: [Int] = []
        walk(text) { _, rank in tokens.append(Int(rank)) }
        return tokens
    }

    private func walk(_ text: String, _ body: (Range<Int>, UInt32) -> Void) {
        var text = text
        text.withUTF8 { bytes in
            switch encoding {
            case .cl100k: walk(bytes, PieceScanner(bytes), body)
            case .o200k: walk(bytes, CasedPieceScanner(bytes), body)
            }
        }
    }

    private func walk(
        _ bytes: UnsafeBufferPointer<UInt8>, _ pieces: some IteratorProtocol<Range<Int>>,
        _ body: (Range<Int>, UInt32) -> Void
    ) {
        var pieces = pieces
        var merge = BytePairMerge(ranks: ranks)
        while let piece = pieces.next() { merge.encode(bytes, piece, body) }
    }
}
