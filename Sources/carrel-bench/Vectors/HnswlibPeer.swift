import Foundation

/// `Peers/hnswlib_search.py` on given vectors.
struct HnswlibPeer {
    struct Result {
        var buildSeconds: Double
        /// Milliseconds of a search at the breadth that reaches the recall.
        var p50: Double
        var p99: Double
        var recall: Double
    }

    private let command: [String]
    private let folder: String

    /// - Parameters:
    ///   - rows, queries: shape (count, dimensions), row-major.
    ///   - truth: for each query the numbers of the nearest `count` rows.
    init(
        python: String, _ bench: Workbench, rows: [Float], queries: [Float], truth: [[Int32]], threads: Int
    ) throws {
        let files = ["hnswlib.base", "hnswlib.queries", "hnswlib.truth"].map(bench.path)
        folder = bench.state.path
        try PeerFile.write(rows, to: files[0])
        try PeerFile.write(queries, to: files[1])
        try PeerFile.write(Array(truth.joined()), to: files[2])
        command =
            [python, "Sources/carrel-bench/Peers/hnswlib_search.py"] + files
            + [ClusteredVectors.dimensions, truth.first?.count ?? 0, threads].map(String.init)
    }

    /// - Throws: ``BenchmarkFailure`` when the script fails.
    func run() throws -> Result {
        let text = try Tool(folder: folder).run(command)
        let numbers = text.split { $0 == " " || $0 == "\n" }.compactMap { Double($0) }
        guard numbers.count == 5 else { throw BenchmarkFailure("hnswlib_search.py printed \(text).") }
        return Result(buildSeconds: numbers[0], p50: numbers[1], p99: numbers[2], recall: numbers[3])
    }
}
