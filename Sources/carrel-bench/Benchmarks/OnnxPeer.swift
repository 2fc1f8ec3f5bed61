import Foundation

/// `Peers/onnx_embedding.py` on given token ids.
struct OnnxPeer {
    private let command: [String]
    private let folder: String
    private let vectorFile: String

    /// - Parameter ids: token ids of each passage; tokenising is not counted for the peer.
    init(python: String, _ bench: Workbench, _ ids: [[Int32]], threads: Int) throws {
        let idFile = bench.path("peer.ids")
        folder = bench.state.path
        vectorFile = bench.path("peer.vectors")
        try ids.map { "[" + $0.map(String.init).joined(separator: ",") + "]\n" }.joined()
            .write(toFile: idFile, atomically: true, encoding: .utf8)
        command = [
            python, "Sources/carrel-bench/Peers/onnx_embedding.py", "\(bench.options.model)/model.safetensors", idFile,
            vectorFile, String(threads),
        ]
    }

    /// - Parameter vectors: Carrel's, to be compared with the peer's.
    /// - Throws: ``BenchmarkFailure`` when they differ, or the script fails.
    func passagesPerSecond(equalTo vectors: [[Float]]) throws -> Double {
        try vectors.joined().withContiguousBytes { try $0.write(to: URL(filePath: vectorFile)) }
        let numbers = try Tool(folder: folder).run(command).split { $0 == " " || $0 == "\n" }.compactMap { Double($0) }
        guard numbers.count == 2 else { throw BenchmarkFailure("onnx_embedding.py printed \(numbers).") }
        guard numbers[1] > 0.9999 else {
            throw BenchmarkFailure("The smallest cosine to onnxruntime's vectors is \(numbers[1]).")
        }
        return numbers[0]
    }
}

extension Sequence<Float> {
    /// Calls `body` with the numbers as little-endian f32, the only order that this program runs on.
    func withContiguousBytes<Result>(_ body: (Data) throws -> Result) rethrows -> Result {
        try Array(self).withUnsafeBytes { try body(Data($0)) }
    }
}
