import ArgumentParser

/// The benchmarks: each checks its own answers, stands beside a peer where there is one, and names its budget.
@main
struct CarrelBench: AsyncParsableCommand {
    enum Name: String, CaseIterable, ExpressibleByArgument {
        case requests
        case serving
        case streams
        case events
        case embedding
        case search
        case graph
        case quality

        var benchmark: any Benchmark {
            switch self {
            case .requests: RequestBenchmark()
            case .serving: ServingBenchmark()
            case .streams: StreamBenchmark()
            case .events: EventBenchmark()
            case .embedding: EmbeddingBenchmark()
            case .search: ExactSearchBenchmark()
            case .graph: GraphSearchBenchmark(rows: 100_000)
            case .quality: QualityBenchmark()
            }
        }
    }

    static let configuration = CommandConfiguration(
        commandName: "carrel-bench",
        abstract: "Measure Carrel beside its peers on this machine.",
        discussion: """
            Run from the top of the repository: nginx/serve-local and the peers are found from there. A missed budget \
            is shown; only a wrong answer makes the command fail.
            """,
        subcommands: [VectorsCommand.self])

    @Argument(help: "requests, serving, streams, events, embedding, search, graph, quality; all when none is named.")
    var names: [Name] = []

    @OptionGroup var options: BenchmarkOptions

    func run() async throws {
        try await Workbench.run(options, (names.isEmpty ? Name.allCases : names).map(\.benchmark))
    }
}
