import CKernels
import Glibc
import OrderedJSON

/// Tokenizer, encoder and head of a `BertForSequenceClassification` with one output.
final class CrossEncoderModel: BatchModel {
    let tokenizer: WordPieceTokenizer
    let encoder: BertEncoder
    let maximumTokens: Int
    /// (hidden, hidden); small, so always of floats.
    private let pooler: Linear
    /// (hidden).
    private let classifier: FloatBuffer
    private let classifierBias: Float

    /// - Throws: `missingModel` or `badModel`.
    init(
        _ files: CrossEncoderFiles, precision: EmbeddingPrecision = .fp32, kernels: Kernels = .best
    ) throws(EmbeddingError) {
        let settings = try TokenizerSettings(files)
        tokenizer = try WordPieceTokenizer(path: files.vocabulary)
        let weights = try SafetensorsFile(path: files.weights)
        try Self.checkOutputs(weights)
        encoder = try BertEncoder(weights, configuration: files.configuration, precision: precision, kernels: kernels)
        try encoder.checkVocabulary(tokenizer, path: files.vocabulary)
        let sizes = encoder.sizes
        maximumTokens = min(settings.maximumLength ?? .max, sizes.positions)
        guard sizes.tokenTypes >= 2, maximumTokens >= 4 else {
            throw EmbeddingError(
                .badModel,
                "The model \(files.folder) cannot read pairs: it has \(sizes.tokenTypes) token types, and "
                    + "\(maximumTokens) tokens are allowed.")
        }
        let hidden = sizes.hiddenSize
        pooler = Linear(
            weights: [try weights.floats("bert.pooler.dense.weight", shape: [hidden, hidden])],
            biases: [try weights.floats("bert.pooler.dense.bias", shape: [hidden])], inputs: hidden, precision: .fp32,
            kernels: kernels)
        classifier = try weights.floats("classifier.weight", shape: [1, hidden]).copy()
        classifierBias = try weights.floats("classifier.bias", shape: [1]).copy().first
        weights.file.releasePages()
    }

    private static func checkOutputs(_ weights: SafetensorsFile) throws(EmbeddingError) {
        guard let shape = weights.tensors["classifier.weight"]?.shape,
            weights.tensors["bert.pooler.dense.weight"] != nil
        else {
            throw EmbeddingError(
                .badModel,
                "The model file \(weights.file.path) has no pooler and classifier: it is not a "
                    + "BertForSequenceClassification.")
        }
        guard shape.first == 1 else {
            throw EmbeddingError(
                .badModel,
                "The model file \(weights.file.path) classifies into \(shape.first ?? 0) labels; a reranker has one "
                    + "output.")
        }
    }

    func rest() { encoder.releaseTables() }

    func rows(for inputs: [EncoderInput], scratch: inout BertScratch) -> [[Float]] {
        let sequences = inputs.map { tokenizer.pair($0.question, $0.text, limit: maximumTokens) }
        let rows = encoder.encode(sequences, scratch: &scratch)
        let width = encoder.sizes.hiddenSize
        var first = rows
        return sequences.map { sequence in
            defer { first += sequence.ids.count * width }
            return [logit(first)]
        }
    }

    /// w · tanh(W_p x + b_p) + b, x being the row of [CLS].
    private func logit(_ row: UnsafePointer<Float>) -> Float {
        let width = encoder.sizes.hiddenSize
        let pooled = [Float](unsafeUninitializedCapacity: width) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            pooler.apply(row, rows: 1, result: start, rounded: RoundedRows(), kernels: encoder.kernels)
            count = width
        }
        var sum = Double(classifierBias)
        for (index, value) in pooled.enumerated() { sum += tanh(Double(value)) * Double(classifier.start[index]) }
        return Float(sum)
    }
}

/// What the configuration files say about the texts.
private struct TokenizerSettings {
    /// Absent when the file does not say, or says a number that stands for "no limit".
    var maximumLength: Int?

    init(_ files: CrossEncoderFiles) throws(EmbeddingError) {
        let model = try Self.read(files.configuration)
        if let kinds = model["architectures"]?.arrayValue?.compactMap(\.stringValue), !kinds.isEmpty,
            !kinds.contains("BertForSequenceClassification")
        {
            throw EmbeddingError(
                .badModel,
                "The model file \(files.configuration) is of a \(kinds.joined(separator: ", ")); only a "
                    + "BertForSequenceClassification can rerank.")
        }
        guard let path = files.tokenizerConfiguration else { return }
        let tokenizer = try Self.read(path)
        if tokenizer["do_lower_case"]?.boolValue == false {
            throw EmbeddingError(
                .badModel, "The model file \(path): the model tells upper from lower case; only uncased ones can run.")
        }
        maximumLength = tokenizer["model_max_length"]?.integerValue
    }

    private static func read(_ path: String) throws(EmbeddingError) -> JSONValue {
        try MappedFile(path: path).withBytes { bytes throws(EmbeddingError) in
            do {
                return try JSONParser.parse(bytes)
            } catch {
                throw EmbeddingError(.badModel, "The model file \(path) is not JSON (\(error)).", cause: error)
            }
        }
    }
}
