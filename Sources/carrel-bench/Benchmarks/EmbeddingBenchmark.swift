import Foundation
import SentenceEmbedding

/// Passages of 1,000 characters through the native encoder, beside onnxruntime with the same weights.
struct EmbeddingBenchmark: Benchmark {
    private static let passages = 64

    func measure(_ bench: Workbench) async throws {
        var prose = Prose(seed: 1000)
        let texts = (0..<Self.passages).map { _ in String(prose.paragraph(atLeast: 1000).prefix(1000)) }
        let files = try EmbeddingModelFiles(folder: bench.options.model)
        for threads in [1, 2] {
            bench.note("embedding with \(threads) threads")
            let embedder = try NativeEmbedder(files: files, threads: threads)
            defer { embedder.shutDown() }
            let peer = try bench.options.peersPython.map {
                try OnnxPeer(python: $0, bench, texts.map(embedder.tokenIDs), threads: threads)
            }
            _ = try await embedder.embed(passages: Array(texts.prefix(8)))
            var (rates, peerRates): ([Double], [Double]) = ([], [])
            var vectors: [[Float]] = []
            for _ in 0..<3 {
                let start = DispatchTime.now().uptimeNanoseconds
                vectors = try await embedder.embed(passages: texts)
                rates.append(Double(texts.count) / (Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9))
                if let rate = try peer?.passagesPerSecond(equalTo: vectors) { peerRates.append(rate) }
            }
            try await check(vectors, of: texts, embedder)
            bench.report.add(
                "embedding 1,000 characters, \(threads) thread\(threads == 1 ? "" : "s")", "1/s", rates.median,
                peer: peer == nil ? nil : peerRates.median, named: "onnxruntime", budget: .ratioAtLeast(1.5))
        }
    }

    /// Vectors of unit length, different for different texts, and the same whether a text comes alone or among others.
    private func check(_ vectors: [[Float]], of texts: [String], _ embedder: NativeEmbedder) async throws {
        guard vectors.count == texts.count, Set(vectors).count == Set(texts).count else {
            throw BenchmarkFailure("\(Set(texts).count) texts gave \(Set(vectors).count) vectors.")
        }
        for vector in vectors where abs(Self.product(vector, vector) - 1) > 1e-4 {
            throw BenchmarkFailure("The length of a vector is not 1.")
        }
        for index in stride(from: 0, to: texts.count, by: texts.count / 4) {
            let alone = try await embedder.embed(passages: [texts[index]])
            guard let alone = alone.first, Self.product(alone, vectors[index]) > 0.99999 else {
                throw BenchmarkFailure("Passage \(index) has another vector when it comes alone.")
            }
        }
    }

    private static func product(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}
