/// Turns text into vectors whose cosine measures how close two meanings are: the native engine of this module or a
/// provider reached over the network.
///
/// Remote embedders return vectors as the provider gave them; consumers normalise.
public protocol SentenceEmbedder: Sendable {
    /// Stable name of engine and model, part of the embedding cache's key, e.g. "native/all-MiniLM-L6-v2".
    var identifier: String { get }

    /// Largest chunk in UTF-16 code units that the splitter may make (contract/vectors.md 5.1).
    var maximumChunkLength: Int { get }

    /// Text put before every passage (contract/vectors.md 5.5); the caller applies it, because it is stored with the
    /// chunk.
    var passagePrefix: String { get }

    /// Embeds one query; the text that belongs before every query (contract/vectors.md 5.5) is put there by this call.
    func embed(query: String) async throws(EmbeddingError) -> [Float]

    /// Embeds passages as given (their prefix is part of the text already); one unit-length vector each, in order.
    func embed(passages: [String]) async throws(EmbeddingError) -> [[Float]]

    /// The same, telling after each part of the work how many passages are done.
    func embed(
        passages: [String], progress: @Sendable (Int) -> Void
    ) async throws(EmbeddingError) -> [[Float]]
}

extension SentenceEmbedder {
    /// In one part.
    public func embed(
        passages: [String], progress: @Sendable (Int) -> Void
    ) async throws(EmbeddingError) -> [[Float]] {
        let vectors = try await embed(passages: passages)
        progress(passages.count)
        return vectors
    }
}
