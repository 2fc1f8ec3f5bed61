/// How much later an event of a stream arrives for having come through Carrel: the same streams at the same pace through
/// Carrel behind nginx, and through an nginx that only passes them on.
struct EventBenchmark: Benchmark {
    /// 20 tokens a second for each stream.
    private static let milliseconds = 50
    private static let path = "/api/v1/workspace/\(Library.emptyWorkspace)/stream-chat"

    func measure(_ bench: Workbench) async throws {
        try DescriptorLimit.raise(to: 4096)
        for count in [100, 500] {
            try measure(count, bench)
            bench.cleanup.run()
        }
    }

    private func measure(_ count: Int, _ bench: Workbench) throws {
        let streams = try PacedStreams(streams: count, interval: Self.milliseconds, bench)
        let carrel = try Site.carrel(
            bench, name: "events", storage: try bench.freshFolder("events"),
            settings: [
                "LLM_PROVIDER": "generic-openai", "GENERIC_OPEN_AI_BASE_PATH": "http://127.0.0.1:\(streams.port)/v1",
                "GENERIC_OPEN_AI_MODEL_PREF": "paced", "GENERIC_OPEN_AI_API_KEY": "none",
                "CARREL_MAX_THREADS": String(count + 200),
            ])
        let created = try carrel.api.call(
            "POST", "/api/v1/workspace/new", ["name": "Reading room"], as: Replies.NewWorkspace.self)
        guard created.workspace.slug == Library.emptyWorkspace else { throw BenchmarkFailure("\(created)") }
        let proxy = try NginxProxy(bench, name: "proxy", to: streams.port)

        var results: (carrel: [PacedStreams.Result], proxy: [PacedStreams.Result]) = ([], [])
        for round in 1...max(1, bench.options.rounds) {
            bench.note("\(count) streams of 20 events a second, round \(round)")
            results.proxy.append(
                try streams.read(port: proxy.port, path: "/v1/chat/completions", key: "none", bench))
            results.carrel.append(
                try streams.read(port: carrel.port, path: Self.path, key: carrel.api.key, bench))
            try carrel.backend.requireRunning()
        }
        add(count, results.carrel, results.proxy, to: bench.report)
    }

    private func add(
        _ count: Int, _ carrel: [PacedStreams.Result], _ proxy: [PacedStreams.Result], to report: Report
    ) {
        func row(_ what: String, _ budget: Budget?, _ value: (PacedStreams.Result) -> Double) {
            report.add(
                "\(count) streams: \(what)", "ms", carrel.map(value).median, peer: proxy.map(value).median,
                named: "nginx proxy_pass", budget: budget)
        }
        row("event, provider to client, p50", nil, \.p50)
        row("event, provider to client, p99", count == 100 ? .ratioAtMost(2) : nil, \.p99)
        row("event, provider to client, longest", nil, \.maximum)
        report.add(
            "\(count) streams: lost, reordered or merged", "", Double(carrel.map(\.faults).reduce(0, +)),
            budget: .atMost(0))
    }
}
