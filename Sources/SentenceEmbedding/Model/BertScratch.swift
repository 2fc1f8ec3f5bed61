/// Working memory of one encoder run; owned by one worker thread and kept between runs.
struct BertScratch {
    /// Rows that pass through the two large products together, so that what lies between them stays in the cache.
    static let intermediateRows = 192

    private(set) var tokens = 0
    private(set) var longest = 0
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

    /// Makes room for a batch; grows only.
    mutating func reserve(tokens: Int, longest: Int, sizes: BertConfiguration, kernels: Kernels) {
        if tokens > self.tokens {
            self.tokens = tokens
            hidden = FloatBuffer(count: tokens * sizes.hiddenSize)
            sublayer = FloatBuffer(count: tokens * sizes.hiddenSize)
            context = FloatBuffer(count: tokens * sizes.hiddenSize)
            queryKeyValue = FloatBuffer(count: tokens * 3 * sizes.hiddenSize)
            intermediate = FloatBuffer(count: min(tokens, Self.intermediateRows) * sizes.intermediateSize)
        }
        if longest > self.longest {
            self.longest = longest
            attention = FloatBuffer(
                count: kernels.attentionScratchCount(tokens: longest, headSize: sizes.headSize))
        }
    }
}
