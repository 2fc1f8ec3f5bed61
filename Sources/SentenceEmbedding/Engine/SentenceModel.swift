/// Tokenizer and encoder of one model folder.
final class SentenceModel: Sendable {
    let tokenizer: WordPieceTokenizer
    let encoder: BertEncoder
    /// Ids of a text that are used at most, [CLS] and [SEP] included.
    let maximumTokens: Int

    /// - Throws: `missingModel` or `badModel`.
    init(_ files: EmbeddingModelFiles, kernels: Kernels = .best) throws(EmbeddingError) {
        let tokenizer = try MappedFile(path: files.vocabulary).withBytes { bytes throws(EmbeddingError) in
            try WordPieceTokenizer(vocabulary: bytes, path: files.vocabulary)
        }
        let encoder = try BertEncoder(
            try SafetensorsFile(path: files.weights), configuration: files.configuration, kernels: kernels)
        guard tokenizer.vocabulary.count <= encoder.sizes.vocabularySize else {
            throw EmbeddingError(
                .badModel,
                "The model file \(files.vocabulary) has \(tokenizer.vocabulary.count) pieces, the weights only "
                    + "\(encoder.sizes.vocabularySize): they do not belong together.")
        }
        self.tokenizer = tokenizer
        self.encoder = encoder
        maximumTokens = min(512, encoder.sizes.positions)
    }

    func tokenIDs(of text: String) -> [Int32] { tokenizer.encode(text, limit: maximumTokens) }

    /// One unit vector a text, in order.
    func embed(_ texts: [String], scratch: inout BertScratch, pause: () -> Void = {}) -> [[Float]] {
        let sequences = texts.map { TokenSequence(ids: tokenIDs(of: $0)) }
        let rows = encoder.encode(sequences, scratch: &scratch, pause: pause)
        return SentencePooling.meanUnitVectors(
            rows, lengths: sequences.map(\.ids.count), width: encoder.sizes.hiddenSize, kernels: encoder.kernels)
    }
}
