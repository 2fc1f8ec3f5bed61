import Glibc

/// The files of a sentence-embedding model in one folder: `model.safetensors`, `vocab.txt` and, when there is one,
/// `config.json`.
public struct EmbeddingModelFiles: Sendable {
    public let weights: String
    public let vocabulary: String
    /// Absent when the folder has no `config.json`; the sizes are then read from the shapes of the weights.
    public let configuration: String?

    /// - Throws: `missingModel` when the weights or the vocabulary are not there; the message says how to fetch them.
    public init(folder: String) throws(EmbeddingError) {
        weights = folder + "/model.safetensors"
        vocabulary = folder + "/vocab.txt"
        let sizes = folder + "/config.json"
        configuration = access(sizes, F_OK) == 0 ? sizes : nil
        for file in [weights, vocabulary] where access(file, F_OK) != 0 {
            throw EmbeddingError(
                .missingModel, "The embedding model is missing: no file \(file). Run `carrel model fetch` to get it.")
        }
    }
}
