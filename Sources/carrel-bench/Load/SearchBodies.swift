import Foundation

/// Queries for `vector-search`, and the check that they find something.
enum SearchBodies {
    /// More different queries than any embedder keeps vectors for.
    private static let count = 20_000

    static func make(topN: Int) -> [String] {
        var prose = Prose(seed: 4)
        return (0..<count).map { #"{"query":"\#(prose.query()) \#($0)","topN":\#(topN),"scoreThreshold":0}"# }
    }

    /// - Throws: ``BenchmarkFailure`` when the answer does not have `topN` different hits, the best first.
    static func check(_ path: String, _ body: String, topN: Int, _ carrel: Site) throws {
        let answer = try carrel.api.send("POST", path, body: Data(body.utf8))
        let hits = try JSONDecoder().decode(Replies.Search.self, from: answer.body).results
        let scores = hits.map(\.score)
        guard hits.count == topN, Set(hits.map(\.id)).count == hits.count, scores == scores.sorted(by: >),
            hits.allSatisfy({ !$0.text.isEmpty })
        else { throw BenchmarkFailure("POST \(path) finds \(hits).") }
    }
}
