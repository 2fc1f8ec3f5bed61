import Foundation

/// Requests per second and latency through nginx with its key check, beside a C program that does nothing but answer.
struct RequestBenchmark: Benchmark {
    /// More different queries than the embedder keeps vectors for.
    private static let distinctQueries = 20_000
    private static let topN = 4

    func measure(_ bench: Workbench) async throws {
        let library = try Library(bench)
        let carrel = try Site.carrel(bench, name: "carrel", storage: library.storage)
        try library.fill(carrel.api, note: bench.note)

        let reading = Load(path: "/api/v1/workspace/\(Library.emptyWorkspace)")
        let found = try carrel.api.call("GET", reading.path, as: Replies.Workspaces.self)
        guard found.workspace.map(\.slug) == [Library.emptyWorkspace] else {
            throw BenchmarkFailure("GET \(reading.path) finds \(found).")
        }
        try Duel(name: "GET workspace", load: reading, budget: .ratioAtLeast(0.7)).run(carrel, bench)

        var prose = Prose(seed: 4)
        let search = "/api/v1/workspace/\(Library.workspace)/vector-search"
        let bodies = (0..<Self.distinctQueries).map { number in
            #"{"query":"\#(prose.query()) \#(number)","topN":\#(Self.topN),"scoreThreshold":0}"#
        }
        try checkHits(search, body: bodies[0], carrel)
        let title = "vector-search, \(Library.chunks) chunks"
        try Duel(
            name: "\(title), one query", load: Load(path: search, bodies: [bodies[0]], hits: Self.topN)
        ).run(carrel, bench)
        try Duel(
            name: "\(title), new queries", load: Load(path: search, bodies: bodies, hits: Self.topN)
        ).run(carrel, bench)
    }

    private func checkHits(_ path: String, body: String, _ carrel: Site) throws {
        let answer = try carrel.api.send("POST", path, body: Data(body.utf8))
        let hits = try JSONDecoder().decode(Replies.Search.self, from: answer.body).results
        let scores = hits.map(\.score)
        guard hits.count == Self.topN, Set(hits.map(\.id)).count == hits.count, scores == scores.sorted(by: >),
            hits.allSatisfy({ !$0.text.isEmpty })
        else { throw BenchmarkFailure("POST \(path) finds \(hits).") }
    }
}
