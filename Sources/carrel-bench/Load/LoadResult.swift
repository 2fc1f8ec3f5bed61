/// One round of load, as Peers/load.lua reports it.
struct LoadResult {
    var requests: Double
    var seconds: Double
    var bytes: Double
    var failures: Double
    var wrong: Double
    /// Milliseconds.
    var p50: Double
    var p99: Double

    var requestsPerSecond: Double { requests / seconds }
    var bytesPerRequest: Double { bytes / requests }

    /// - Parameter output: what wrk printed.
    /// - Throws: ``BenchmarkFailure`` when there is no result in it, or no request was answered.
    init(_ output: String) throws {
        let line = output.split(separator: "\n").last { $0.hasPrefix("RESULT ") }
        let numbers = line?.split(separator: " ").dropFirst().compactMap { Double($0) } ?? []
        guard numbers.count == 7, numbers[0] > 0, numbers[1] > 0 else {
            throw BenchmarkFailure("wrk printed no result: \(output)")
        }
        requests = numbers[0]
        seconds = numbers[1] / 1e6
        bytes = numbers[2]
        failures = numbers[3]
        wrong = numbers[4]
        p50 = numbers[5] / 1e3
        p99 = numbers[6] / 1e3
    }
}
