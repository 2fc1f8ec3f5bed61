/// Working memory of one encoder run; owned by one worker thread and kept between runs, whichever model they are of.
struct BertScratch {
    /// Rows that pass through the two large products together, so that what lies between them stays in the cache.
    static let intermediateRows = 192

    /// The rows of all sequences, (tokens, hidden).
    private(set) var hidden = FloatBuffer(count: 0)
    /// What one sublayer computes, (tokens, hidden).
    private(set) var sublayer = FloatBuffer(count: 0)
    /// Attention over the values, (tokens, hidden).
    private(set) var context = FloatBuffer(count: 0)
    /// (tokens, 3 × hidden).
    private(set) var queryKeyValue = FloatBuffer(count: 0)
    /// (`intermediateRows`, intermediate).
    private(set) var intermediate = FloatBuffer(count: 0)
    private(set) var attention = FloatBuffer(count: 0)
    /// Used by layers with 8-bit weights only.
    private(set) var rounded = RoundedRows()

    /// Makes room for a batch; grows only.
    mutating func reserve(
        tokens: Int, longest: Int, sizes: BertConfiguration, precision: EmbeddingPrecision, kernels: Kernels
    ) {
        let block = min(tokens, Self.intermediateRows)
        Self.grow(&hidden, tokens * sizes.hiddenSize)
        Self.grow(&sublayer, tokens * sizes.hiddenSize)
        Self.grow(&context, tokens * sizes.hiddenSize)
        Self.grow(&queryKeyValue, tokens * 3 * sizes.hiddenSize)
        Self.grow(&intermediate, block * sizes.intermediateSize)
        Self.grow(&attention, kernels.attentionScratchCount(tokens: longest, headSize: sizes.headSize))
        if precision == .int8 {
            rounded.reserve(rows: tokens, inputs: sizes.hiddenSize)
            rounded.reserve(rows: block, inputs: sizes.intermediateSize)
        }
    }

    private static func grow(_ buffer: inout FloatBuffer, _ count: Int) {
        if count > buffer.count { buffer = FloatBuffer(count: count) }
    }
}
