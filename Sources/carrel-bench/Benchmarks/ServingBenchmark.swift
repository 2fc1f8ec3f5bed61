/// What Carrel itself adds to models that answer at once: lists, searches and chats, and the memory that it takes.
///
/// The figures of AnythingLLM 1.16.0 are those measured on a 2-core machine with a cheaper database layer than its own;
/// budgets are multiples of them.
struct ServingBenchmark: Benchmark {
    private static let workspaces = 50
    private static let topN = 4
    /// Requests per second of the reference: `GET /v1/workspaces` with 50, and `vector-search` over 5,000 chunks.
    private static let reference = (list: 1750.0, search: 202.0)
    /// MB: each vector is kept as f32 and as 8-bit integers.
    private static let vectors = Double(Library.chunks * InstantAnswer.dimensions * 5) / 1_048_576

    func measure(_ bench: Workbench) async throws {
        let provider = try InstantProvider()
        bench.cleanup.add { provider.stop() }
        let base = "http://127.0.0.1:\(provider.port)/v1"
        let library = try Library(bench, name: "serving")
        let carrel = try Site.carrel(
            bench, name: "serving", storage: library.storage,
            settings: [
                "LLM_PROVIDER": "generic-openai", "GENERIC_OPEN_AI_BASE_PATH": base,
                "GENERIC_OPEN_AI_MODEL_PREF": "instant", "EMBEDDING_ENGINE": "generic-openai",
                "EMBEDDING_BASE_PATH": base, "EMBEDDING_MODEL_PREF": "instant",
            ])
        try library.fill(carrel.api, note: bench.note)
        try lists(carrel, bench)
        try searches(carrel, bench)
        let floor = try ChatFloor(bench, provider: provider)
        let chats = ChatLatency(provider: provider, carrel: carrel, floor: floor, report: bench.report)
        try chats.measure("chat, no documents", in: Library.emptyWorkspace, budget: 1)
        try chats.measure("chat, \(Library.chunks) chunks", in: Library.workspace, budget: 2)
        try chats.measureFirstToken("stream, no documents: first token", in: Library.emptyWorkspace, budget: 0.5)
        let memory = try ResidentMemory(of: carrel.backend)
        bench.report.add(
            "after the load: resident beside the vectors", "MB", memory.total / 1024 - Self.vectors,
            budget: .atMost(100))
    }

    private func lists(_ carrel: Site, _ bench: Workbench) throws {
        let path = "/api/v1/workspaces"
        for number in try count(carrel)..<Self.workspaces {
            _ = try carrel.api.call(
                "POST", "/api/v1/workspace/new", ["name": "Desk \(number)"], as: Replies.NewWorkspace.self)
        }
        guard try count(carrel) == Self.workspaces else {
            throw BenchmarkFailure("GET \(path) does not list \(Self.workspaces) workspaces.")
        }
        try Duel(
            name: "GET workspaces, \(Self.workspaces)", load: Load(path: path), budget: .ratioAtLeast(0.5),
            least: 3 * Self.reference.list
        ).run(carrel, bench)
    }

    private func count(_ carrel: Site) throws -> Int {
        try carrel.api.call("GET", "/api/v1/workspaces", as: Replies.WorkspaceList.self).workspaces.count
    }

    private func searches(_ carrel: Site, _ bench: Workbench) throws {
        let path = "/api/v1/workspace/\(Library.workspace)/vector-search"
        let bodies = SearchBodies.make(topN: Self.topN)
        try SearchBodies.check(path, bodies[0], topN: Self.topN, carrel)
        let title = "vector-search, \(Library.chunks) chunks, remote embedder"
        try Duel(
            name: "\(title), one query", load: Load(path: path, bodies: [bodies[0]], hits: Self.topN),
            least: 20 * Self.reference.search
        ).run(carrel, bench)
        try Duel(
            name: "\(title), new queries", load: Load(path: path, bodies: bodies, hits: Self.topN),
            least: 3 * Self.reference.search
        ).run(carrel, bench)
    }
}
