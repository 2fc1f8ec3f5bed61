/// A reranker that gives up when its time is over: an answer in plain order is worth more than a better one too late.
public struct TimeLimitedReranker: PassageReranker {
    private let reranker: any PassageReranker
    private let limit: Duration

    public init(_ reranker: any PassageReranker, limit: Duration) {
        self.reranker = reranker
        self.limit = limit
    }

    /// - Throws: `timedOut`, or what the reranker throws.
    public func relevance(of passages: [String], to query: String) async throws(EmbeddingError) -> [Double] {
        let result = await withTaskGroup(of: Result<[Double], EmbeddingError>?.self) { [reranker, limit] group in
            group.addTask {
                do throws(EmbeddingError) {
                    return .success(try await reranker.relevance(of: passages, to: query))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                // Cancelled when the scores come first.
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        guard let result else {
            throw EmbeddingError(.timedOut, "Reranking took longer than \(limit).")
        }
        return try result.get()
    }
}
