import Synchronization

/// An embedder that remembers the vectors of the queries it was asked last, so that a repeated question costs no second
/// call of the provider.
public final class CachingEmbedder: SentenceEmbedder {
    private let base: any SentenceEmbedder
    private let cache: Mutex<QueryCache>

    /// - Parameters:
    ///   - base: called for every passage, and for queries whose vector is not known.
    ///   - capacity: queries kept; the least recently used leave first.
    public init(_ base: any SentenceEmbedder, capacity: Int = 512) {
        self.base = base
        cache = Mutex(QueryCache(capacity: capacity))
    }

    public var identifier: String { base.identifier }
    public var maximumChunkLength: Int { base.maximumChunkLength }
    public var passagePrefix: String { base.passagePrefix }
    public var queryPrefix: String { base.queryPrefix }

    public func embed(query: String) async throws(EmbeddingError) -> [Float] {
        // With everything that may change while the server runs and would give another vector.
        let key = "\(identifier)\n\(queryPrefix)\n\(query)"
        if let vector = cache.withLock({ $0.vector(for: key) }) { return vector }
        let vector = try await base.embed(query: query)
        cache.withLock { $0.store(vector, for: key) }
        return vector
    }

    public func embed(passages: [String]) async throws(EmbeddingError) -> [[Float]] {
        try await base.embed(passages: passages)
    }
}
