/// The read-only numbers of a BERT encoder, its matrices packed for the kernels.
struct BertWeights: Sendable {
    struct LayerNorm: Sendable {
        /// Shape (hidden); a copy, so that the page around it need not stay.
        let gamma: FloatBuffer
        /// Shape (hidden).
        let beta: FloatBuffer
    }

    struct Layer: Sendable {
        /// Query, key and value stacked: (3 × hidden, hidden).
        let queryKeyValue: Linear
        /// (hidden, hidden).
        let attentionOutput: Linear
        let attentionNorm: LayerNorm
        /// (intermediate, hidden).
        let intermediate: Linear
        /// (hidden, intermediate).
        let output: Linear
        let outputNorm: LayerNorm
    }

    /// Shape (vocabulary, hidden); stays in the mapped file.
    let words: FloatTensor
    /// Shape (positions, hidden).
    let positions: FloatTensor
    /// Shape (token types, hidden).
    let tokenTypes: FloatTensor
    let embeddingNorm: LayerNorm
    let layers: [Layer]

    /// - Throws: `badModel` naming the first tensor that is missing or has another shape, or when a layer is too wide for
    ///   weights of integers.
    init(
        _ file: SafetensorsFile, prefix: String, sizes: BertConfiguration, precision: EmbeddingPrecision,
        kernels: Kernels
    ) throws(EmbeddingError) {
        if precision != .fp32, max(sizes.hiddenSize, sizes.intermediateSize) > Kernels.integerInputs {
            throw EmbeddingError(
                .badModel,
                "The model file \(file.file.path) has layers of more than \(Kernels.integerInputs) inputs, which do not "
                    + "run with \(precision.rawValue) precision.")
        }
        let hidden = sizes.hiddenSize
        words = try file.floats("\(prefix)embeddings.word_embeddings.weight", shape: [sizes.vocabularySize, hidden])
        positions = try file.floats("\(prefix)embeddings.position_embeddings.weight", shape: [sizes.positions, hidden])
        tokenTypes = try file.floats(
            "\(prefix)embeddings.token_type_embeddings.weight", shape: [sizes.tokenTypes, hidden])
        embeddingNorm = try Self.norm(file, "\(prefix)embeddings.LayerNorm", hidden)
        var layers: [Layer] = []
        for index in 0..<sizes.layers {
            layers.append(try Self.layer(file, "\(prefix)encoder.layer.\(index).", sizes, precision, kernels))
            // The packed copy is what is used from here on.
            file.file.releasePages()
        }
        self.layers = layers
    }

    private static func layer(
        _ file: SafetensorsFile, _ name: String, _ sizes: BertConfiguration, _ precision: EmbeddingPrecision,
        _ kernels: Kernels
    ) throws(EmbeddingError) -> Layer {
        let hidden = sizes.hiddenSize
        func linear(_ parts: [String], inputs: Int, outputs: Int) throws(EmbeddingError) -> Linear {
            var weights: [FloatTensor] = []
            var biases: [FloatTensor] = []
            for part in parts {
                weights.append(try file.floats("\(name)\(part).weight", shape: [outputs, inputs]))
                biases.append(try file.floats("\(name)\(part).bias", shape: [outputs]))
            }
            return Linear(weights: weights, biases: biases, inputs: inputs, precision: precision, kernels: kernels)
        }
        return Layer(
            queryKeyValue: try linear(
                ["attention.self.query", "attention.self.key", "attention.self.value"], inputs: hidden,
                outputs: hidden),
            attentionOutput: try linear(["attention.output.dense"], inputs: hidden, outputs: hidden),
            attentionNorm: try norm(file, "\(name)attention.output.LayerNorm", hidden),
            intermediate: try linear(["intermediate.dense"], inputs: hidden, outputs: sizes.intermediateSize),
            output: try linear(["output.dense"], inputs: sizes.intermediateSize, outputs: hidden),
            outputNorm: try norm(file, "\(name)output.LayerNorm", hidden))
    }

    private static func norm(
        _ file: SafetensorsFile, _ name: String, _ hidden: Int
    ) throws(EmbeddingError) -> LayerNorm {
        LayerNorm(
            gamma: try file.floats("\(name).weight", shape: [hidden]).copy(),
            beta: try file.floats("\(name).bias", shape: [hidden]).copy())
    }
}
