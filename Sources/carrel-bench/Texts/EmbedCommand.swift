import ArgumentParser
import Foundation
import SentenceEmbedding

/// `carrel-bench embed`: the native encoder on given texts.
struct EmbedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed", abstract: "Measure the native embedder on texts from a file.")

    @Option(help: "One JSON string, or object with a member text, a line (.jsonl).")
    var texts: String

    @Option(help: "Folder of the model's files.")
    var model = ".carrel/model"

    @Option(help: "fp32, int16 or int8.")
    var precision = "int16"

    @Option(help: "Threads that embed.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "File for the vectors (.fvecs), in the order of the texts.")
    var output: String?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard EmbeddingPrecision(rawValue: precision) != nil else {
            throw ValidationError("precision must be fp32, int16 or int8.")
        }
        guard (1...256).contains(threads) else { throw ValidationError("threads must be 1 to 256.") }
    }

    func run() async throws {
        let passages = try TextFile.read(texts)
        let embedder = try NativeEmbedder(
            files: EmbeddingModelFiles(folder: model), threads: threads, cachedQueries: 0,
            precision: EmbeddingPrecision(rawValue: precision) ?? .int16)
        defer { embedder.shutDown() }
        let tokens = passages.reduce(0) { $0 + embedder.tokenIDs(of: $1).count }
        _ = try await embedder.embed(passages: Array(passages.prefix(8)))
        let start = DispatchTime.now().uptimeNanoseconds
        let vectors = try await embedder.embed(passages: passages)
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        guard vectors.count == passages.count else {
            throw BenchmarkFailure("\(vectors.count) vectors for \(passages.count) texts.")
        }
        let queries = try await queryTimes(embedder, passages)
        let result = EmbedMeasurement(
            texts: passages.count, tokens: tokens, precision: precision, threads: threads,
            chunksPerSecond: Double(passages.count) / seconds, tokensPerSecond: Double(tokens) / seconds,
            queryP50: queries.median, queryP99: queries.quantile(0.99))
        print(json ? try result.json() : result.text)
        if let output { try VectorFile<Float>.write(vectors, to: output) }
    }

    /// Milliseconds of the first words of each text, as one types them, one after the other.
    private func queryTimes(_ embedder: NativeEmbedder, _ passages: [String]) async throws -> [Double] {
        var times: [Double] = []
        for passage in passages.prefix(200) {
            let query = passage.split(separator: " ").prefix(8).joined(separator: " ")
            let start = DispatchTime.now().uptimeNanoseconds
            _ = try await embedder.embed(query: query)
            times.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6)
        }
        return times
    }
}
