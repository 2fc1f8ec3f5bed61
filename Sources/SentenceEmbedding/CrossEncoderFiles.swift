import Glibc

/// The files of a cross-encoder in one folder, as published models have them: `config.json`, `model.safetensors`,
/// `vocab.txt` and, when there is one, `tokenizer_config.json`.
public struct CrossEncoderFiles: Sendable {
    public let folder: String
    public let weights: String
    public let vocabulary: String
    public let configuration: String
    public let tokenizerConfiguration: String?

    /// - Throws: `missingModel` naming the first file that is not there.
    public init(folder: String) throws(EmbeddingError) {
        self.folder = folder
        weights = folder + "/model.safetensors"
        vocabulary = folder + "/vocab.txt"
        configuration = folder + "/config.json"
        let tokenizer = folder + "/tokenizer_config.json"
        tokenizerConfiguration = access(tokenizer, F_OK) == 0 ? tokenizer : nil
        for file in [configuration, weights, vocabulary] where access(file, F_OK) != 0 {
            throw EmbeddingError(
                .missingModel,
                "The reranking model is missing: no file \(file). A folder with config.json, model.safetensors and "
                    + "vocab.txt of a BERT cross-encoder is needed.")
        }
    }
}
