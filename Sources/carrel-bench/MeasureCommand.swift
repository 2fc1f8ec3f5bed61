import ArgumentParser
import Foundation

/// `carrel-bench [names]`: the benchmarks that have budgets.
struct MeasureCommand: AsyncParsableCommand {
    enum Name: String, CaseIterable, ExpressibleByArgument {
        case requests
        case serving
        case streams
        case events
        case embedding
        case search
        case graph
        case quality
        case start
        case largeGraph = "graph-1m"
        case largeStart = "start-1m"

        /// A million vectors take minutes to store and to link; they are measured when they are asked for.
        static var usual: [Name] { allCases.filter { $0 != .largeGraph && $0 != .largeStart } }

        var benchmark: any Benchmark {
            switch self {
            case .requests: RequestBenchmark()
            case .serving: ServingBenchmark()
            case .streams: StreamBenchmark()
            case .events: EventBenchmark()
            case .embedding: EmbeddingBenchmark()
            case .search: ExactSearchBenchmark()
            case .graph: GraphSearchBenchmark(rows: 100_000)
            case .largeGraph: GraphSearchBenchmark(rows: 1_000_000)
            case .quality: QualityBenchmark()
            case .start: StartBenchmark(chunks: 100_000, budget: 1)
            case .largeStart: StartBenchmark(chunks: 1_000_000, budget: 3)
            }
        }
    }

    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "Measure what has a budget; this is what happens without a command.")

    @Argument(
        help:
            "requests, serving, streams, events, embedding, search, graph, quality, start, graph-1m, start-1m; all but the last two when none is named."
    )
    var names: [Name] = []

    @OptionGroup var options: BenchmarkOptions

    func run() async throws {
        let report = try await Workbench.run(options, (names.isEmpty ? Name.usual : names).map(\.benchmark))
        if let readme = options.readme, names.isEmpty {
            try ReadmeTable(path: readme).replace(with: report.readmeTable(machine: Machine.hardware, date: Date()))
        }
    }
}
