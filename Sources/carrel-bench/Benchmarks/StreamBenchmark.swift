/// Many event streams open at once, from a slow provider through Carrel and nginx: what they cost, and whether one of
/// them loses an event.
struct StreamBenchmark: Benchmark {
    private static let tokens = 20
    private static let milliseconds = 250
    /// KiB that the encoder's matrices take once more, in the order that the kernels want: for each of 6 layers four of
    /// 384 x 384 and two of 384 x 1,536, in f32.
    private static let packedWeights = 6.0 * 12 * 384 * 384 * 4 / 1024
    private static let path = "/api/v1/workspace/\(Library.emptyWorkspace)/stream-chat"

    func measure(_ bench: Workbench) async throws {
        let count = bench.options.streams
        // A stream has three descriptors in Carrel, two in nginx, two here.
        try DescriptorLimit.raise(to: 4 * count + 500)
        let provider = try SlowProvider(tokens: Self.tokens, milliseconds: Self.milliseconds)
        bench.cleanup.add { provider.stop() }
        let carrel = try Site.carrel(
            bench, name: "streams", storage: try bench.freshFolder("streams"),
            settings: [
                "LLM_PROVIDER": "generic-openai", "GENERIC_OPEN_AI_BASE_PATH": "http://127.0.0.1:\(provider.port)/v1",
                "GENERIC_OPEN_AI_MODEL_PREF": "slow", "GENERIC_OPEN_AI_API_KEY": "none",
                "CARREL_MAX_THREADS": String(count + 200),
            ])
        let created = try carrel.api.call(
            "POST", "/api/v1/workspace/new", ["name": "Reading room"], as: Replies.NewWorkspace.self)
        guard created.workspace.slug == Library.emptyWorkspace else { throw BenchmarkFailure("\(created)") }
        let idle = try ResidentMemory(of: carrel.backend)
        bench.report.add("idle: resident", "MB", idle.total / 1024)
        bench.report.add(
            "idle: resident beside the weights", "MB", (idle.total - idle.weights - Self.packedWeights) / 1024,
            budget: .atMost(60))
        try hold(count, provider, carrel, idle, bench)
    }

    private func hold(
        _ count: Int, _ provider: SlowProvider, _ carrel: Site, _ idle: ResidentMemory, _ bench: Workbench
    ) throws {
        bench.note("\(count) streams")
        var readers = try StreamReaders(count: count, port: carrel.port, path: Self.path, key: carrel.api.key)
        for _ in 0..<120 where provider.openStreams < count { readers.read(seconds: 0.5) }
        let open = provider.openStreams
        provider.release()
        // Half of the tokens, so that every buffer of a stream in flight exists.
        readers.read(seconds: Double(Self.tokens * Self.milliseconds) / 2000)
        let busy = try ResidentMemory(of: carrel.backend)
        readers.read(seconds: 120)
        readers.closeAll()

        let check = StreamCheck(tokens: Self.tokens)
        let faults = readers.answers.enumerated().compactMap { number, answer in check.fault(answer, number: number) }
        if let first = faults.first { bench.report.wrong("\(faults.count) of \(count) streams; the first: \(first)") }
        bench.report.add("streams open at once", "", Double(open), budget: .atLeast(Double(count)))
        bench.report.add("streams dropped", "", Double(faults.count), budget: .atMost(0))
        bench.report.add("threads with all streams open", "", busy.threads)
        bench.report.add("resident with all streams open", "MB", busy.total / 1024)
        bench.report.add(
            "resident for each stream", "KB", (busy.total - idle.total) / Double(max(1, open)), budget: .atMost(200))
    }
}
