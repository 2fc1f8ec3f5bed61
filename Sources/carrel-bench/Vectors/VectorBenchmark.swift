import Dispatch
import VectorIndexing

/// Builds an index of the base vectors and asks it the queries.
struct VectorBenchmark {
    let base: VectorFile<Float>
    let queries: VectorFile<Float>
    let truth: VectorFile<Int32>
    let count: Int
    let threads: Int

    /// - Parameter isGraph: whether the index is a graph at any size; else it scans at any size.
    /// - Throws: ``VectorIndexError``.
    func measure(isGraph: Bool) throws -> VectorMeasurement {
        let start = DispatchTime.now().uptimeNanoseconds
        let options = AdaptiveIndexOptions(graphFrom: isGraph ? 1 : .max, threads: threads)
        let builder = VectorIndexBuilder(expectedCount: base.count)
        for row in 0..<base.count {
            try base.withBytes(row) { try builder.append(id: Int64(row), document: Int64(row), bytes: $0) }
        }
        let index = builder.build(options: options)
        index.settle()
        let building = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        let asked = (0..<queries.count).map(queries.row)
        let (times, recall) = try oneByOne(index, asked)
        return VectorMeasurement(
            index: isGraph ? "graph" : "exact", vectors: base.count, dimensions: base.dimensions, threads: threads,
            buildRate: Double(base.count) / building, p50: times.median, p99: times.quantile(0.99),
            queriesPerSecond: together(index, asked), recall: recall,
            bytesPerVector: Double(index.residentBytes) / Double(base.count))
    }

    private func oneByOne(_ index: AdaptiveVectorIndex, _ asked: [[Float]]) throws -> ([Double], recall: Double) {
        var times: [Double] = []
        var (found, wanted) = (0, 0)
        for (number, query) in asked.enumerated() {
            let start = DispatchTime.now().uptimeNanoseconds
            let hits = try index.search(query, count: count)
            times.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6)
            let nearest = Set(truth.row(number).prefix(count).map(Int64.init))
            found += hits.count { nearest.contains($0.id) }
            wanted += nearest.count
        }
        return (times, Double(found) / Double(max(1, wanted)))
    }

    /// Every thread asks all queries.
    private func together(_ index: AdaptiveVectorIndex, _ asked: [[Float]]) -> Double {
        let start = DispatchTime.now().uptimeNanoseconds
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            // The same queries were answered one by one just before, so none of them fails.
            for query in asked { _ = try? index.search(query, count: count) }
        }
        return Double(threads * asked.count) / (Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
    }
}
