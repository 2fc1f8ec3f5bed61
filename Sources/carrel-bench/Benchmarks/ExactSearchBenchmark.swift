import Dispatch
import VectorIndexing

/// Exact search over 100,000 vectors in one thread, beside FAISS IndexFlatIP in one thread.
struct ExactSearchBenchmark: Benchmark {
    private static let rows = 100_000
    private static let queries = 200
    private static let hits = 10
    /// Queries whose hits are compared with those of a plain scan.
    private static let checked = 50
    private static let rounds = 3

    func measure(_ bench: Workbench) async throws {
        bench.note("generating \(Self.rows) vectors")
        var source = ClusteredVectors(seed: 7)
        let (rows, queries) = (source.rows(Self.rows), source.rows(Self.queries))
        let asked = (0..<Self.queries).map {
            Array(queries[$0 * ClusteredVectors.dimensions..<($0 + 1) * ClusteredVectors.dimensions])
        }
        let index = try VectorIndexBuilder(rows: rows).build()
        let peer = try bench.options.peersPython.map {
            try FaissPeer(python: $0, bench, rows: rows, queries: queries, count: Self.hits)
        }
        let recall = try recall(index, rows, asked)
        if recall < 0.99 { bench.report.wrong("exact search: recall@\(Self.hits) is \(recall)") }

        var (own, other): ([(p50: Double, p99: Double)], [(p50: Double, p99: Double)]) = ([], [])
        for _ in 0..<Self.rounds {
            own.append(try time(index, asked))
            if let peer { other.append(try peer.milliseconds()) }
        }
        let title = "exact search, \(Self.rows) x \(ClusteredVectors.dimensions)"
        for (name, part) in [("p50", \(p50: Double, p99: Double).p50), ("p99", \.p99)] {
            bench.report.add(
                "\(title): \(name)", "ms", own.map { $0[keyPath: part] }.median,
                peer: peer == nil ? nil : other.map { $0[keyPath: part] }.median,
                named: peer == nil ? "" : "FAISS flat",
                budget: name == "p50" ? .ratioAtMost(0.5) : nil)
        }
        bench.report.add("\(title): recall@\(Self.hits)", "", recall, budget: .atLeast(0.99))
    }

    private func time(_ index: ExactVectorIndex, _ queries: [[Float]]) throws -> (p50: Double, p99: Double) {
        let times = try queries.map { query in
            let start = DispatchTime.now().uptimeNanoseconds
            _ = try index.search(query, count: Self.hits)
            return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6
        }
        return (times.median, times.quantile(0.99))
    }

    /// The part of the true nearest rows that the index finds.
    private func recall(_ index: ExactVectorIndex, _ rows: [Float], _ queries: [[Float]]) throws -> Double {
        var found = 0
        for query in queries.prefix(Self.checked) {
            let truth = PlainScan.nearest(query, in: rows, count: Self.hits)
            found += truth.intersection(try index.search(query, count: Self.hits).map(\.id)).count
        }
        return Double(found) / Double(Self.checked * Self.hits)
    }
}
