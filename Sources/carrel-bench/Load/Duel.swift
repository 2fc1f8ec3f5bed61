import Foundation

/// The same load on Carrel and on the echo, which answers the very bytes that Carrel answered.
///
/// They take turns, so that whatever else the machine does meets both.
struct Duel {
    let name: String
    let load: Load
    var budget: Budget?
    /// Requests per second that are wanted whatever the echo does.
    var least: Double?

    /// - Throws: ``BenchmarkFailure`` when one of the two does not run; wrong answers go to the report.
    func run(_ carrel: Site, _ bench: Workbench) throws {
        let answer = try load.probe(carrel)
        guard answer.status == 200 else {
            throw BenchmarkFailure("\(name): \(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
        }
        let file = bench.path("echo.body")
        try answer.body.write(to: URL(filePath: file))
        let echo = try Site.echo(bench, name: "echo", answering: file)
        let echoed = try load.probe(echo)
        guard echoed.body == answer.body else { throw BenchmarkFailure("\(name): the echo answers something else.") }

        bench.note(name)
        var results: (carrel: [LoadResult], echo: [LoadResult]) = ([], [])
        for site in [carrel, echo] { _ = try load.run(site, bench, seconds: 1) }
        for _ in 0..<bench.options.rounds {
            results.carrel.append(try round(carrel, expected: answer, bench))
            results.echo.append(try round(echo, expected: echoed, bench))
        }
        add(results.carrel, results.echo, to: bench.report)
    }

    private func round(_ site: Site, expected: APIClient.Answer, _ bench: Workbench) throws -> LoadResult {
        let result = try load.run(site, bench, seconds: bench.options.seconds)
        try site.backend.requireRunning()
        if result.failures > 0 { bench.report.wrong("\(name): \(result.failures) requests failed") }
        if result.wrong > 0 { bench.report.wrong("\(name): \(result.wrong) answers without their \(load.hits) hits") }
        // The last answers are cut off when the time is over, hence a tolerance.
        if load.bodies.count < 2, abs(result.bytesPerRequest / Double(expected.length) - 1) > 0.02 {
            bench.report.wrong("\(name): \(result.bytesPerRequest) bytes an answer instead of \(expected.length)")
        }
        if try load.probe(site).body != expected.body { bench.report.wrong("\(name): the answer has changed") }
        return result
    }

    private func add(_ carrel: [LoadResult], _ echo: [LoadResult], to report: Report) {
        func row(_ what: String, _ unit: String, _ budget: Budget?, _ value: (LoadResult) -> Double) {
            report.add(
                "\(name): \(what)", unit, carrel.map(value).median, peer: echo.map(value).median, named: "C echo",
                budget: budget)
        }
        row("requests", "1/s", budget, \.requestsPerSecond)
        if let least {
            let rate = carrel.map(\.requestsPerSecond).median
            report.add("\(name): beside the reference", "1/s", rate, budget: .atLeast(least))
        }
        row("p50", "ms", nil, \.p50)
        row("p99", "ms", nil, \.p99)
    }
}
