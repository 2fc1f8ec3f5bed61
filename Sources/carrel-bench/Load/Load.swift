import Foundation

/// What the load generator sends.
struct Load {
    var path: String
    /// JSON bodies sent in turn by POST; empty for GET.
    var bodies: [String] = []
    /// Hits that every answer must have; 0 when answers are checked by their length instead.
    var hits = 0

    /// A single request of this load.
    func probe(_ site: Site) throws -> APIClient.Answer {
        try site.api.send(bodies.isEmpty ? "GET" : "POST", path, body: bodies.first.map { Data($0.utf8) })
    }

    /// Loads a site for some seconds, over keep-alive connections that all wait for their answers.
    ///
    /// - Throws: ``BenchmarkFailure`` when wrk fails.
    func run(_ site: Site, _ bench: Workbench, seconds: Int) throws -> LoadResult {
        var command = [
            "wrk", "-t2", "-c\(bench.options.connections)", "-d\(seconds)s", "--latency", "--timeout", "10s",
            "-s", "Sources/carrel-bench/Peers/load.lua", "http://127.0.0.1:\(site.port)\(path)", "--", site.api.key,
            String(hits),
        ]
        if !bodies.isEmpty {
            let file = bench.path("load.bodies")
            try (bodies.joined(separator: "\n") + "\n").write(toFile: file, atomically: true, encoding: .utf8)
            command.append(file)
        }
        return try LoadResult(try Tool(folder: bench.state.path).run(command))
    }
}
