import Foundation

/// `Peers/faiss_search.py` on given vectors.
struct FaissPeer {
    private let command: [String]
    private let folder: String

    /// - Parameters:
    ///   - rows, queries: shape (count, dimensions), row-major.
    ///   - count: hits wanted.
    init(python: String, _ bench: Workbench, rows: [Float], queries: [Float], count: Int) throws {
        let (base, asked) = (bench.path("peer.base"), bench.path("peer.queries"))
        folder = bench.state.path
        try PeerFile.write(rows, to: base)
        try PeerFile.write(queries, to: asked)
        command = [
            python, "Sources/carrel-bench/Peers/faiss_search.py", base, asked, String(ClusteredVectors.dimensions),
            String(count),
        ]
    }

    /// - Returns: p50 and p99 of a search in milliseconds.
    /// - Throws: ``BenchmarkFailure`` when the script fails.
    func milliseconds() throws -> (p50: Double, p99: Double) {
        let first = try Tool(folder: folder).run(command).split(separator: "\n").first ?? ""
        let numbers = first.split(separator: " ").compactMap { Double($0) }
        guard numbers.count == 2 else { throw BenchmarkFailure("faiss_search.py printed \(first).") }
        return (numbers[0], numbers[1])
    }
}
