import Dispatch
import SentenceEmbedding

/// Passages of 1,000 characters through the native encoder in every precision, beside onnxruntime with the same weights:
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
        report(bench, rates.mapValues(\.median), peer, threads: threads)
        for (precision, least) in [(EmbeddingPrecision.int16, 0.99999), (.int8, 0.99)] {
            reportCosine(bench, vectors, precision, least, peer, threads: threads)
        }
    }

    private static func suffix(_ threads: Int) -> String { "\(threads) thread\(threads == 1 ? "" : "s")" }

    /// onnxruntime has no 16-bit integers: int16 is measured against its fp32, whose vectors it gives. True fp32 cannot
    /// reach 1.5, because both programs are at the peak of the multiply-add units, and stands beside it without a budget.
    private func report(_ bench: Workbench, _ rates: [EmbeddingPrecision: Double], _ peer: OnnxContest?, threads: Int) {
        let rows: [(EmbeddingPrecision, EmbeddingPrecision, Budget?)] = [
            (.fp32, .fp32, nil), (.int16, .fp32, .ratioAtLeast(1.5)), (.int8, .int8, .ratioAtLeast(1)),
        ]
        for (precision, other, budget) in rows {
            let (rate, best) = (rates[precision] ?? 0, peer?.best(other.rawValue))
            let name = other == precision ? "onnxruntime" : "onnxruntime \(other.rawValue)"
            bench.report.add(
                "embedding 1,000 characters, \(precision.rawValue), \(Self.suffix(threads))", "1/s", rate,
                peer: best?.rate, named: best.map { "\(name), batches of \($0.way.batch)" } ?? "", budget: budget)
            guard let reference = peer?.reference(other.rawValue) else { continue }
            bench.report.add(
                "  beside it as AnythingLLM calls it, \(precision.rawValue), \(Self.suffix(threads))", "1/s", rate,
                peer: reference.rate, named: "\(name), padded batches of \(reference.way.batch)")
        }
    }

    private func reportCosine(
        _ bench: Workbench, _ vectors: [EmbeddingPrecision: [[Float]]], _ precision: EmbeddingPrecision,
        _ least: Double,
        _ peer: OnnxContest?, threads: Int
    ) {
        let cosine = zip(vectors[.fp32] ?? [], vectors[precision] ?? []).map(Self.product).min() ?? 0
        let name = "  smallest cosine of \(precision.rawValue) to fp32, \(Self.suffix(threads))"
        let other = peer?.best(precision.rawValue)
        bench.report.add(
            name, "", cosine, peer: other?.cosine, named: other == nil ? "" : "onnxruntime", budget: .atLeast(least))
        if cosine < least { bench.report.wrong("\(name) is \(cosine).") }
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

    /// In f64: rounding must not hide what is between 0.99999 and 1.
    private static func product(_ a: [Float], _ b: [Float]) -> Double {
        zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
}
