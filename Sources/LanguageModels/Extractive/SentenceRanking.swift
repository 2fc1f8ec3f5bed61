import Glibc

/// Scores sentences by the words that they share with a question; rare words count more.
///
/// A sentence's score is the sum, over the topics of the question, of the inverse document frequency of each topic
/// that it contains, with a share of it for a word of the same root, divided by a factor that grows slowly with the
/// sentence's length. Deterministic.
/// Source: inverse document frequency and length normalisation of BM25 (Robertson and Zaragoza, "The Probabilistic
/// Relevance Framework", 2009), with each term counted once, because sentences are short.
struct SentenceRanking {
    /// What a word of the same root is worth beside the word itself.
    private static let rootShare = 0.5
    /// How much a sentence's length counts, 0...1.
    private static let lengthWeight = 0.3

    /// One score per sentence; 0 means that it shares nothing with the question.
    static func scores(question: String, sentences: [String]) -> [Double] {
        let topics = SearchTerms.topics(question)
        let contents = sentences.map(Content.init)
        guard !topics.isEmpty, !contents.isEmpty else { return sentences.map { _ in 0 } }
        let weights = topics.map { Weight(topic: $0, contents: contents) }
        let meanLength = max(1, Double(contents.reduce(0) { $0 + $1.length }) / Double(contents.count))
        return contents.map { content in
            let sum = weights.reduce(0) { $0 + $1.value(in: content) }
            return sum / (1 - lengthWeight + lengthWeight * Double(content.length) / meanLength)
        }
    }

    private struct Content {
        let terms: Set<String>
        let roots: Set<String>
        let length: Int

        init(_ sentence: String) {
            let all = SearchTerms.terms(sentence)
            terms = Set(all)
            roots = Set(all.compactMap(SearchTerms.root))
            length = all.count
        }
    }

    private struct Weight {
        let topic: String
        let root: String?
        let exact: Double
        let related: Double

        init(topic: String, contents: [Content]) {
            self.topic = topic
            let root = SearchTerms.root(topic)
            self.root = root
            exact = Self.rarity(contents.count { $0.terms.contains(topic) }, of: contents.count)
            related =
                root.map { root in
                    rootShare * Self.rarity(contents.count { $0.roots.contains(root) }, of: contents.count)
                } ?? 0
        }

        func value(in content: Content) -> Double {
            if content.terms.contains(topic) { return exact }
            if let root, content.roots.contains(root) { return related }
            return 0
        }

        private static func rarity(_ holders: Int, of total: Int) -> Double {
            log(1 + (Double(total - holders) + 0.5) / (Double(holders) + 0.5))
        }
    }
}
