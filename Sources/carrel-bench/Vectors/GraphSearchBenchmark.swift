import Foundation
import VectorIndexing

/// The graph index in one thread, beside hnswlib at the breadth that reaches the same recall; both build on all cores, one
/// after the other, so that neither takes memory from the other.
struct GraphSearchBenchmark: Benchmark {
    private static let queries = 500
    private static let hits = 10
    private static let rounds = 3

    let rows: Int

    func measure(_ bench: Workbench) async throws {
        bench.note("generating \(rows) vectors")
        var source = ClusteredVectors(seed: 7)
        var (base, queries) = (source.rows(rows), source.rows(Self.queries))
        let asked = (0..<Self.queries).map {
            Array(queries[$0 * ClusteredVectors.dimensions..<($0 + 1) * ClusteredVectors.dimensions])
        }
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let truth = try truth(base, asked)
        let peer = try bench.options.peersPython.map {
            try HnswlibPeer(python: $0, bench, rows: base, queries: queries, truth: truth, threads: threads)
        }
        bench.note("building the graph")
        let start = DispatchTime.now().uptimeNanoseconds
        let builder = try VectorIndexBuilder(rows: base)
        (base, queries) = ([], [])
        let own = try measure(
            builder.build(options: AdaptiveIndexOptions(graphFrom: 1, threads: threads)), start, asked, truth)
        bench.note("measuring hnswlib")
        report(bench, own, peer: try peer?.run())
    }

    private struct Result {
        var seconds: Double
        var times: [Double]
        var recall: Double
        var bytesPerVector: Double
    }

    /// - Parameter start: when the building began, of which the index does the rest.
    private func measure(
        _ index: AdaptiveVectorIndex, _ start: UInt64, _ asked: [[Float]], _ truth: [[Int32]]
    ) throws -> Result {
        index.settle()
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        let (times, recall) = try ask(index, asked, truth)
        return Result(
            seconds: seconds, times: times, recall: recall,
            bytesPerVector: Double(index.residentBytes) / Double(rows))
    }

    private func report(_ bench: Workbench, _ own: Result, peer: HnswlibPeer.Result?) {
        let title = "graph search, \(rows) x \(ClusteredVectors.dimensions)"
        let name = peer == nil ? "" : "hnswlib"
        if own.recall < 0.99 { bench.report.wrong("\(title): recall@\(Self.hits) is \(own.recall)") }
        bench.report.add(
            "\(title): build", "s", own.seconds, peer: peer?.buildSeconds, named: name, budget: .ratioAtMost(1))
        bench.report.add(
            "\(title): p50", "ms", own.times.median, peer: peer?.p50, named: name, budget: .ratioAtMost(1))
        bench.report.add("\(title): p99", "ms", own.times.quantile(0.99), peer: peer?.p99, named: name)
        bench.report.add(
            "\(title): recall@\(Self.hits)", "", own.recall, peer: peer?.recall, named: name, budget: .atLeast(0.99))
        bench.report.add("\(title): memory", "B/vector", own.bytesPerVector)
    }

    /// The nearest rows by the exact index, whose answers the benchmark of exact search compares with a plain scan.
    private func truth(_ rows: [Float], _ queries: [[Float]]) throws -> [[Int32]] {
        let exact = try VectorIndexBuilder(rows: rows).build()
        return try queries.map { try exact.search($0, count: Self.hits).map { Int32($0.id) } }
    }

    private func ask(
        _ index: AdaptiveVectorIndex, _ queries: [[Float]], _ truth: [[Int32]]
    ) throws -> (times: [Double], recall: Double) {
        var times: [Double] = []
        var found = 0
        for _ in 0..<Self.rounds {
            for (query, nearest) in zip(queries, truth) {
                let start = DispatchTime.now().uptimeNanoseconds
                let hits = try index.search(query, count: Self.hits)
                times.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6)
                found += Set(nearest).intersection(hits.map { Int32($0.id) }).count
            }
        }
        return (times, Double(found) / Double(Self.rounds * queries.count * Self.hits))
    }
}
