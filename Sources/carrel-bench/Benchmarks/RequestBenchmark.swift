/// Requests per second and latency through nginx with its key check, beside a C program that does nothing but answer.
struct RequestBenchmark: Benchmark {
    private static let topN = 4

    func measure(_ bench: Workbench) async throws {
        let library = try Library(bench, name: "library")
        let carrel = try Site.carrel(bench, name: "carrel", storage: library.storage)
        try library.fill(carrel.api, note: bench.note)

        let reading = Load(path: "/api/v1/workspace/\(Library.emptyWorkspace)")
        let found = try carrel.api.call("GET", reading.path, as: Replies.Workspaces.self)
        guard found.workspace.map(\.slug) == [Library.emptyWorkspace] else {
            throw BenchmarkFailure("GET \(reading.path) finds \(found).")
        }
        try Duel(name: "GET workspace", load: reading, budget: .ratioAtLeast(0.7)).run(carrel, bench)

        let search = "/api/v1/workspace/\(Library.workspace)/vector-search"
        let bodies = SearchBodies.make(topN: Self.topN)
        try SearchBodies.check(search, bodies[0], topN: Self.topN, carrel)
        let title = "vector-search, \(Library.chunks) chunks"
        try Duel(
            name: "\(title), one query", load: Load(path: search, bodies: [bodies[0]], hits: Self.topN)
        ).run(carrel, bench)
        try Duel(
            name: "\(title), new queries", load: Load(path: search, bodies: bodies, hits: Self.topN)
        ).run(carrel, bench)
    }
}
