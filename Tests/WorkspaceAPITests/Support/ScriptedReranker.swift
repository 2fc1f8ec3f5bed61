import SentenceEmbedding
import Synchronization

/// A reranker that judges passages by a rule of the test, or fails.
final class ScriptedReranker: PassageReranker {
    typealias Rule = @Sendable (String) throws(EmbeddingError) -> Double

    private let rule: Rule
    private let recorded = Mutex<[[String]]>([])

    init(_ rule: @escaping Rule) { self.rule = rule }

    /// The passages of every call.
    var calls: [[String]] { recorded.withLock { $0 } }

    func relevance(of passages: [String], to query: String) async throws(EmbeddingError) -> [Double] {
        recorded.withLock { $0.append(passages) }
        var scores: [Double] = []
        for passage in passages { scores.append(try rule(passage)) }
        return scores
    }
}
