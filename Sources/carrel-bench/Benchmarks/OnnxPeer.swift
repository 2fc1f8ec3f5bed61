import Foundation

/// `Peers/onnx_embedding.py` on given token ids: every way to use onnxruntime is tried once, and the best one and the
/// reference program's are measured again.
struct OnnxPeer {
    /// How the script embeds; its usage says what the parts mean.
    struct Way: Hashable {
        /// Texts of one call: one at a time, Carrel's own number, and the reference program's.
        static let batches = [1, 8, referenceBatch]
        static let referenceBatch = 25

        var precision: String
        var attention: String
        var batch: Int
        var isSorted: Bool

        var text: String { "\(precision)-\(attention)-\(batch)-\(isSorted ? "sorted" : "given")" }

        static func all(_ precision: String) -> [Way] {
            ["fused", "plain"].flatMap { attention in
                batches.map { Way(precision: precision, attention: attention, batch: $0, isSorted: true) } + [
                    Way(precision: precision, attention: attention, batch: referenceBatch, isSorted: false)
                ]
            }
        }
    }

    struct Measurement {
        var passagesPerSecond: Double
        /// Smallest cosine to Carrel's vectors of fp32.
        var cosine: Double
    }

    private let command: [String]
    private let folder: String
    private let vectorFile: String

    /// - Parameter ids: token ids of each passage; tokenising is not counted for the peer.
    init(python: String, _ bench: Workbench, _ ids: [[Int32]], threads: Int) throws {
        let idFile = bench.path("peer.ids")
        folder = try bench.freshFolder("peer")
        vectorFile = bench.path("peer.vectors")
        try ids.map { "[" + $0.map(String.init).joined(separator: ",") + "]\n" }.joined()
            .write(toFile: idFile, atomically: true, encoding: .utf8)
        command = [
            python, "Sources/carrel-bench/Peers/onnx_embedding.py", "\(bench.options.model)/model.safetensors", idFile,
            vectorFile, folder, String(threads),
        ]
    }

    /// - Parameter vectors: Carrel's of fp32, to be compared with the peer's.
    /// - Throws: ``BenchmarkFailure`` when the script fails, or its fp32 vectors are others.
    func measure(_ ways: [Way], equalTo vectors: [[Float]]) throws -> [Way: Measurement] {
        try PeerFile.write(Array(vectors.joined()), to: vectorFile)
        let numbers = try Tool(folder: folder).run(command + ways.map(\.text))
            .split { $0 == " " || $0 == "\n" }.compactMap { Double($0) }
        guard numbers.count == 2 * ways.count else { throw BenchmarkFailure("onnx_embedding.py printed \(numbers).") }
        var found: [Way: Measurement] = [:]
        for (number, way) in ways.enumerated() {
            let result = Measurement(passagesPerSecond: numbers[2 * number], cosine: numbers[2 * number + 1])
            guard way.precision != "fp32" || result.cosine > 0.9999 else {
                throw BenchmarkFailure("The smallest cosine to onnxruntime's vectors is \(result.cosine).")
            }
            found[way] = result
        }
        return found
    }
}
