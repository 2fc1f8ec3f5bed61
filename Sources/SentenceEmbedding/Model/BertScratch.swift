/// Working memory of one encoder run; owned by one worker thread and kept between runs, whichever model they are of.
struct BertScratch {
    /// Most rows that pass through the two large products together, so that what lies between them stays in the cache.
    private static let mostIntermediateRows = 192

    /// The rows of a batch that do so: in blocks alike, because each block reads all weights, and of whole tiles of the
    /// kernels but for the last.
    static func intermediateRows(tokens: Int) -> Int {
        let blocks = max(1, (tokens + mostIntermediateRows - 1) / mostIntermediateRows)
        return ((tokens + blocks - 1) / blocks + 11) / 12 * 12
    }

    /// The rows of all sequences, (tokens, hidden).
    private(set) var hidden = FloatBuffer(count: 0)
    /// What one sublayer computes, (tokens, hidden).
    private(set) var sublayer = FloatBuffer(count: 0)
    /// Attention over the values, (tokens, hidden).
    private(set) var context = FloatBuffer(count: 0)
    /// (tokens, 3 × hidden).
    private(set) var queryKeyValue = FloatBuffer(count: 0)
    /// (rows of a block, intermediate).
    private(set) var intermediate = FloatBuffer(count: 0)
    private(set) var attention = FloatBuffer(count: 0)
    /// Used by layers with weights of integers only.
    private(set) var rounded = RoundedRows()

    /// Makes room for a batch; grows only.
    mutating func reserve(
        tokens: Int, longest: Int, sizes: BertConfiguration, precision: EmbeddingPrecision, kernels: Kernels
    ) {
        let block = min(tokens, Self.intermediateRows(tokens: tokens))
        Self.grow(&hidden, tokens * sizes.hiddenSize)
        Self.grow(&sublayer, tokens * sizes.hiddenSize)
        Self.grow(&context, tokens * sizes.hiddenSize)
        Self.grow(&queryKeyValue, tokens * 3 * sizes.hiddenSize)
        Self.grow(&intermediate, block * sizes.intermediateSize)
        Self.grow(&attention, kernels.attentionScratchCount(tokens: longest, headSize: sizes.headSize))
        rounded.reserve(rows: tokens, inputs: sizes.hiddenSize, precision: precision)
        rounded.reserve(rows: block, inputs: sizes.intermediateSize, precision: precision)
    }

    private static func grow(_ buffer: inout FloatBuffer, _ count: Int) {
        if count > buffer.count { buffer = FloatBuffer(count: count) }
    }
}
