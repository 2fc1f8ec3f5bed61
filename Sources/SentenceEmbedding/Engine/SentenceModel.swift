/// Tokenizer and encoder of one model folder.
final class SentenceModel: BatchModel {
    let tokenizer: WordPieceTokenizer
    let encoder: BertEncoder
    /// Ids of a text that are used at most, [CLS] and [SEP] included.
    let maximumTokens: Int

    /// - Throws: `missingModel` or `badModel`.
    init(
        _ files: EmbeddingModelFiles, precision: EmbeddingPrecision = .fp32, kernels: Kernels = .best
    ) throws(EmbeddingError) {
        tokenizer = try WordPieceTokenizer(path: files.vocabulary)
        encoder = try BertEncoder(
            try SafetensorsFile(path: files.weights), configuration: files.configuration, precision: precision,
            kernels: kernels)
        maximumTokens = min(512, encoder.sizes.positions)
        try encoder.checkVocabulary(tokenizer, path: files.vocabulary)
    }

    func tokenIDs(of text: String) -> [Int32] { tokenizer.encode(text, limit: maximumTokens) }

    /// One unit vector a text, in order.
    func embed(_ texts: [String], scratch: inout BertScratch) -> [[Float]] {
        rows(for: texts.map { EncoderInput(text: $0) }, scratch: &scratch)
    }

    func rest() { encoder.releaseTables() }

    func rows(for inputs: [EncoderInput], scratch: inout BertScratch) -> [[Float]] {
        let sequences = inputs.map { TokenSequence(ids: tokenIDs(of: $0.text)) }
        let rows = encoder.encode(sequences, scratch: &scratch)
        return SentencePooling.meanUnitVectors(
            rows, lengths: sequences.map(\.ids.count), width: encoder.sizes.hiddenSize, kernels: encoder.kernels)
    }
}
