import Foundation

/// From the start of the process to the first answer of a search over a large workspace, through nginx: with the
/// snapshot of the index, and without.
struct StartBenchmark: Benchmark {
    private static let rounds = 3
    /// Most seconds that the index may take to be built and written.
    private static let patience = 1800

    let chunks: Int
    /// Most seconds to the first answer with a snapshot.
    let budget: Double

    func measure(_ bench: Workbench) async throws {
        let library = try StoredLibrary(bench, chunks: chunks)
        let site = try Site.carrel(bench, name: "start", storage: library.folder)
        site.backend.stop()
        try library.removeSnapshots()
        let title = "start to first answer, \(chunks) chunks"
        let (first, process) = try firstAnswer(bench, site)
        bench.report.add("\(title): without a snapshot", "s", first)
        bench.note("waiting for the snapshot")
        for _ in 0..<Self.patience where !library.hasSnapshot {
            try process.requireRunning()
            sleep(1)
        }
        process.stop()
        guard library.hasSnapshot else { throw BenchmarkFailure("\(title): no snapshot was written.") }
        var times: [Double] = []
        for _ in 0..<Self.rounds {
            let (seconds, process) = try firstAnswer(bench, site)
            times.append(seconds)
            process.stop()
        }
        bench.report.add("\(title): with a snapshot", "s", times.median, budget: .atMost(budget))
    }

    /// - Returns: seconds, and the process, which goes on.
    private func firstAnswer(_ bench: Workbench, _ site: Site) throws -> (Double, ChildProcess) {
        let body = Data(#"{"query":"What does the treaty say about delivery?","scoreThreshold":0}"#.utf8)
        let start = DispatchTime.now().uptimeNanoseconds
        let process = try site.anotherBackend()
        bench.cleanup.add { process.stop() }
        while true {
            let answer = try site.api.send(
                "POST", "/api/v1/workspace/\(StoredLibrary.workspace)/vector-search", body: body)
            let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
            if answer.status == 200 {
                let found = try JSONDecoder().decode(Replies.Search.self, from: answer.body)
                guard found.results.count == 4 else {
                    throw BenchmarkFailure("\(found.results.count) hits came back instead of 4.")
                }
                return (seconds, process)
            }
            // nginx answers 502 as long as nobody listens.
            guard answer.status == 502, seconds < 120 else {
                throw BenchmarkFailure("The search was answered with \(answer.status) after \(seconds) s.")
            }
            try process.requireRunning()
            usleep(5000)
        }
    }
}
