import CKernels

/// The encoder half of a transformer as BERT has it (Devlin et al. 2019, arXiv:1810.04805; post-layer-norm).
///
/// Sequences of a batch lie one after the other in one matrix, so that no row is padding; only attention looks at them
/// one by one.
final class BertEncoder: Sendable {
    let sizes: BertConfiguration
    let kernels: Kernels
    let precision: EmbeddingPrecision
    private let weights: BertWeights
    /// Where the tables of embeddings lie.
    private let file: MappedFile

    /// - Throws: `badModel` when the file has no such encoder.
    init(
        _ file: SafetensorsFile, configuration: String?, precision: EmbeddingPrecision = .fp32, kernels: Kernels = .best
    ) throws(EmbeddingError) {
        let prefix = file.tensors["bert.embeddings.word_embeddings.weight"] != nil ? "bert." : ""
        sizes = try BertConfiguration(weights: file, prefix: prefix, path: configuration)
        weights = try BertWeights(file, prefix: prefix, sizes: sizes, precision: precision, kernels: kernels)
        self.kernels = kernels
        self.precision = precision
        self.file = file.file
    }

    /// - Throws: `badModel` when the tokenizer has ids that the encoder has no row for.
    func checkVocabulary(_ tokenizer: WordPieceTokenizer, path: String) throws(EmbeddingError) {
        guard tokenizer.vocabulary.count <= sizes.vocabularySize else {
            throw EmbeddingError(
                .badModel,
                "The model file \(path) has \(tokenizer.vocabulary.count) pieces, the weights only "
                    + "\(sizes.vocabularySize): they do not belong together.")
        }
    }

    /// Runs the encoder.
    ///
    /// - Parameters:
    ///   - sequences: each at least one and at most `sizes.positions` ids long, ids below `sizes.vocabularySize`.
    ///   - scratch: grown as needed.
    /// - Returns: the last layer's rows, (all tokens, hidden), valid until the next use of `scratch`.
    func encode(_ sequences: [TokenSequence], scratch: inout BertScratch) -> UnsafePointer<Float> {
        let tokens = sequences.reduce(0) { $0 + $1.ids.count }
        let longest = sequences.reduce(0) { max($0, $1.ids.count) }
        assert(longest <= sizes.positions)
        scratch.reserve(
            tokens: tokens, longest: longest, sizes: sizes, precision: precision, kernels: kernels)
        embed(sequences, scratch: scratch)
        for layer in weights.layers {
            attend(layer, sequences, tokens: tokens, scratch: scratch)
            feedForward(layer, tokens: tokens, scratch: scratch)
        }
        return UnsafePointer(scratch.hidden.start)
    }

    /// Gives back the pages of the embedding tables. The kernel maps sixteen pages for each one that is read, so that after
    /// some texts the whole table counts as resident, although it is in the page cache anyway; reading it again costs some
    /// tens of microseconds a text.
    func releaseTables() { file.releasePages() }

    /// hidden = layer_norm(word + position + type), one row a token.
    private func embed(_ sequences: [TokenSequence], scratch: BertScratch) {
        let width = sizes.hiddenSize
        guard let words = weights.words.values.baseAddress, let positions = weights.positions.values.baseAddress,
            let types = weights.tokenTypes.values.baseAddress
        else { return }
        var row = scratch.hidden.start
        for sequence in sequences {
            let second = sequence.secondSegment ?? sequence.ids.count
            for (position, id) in sequence.ids.enumerated() {
                assert(id >= 0 && Int(id) < sizes.vocabularySize)
                let word = words + Int(id) * width
                let place = positions + position * width
                let type = types + (position < second ? 0 : width)
                for i in 0..<width { row[i] = word[i] + place[i] + type[i] }
                row += width
            }
        }
        let tokens = (row - scratch.hidden.start) / width
        normalize(scratch.hidden, nil, weights.embeddingNorm, tokens: tokens, result: scratch.hidden)
    }

    /// hidden = layer_norm(hidden + W_o attention(hidden)).
    private func attend(_ layer: BertWeights.Layer, _ sequences: [TokenSequence], tokens: Int, scratch: BertScratch) {
        let width = sizes.hiddenSize
        layer.queryKeyValue.apply(
            scratch.hidden.start, rows: tokens, result: scratch.queryKeyValue.start, rounded: scratch.rounded,
            kernels: kernels)
        var first = 0
        for sequence in sequences {
            kernels.table.attention(
                scratch.queryKeyValue.start + first * 3 * width, sequence.ids.count, sizes.heads, sizes.headSize,
                scratch.context.start + first * width, scratch.attention.start)
            first += sequence.ids.count
        }
        layer.attentionOutput.apply(
            scratch.context.start, rows: tokens, result: scratch.sublayer.start, rounded: scratch.rounded,
            kernels: kernels)
        normalize(scratch.sublayer, scratch.hidden, layer.attentionNorm, tokens: tokens, result: scratch.hidden)
    }

    /// hidden = layer_norm(hidden + W_2 gelu(W_1 hidden)), a block of rows at a time.
    private func feedForward(_ layer: BertWeights.Layer, tokens: Int, scratch: BertScratch) {
        let width = sizes.hiddenSize
        let block = BertScratch.intermediateRows(tokens: tokens)
        for first in stride(from: 0, to: tokens, by: block) {
            let rows = min(block, tokens - first)
            layer.intermediate.apply(
                scratch.hidden.start + first * width, rows: rows, activation: ck_gelu,
                result: scratch.intermediate.start, rounded: scratch.rounded, kernels: kernels)
            layer.output.apply(
                scratch.intermediate.start, rows: rows, result: scratch.sublayer.start + first * width,
                rounded: scratch.rounded, kernels: kernels)
        }
        normalize(scratch.sublayer, scratch.hidden, layer.outputNorm, tokens: tokens, result: scratch.hidden)
    }

    private func normalize(
        _ x: FloatBuffer, _ residual: FloatBuffer?, _ norm: BertWeights.LayerNorm, tokens: Int, result: FloatBuffer
    ) {
        kernels.table.add_layer_norm(
            x.start, residual.map { UnsafePointer($0.start) }, norm.gamma.start, norm.beta.start,
            sizes.layerNormEpsilon, result.start,
            tokens, sizes.hiddenSize)
    }
}
