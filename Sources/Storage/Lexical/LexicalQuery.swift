/// What to look for in the words of passages, as ``Transaction/lexicalQuery(_:)`` makes it of a text.
public struct LexicalQuery: Sendable, Equatable {
    /// An FTS5 expression in which every word of the text is a quoted string.
    let expression: String
    /// What a passage of average length scores that has every word of the text once (BM25).
    let weight: Double
    /// Whether so many passages match that only some of them are ranked.
    var isBroad = false

    /// Scales BM25 to 0...1: the part of the query's words that a passage has, rare ones counting for more.
    func score(bm25: Double) -> Double { weight > 0 ? min(1, max(0, bm25 / weight)) : 0 }
}
