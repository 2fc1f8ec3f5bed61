/// Judges how well passages answer a question: a model that reads question and passage together, here or behind a
/// provider.
public protocol PassageReranker: Sendable {
    /// - Parameter passages: at least one.
    /// - Returns: one relevance a passage, in order, 0...1; 0 also for passages that a provider left out.
    func relevance(of passages: [String], to query: String) async throws(EmbeddingError) -> [Double]
}

extension CrossEncoder: PassageReranker {
    /// The logistic function of ``score(query:passages:)``.
    public func relevance(of passages: [String], to query: String) async throws(EmbeddingError) -> [Double] {
        try await score(query: query, passages: passages).map { Logistic.value(Double($0)) }
    }
}
