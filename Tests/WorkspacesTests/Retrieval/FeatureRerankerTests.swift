import Testing

@testable import Workspaces

@Suite("The built-in reranker")
struct FeatureRerankerTests {
    @Test("relevance grows with each feature, stays within 0 to 1, and is never below the similarity")
    func relevance() {
        let steps = stride(from: 0.0, through: 1, by: 0.25)
        for similarity in steps {
            for lexical in steps {
                for closeness in steps {
                    let relevance = FeatureReranker.relevance(
                        similarity: similarity, lexicalScore: lexical, closeness: closeness)
                    #expect(relevance >= similarity && relevance <= 1)
                    let more = FeatureReranker.relevance(
                        similarity: similarity, lexicalScore: min(1, lexical + 0.25), closeness: closeness)
                    #expect(more >= relevance)
                }
            }
        }
        #expect(FeatureReranker.relevance(similarity: 0.4, lexicalScore: 0, closeness: 0) == 0.4)
    }

    /// A question, a passage, and the part of the question's neighbours that are neighbours in the passage.
    static let pairs: [(String, String, Double)] = [
        ("pressure relief valve", "The PRESSURE relief valve opens.", 1),
        ("pressure relief valve", "The valve gives relief from much pressure.", 0),
        ("pressure relief valve", "Relief of the valve.", 0.5), ("pressure", "pressure", 0), ("", "", 0),
        ("what is it", "what is it", 0), ("error 12 again", "error 12: again", 1),
        ("Größe prüfen", "Die Größe ist zu prüfen.", 1),
        ("relief valve", "relief one two three four five valve", 1),
        ("relief valve", "relief alpha beta gamma delta valve", 0),
    ]

    @Test("closeness is that of the words that say something, in their order", arguments: pairs)
    func closeness(query: String, passage: String, expected: Double) {
        #expect(FeatureReranker.closeness(of: query, in: passage) == expected)
    }

    @Test(
        "the number of candidates is that of the contract",
        arguments: [
            (0, 10), (1, 10), (100, 10), (101, 11), (250, 25), (500, 50), (501, 50), (1_000_000, 50),
        ])
    func candidates(vectors: Int, expected: Int) {
        #expect(Rerank.candidateCount(vectors: vectors) == expected)
    }
}
