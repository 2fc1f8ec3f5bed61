import ArgumentParser
import Foundation

/// `carrel-bench ingest`: documents through nginx and the API until they can be searched.
struct IngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Measure how fast documents become searchable.")

    @OptionGroup var options: BenchmarkOptions

    @Option(help: "Documents.")
    var documents = 20

    @Option(help: "Characters of each.")
    var characters = 50_000

    @Option(help: "fp32, int16 or int8.")
    var precision = "int16"

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard documents > 0, characters > 0 else {
            throw ValidationError("Documents and characters must be at least 1.")
        }
    }

    func run() async throws {
        let state = URL(filePath: options.state, directoryHint: .isDirectory).absoluteURL
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        let bench = Workbench(options: options, state: state, cleanup: Cleanup(), report: Report())
        let sources = bench.cleanup.signalSources()
        defer {
            bench.cleanup.run()
            withExtendedLifetime(sources) {}
        }
        let site = try Site.carrel(
            bench, name: "ingest", storage: try bench.freshFolder("ingest"),
            settings: ["EMBEDDING_PRECISION": precision])
        let result = try measure(site.api)
        print(json ? try result.json() : result.text)
    }

    private struct Document: Encodable {
        var textContent: String
        var addToWorkspaces = "ingest"
        var metadata: [String: String]
    }

    private func measure(_ api: APIClient) throws -> IngestMeasurement {
        _ = try api.call("POST", "/api/v1/workspace/new", ["name": "ingest"], as: Replies.NewWorkspace.self)
        var prose = Prose(seed: 31)
        let texts = (0..<documents).map { number in
            "Volume\(number). " + prose.paragraph(atLeast: characters)
        }
        let start = DispatchTime.now().uptimeNanoseconds
        for (number, text) in texts.enumerated() {
            let stored = try api.call(
                "POST", "/api/v1/document/raw-text",
                Document(textContent: text, metadata: ["title": "volume \(number)"]), as: Replies.Stored.self)
            if !stored.success { throw BenchmarkFailure("Document \(number) was not stored.") }
        }
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        let chunks = try api.call("GET", "/api/v1/system/vector-count", as: Replies.VectorCount.self).vectorCount
        let bytes = texts.reduce(0) { $0 + $1.utf8.count }
        guard chunks >= bytes / 1000 else { throw BenchmarkFailure("\(chunks) chunks of \(bytes) bytes are stored.") }
        try check(api, texts)
        return IngestMeasurement(
            documents: documents, bytes: bytes, chunks: chunks, precision: precision, seconds: seconds,
            megabytesPerSecond: Double(bytes) / 1e6 / seconds, documentsPerSecond: Double(documents) / seconds,
            chunksPerSecond: Double(chunks) / seconds)
    }

    /// The first passage of a document is what its own words find.
    private func check(_ api: APIClient, _ texts: [String]) throws {
        struct Query: Encodable {
            var query: String
            var topN = 1
        }
        for text in [texts.first, texts.last].compactMap({ $0 }) {
            let found = try api.call(
                "POST", "/api/v1/workspace/ingest/vector-search", Query(query: String(text.prefix(600))),
                as: Replies.Search.self)
            guard let hit = found.results.first, hit.text.contains(text.prefix(200)) else {
                throw BenchmarkFailure("A document that was stored is not found.")
            }
        }
    }
}
