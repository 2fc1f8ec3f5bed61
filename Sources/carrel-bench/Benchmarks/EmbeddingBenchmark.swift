import Foundation
import SentenceEmbedding

/// Passages of 1,000 characters through the native encoder in both precisions, beside onnxruntime with the same weights:
/// as fast as it can be made, and as the reference program calls it.
struct EmbeddingBenchmark: Benchmark {
    private static let passages = 64
    private static let rounds = 3

    func measure(_ bench: Workbench) async throws {
        var prose = Prose(seed: 1000)
        let texts = (0..<Self.passages).map { _ in String(prose.paragraph(atLeast: 1000).prefix(1000)) }
        for threads in [1, 2] {
            bench.note("embedding with \(threads) threads")
            try await measure(bench, texts, threads: threads)
        }
    }

    private func measure(_ bench: Workbench, _ texts: [String], threads: Int) async throws {
        let files = try EmbeddingModelFiles(folder: bench.options.model)
        let embedders = try EmbeddingPrecision.allCases.map {
            try NativeEmbedder(files: files, threads: threads, precision: $0)
        }
        defer { for embedder in embedders { embedder.shutDown() } }
        var peer = try bench.options.peersPython.flatMap { python in
            try embedders.first.map { try OnnxContest(python: python, bench, texts.map($0.tokenIDs), threads: threads) }
        }
        var rates: [EmbeddingPrecision: [Double]] = [:]
        var vectors: [EmbeddingPrecision: [[Float]]] = [:]
        for embedder in embedders { _ = try await embedder.embed(passages: Array(texts.prefix(8))) }
        for _ in 0..<Self.rounds {
            for embedder in embedders {
                let start = DispatchTime.now().uptimeNanoseconds
                vectors[embedder.precision] = try await embedder.embed(passages: texts)
                let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
                rates[embedder.precision, default: []].append(Double(texts.count) / seconds)
            }
            try peer?.compete(vectors[.fp32] ?? [])
        }
        for embedder in embedders { try await check(vectors[embedder.precision] ?? [], of: texts, embedder) }
        let cosine = zip(vectors[.fp32] ?? [], vectors[.int8] ?? []).map { Double(Self.product($0, $1)) }.min() ?? 0
        report(bench, rates.mapValues(\.median), cosine, peer, threads: threads)
    }

    private func report(
        _ bench: Workbench, _ rates: [EmbeddingPrecision: Double], _ cosine: Double, _ peer: OnnxContest?, threads: Int
    ) {
        let suffix = "\(threads) thread\(threads == 1 ? "" : "s")"
        for (precision, least) in [(EmbeddingPrecision.fp32, 1.5), (.int8, 1)] {
            let (rate, best) = (rates[precision] ?? 0, peer?.best(precision.rawValue))
            bench.report.add(
                "embedding 1,000 characters, \(precision.rawValue), \(suffix)", "1/s", rate, peer: best?.rate,
                named: best.map { "onnxruntime, batches of \($0.way.batch)" } ?? "", budget: .ratioAtLeast(least))
            guard let reference = peer?.reference(precision.rawValue) else { continue }
            bench.report.add(
                "  beside it as AnythingLLM calls it, \(precision.rawValue), \(suffix)", "1/s", rate,
                peer: reference.rate, named: "onnxruntime, padded batches of \(reference.way.batch)")
        }
        let name = "  smallest cosine of int8 to fp32, \(suffix)"
        let other = peer?.best(EmbeddingPrecision.int8.rawValue)
        bench.report.add(
            name, "", cosine, peer: other?.cosine, named: other == nil ? "" : "onnxruntime", budget: .atLeast(0.99))
        if cosine < 0.99 { bench.report.wrong("\(name) is \(cosine).") }
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
