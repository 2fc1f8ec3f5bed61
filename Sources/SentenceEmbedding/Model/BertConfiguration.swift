import OrderedJSON

/// The sizes of a BERT encoder (Devlin et al. 2019).
struct BertConfiguration: Sendable, Equatable {
    var hiddenSize: Int
    var intermediateSize: Int
    var layers: Int
    var heads: Int
    var positions: Int
    var tokenTypes: Int
    var vocabularySize: Int
    var layerNormEpsilon: Float = 1e-12

    var headSize: Int { hiddenSize / heads }

    /// Reads `config.json` when there is one and takes the rest from the shapes of the weights.
    ///
    /// - Parameters:
    ///   - weights: the opened tensors.
    ///   - prefix: what stands before the encoder's tensor names, "" or "bert.".
    ///   - path: the configuration file.
    /// - Throws: `badModel` when the file is not one of a BERT encoder that this engine can run.
    init(weights: SafetensorsFile, prefix: String, path: String?) throws(EmbeddingError) {
        self = try Self.fromShapes(weights, prefix: prefix)
        if let path { try adopt(path) }
        guard hiddenSize > 0, heads > 0, hiddenSize % heads == 0, layers > 0, positions >= 2 else {
            throw EmbeddingError(
                .badModel,
                "The model \(path ?? weights.file.path): \(hiddenSize) hidden units, \(heads) heads, \(layers) layers "
                    + "and \(positions) positions do not make an encoder.")
        }
    }

    private static func fromShapes(_ weights: SafetensorsFile, prefix: String) throws(EmbeddingError) -> Self {
        func shape(_ name: String) throws(EmbeddingError) -> [Int] {
            guard let shape = weights.tensors[prefix + name]?.shape, shape.count == 2 else {
                throw EmbeddingError(.badModel, "The model file \(weights.file.path) has no matrix \(prefix + name).")
            }
            return shape
        }
        let words = try shape("embeddings.word_embeddings.weight")
        let intermediate = try shape("encoder.layer.0.intermediate.dense.weight")
        var layers = 0
        while weights.tensors["\(prefix)encoder.layer.\(layers).output.dense.weight"] != nil { layers += 1 }
        // The number of heads leaves no trace in the shapes: 384 units mean the MiniLM family with heads of 32, the
        // others of BERT's family have heads of 64.
        let headSize = words[1] == 384 ? 32 : 64
        return try Self(
            hiddenSize: words[1], intermediateSize: intermediate[0], layers: layers, heads: words[1] / headSize,
            positions: shape("embeddings.position_embeddings.weight")[0],
            tokenTypes: shape("embeddings.token_type_embeddings.weight")[0], vocabularySize: words[0])
    }

    private init(
        hiddenSize: Int, intermediateSize: Int, layers: Int, heads: Int, positions: Int, tokenTypes: Int,
        vocabularySize: Int
    ) {
        self.hiddenSize = hiddenSize
        self.intermediateSize = intermediateSize
        self.layers = layers
        self.heads = heads
        self.positions = positions
        self.tokenTypes = tokenTypes
        self.vocabularySize = vocabularySize
    }

    private mutating func adopt(_ path: String) throws(EmbeddingError) {
        let values = try MappedFile(path: path).withBytes { bytes throws(EmbeddingError) in
            do {
                return try JSONParser.parse(bytes)
            } catch {
                throw EmbeddingError(.badModel, "The model file \(path) is not JSON (\(error)).", cause: error)
            }
        }
        for (key, expected) in [
            ("model_type", "bert"), ("hidden_act", "gelu"), ("position_embedding_type", "absolute"),
        ] {
            if let found = values[key]?.stringValue, found != expected {
                throw EmbeddingError(.badModel, "The model file \(path): \(key) is \(found), only \(expected) can run.")
            }
        }
        // Sizes that the tensors have too are compared by the shapes when the weights are loaded.
        hiddenSize = values["hidden_size"]?.integerValue ?? hiddenSize
        intermediateSize = values["intermediate_size"]?.integerValue ?? intermediateSize
        layers = values["num_hidden_layers"]?.integerValue ?? layers
        heads = values["num_attention_heads"]?.integerValue ?? heads
        positions = values["max_position_embeddings"]?.integerValue ?? positions
        tokenTypes = values["type_vocab_size"]?.integerValue ?? tokenTypes
        vocabularySize = values["vocab_size"]?.integerValue ?? vocabularySize
        layerNormEpsilon = values["layer_norm_eps"]?.numberValue.map(Float.init) ?? layerNormEpsilon
    }
}
