import Foundation

/// Many streams at once in which every event says when it was sent: how old the events are when they arrive.
///
/// `Peers/paced.c` is provider and reader, and checks that no event is lost, reordered or merged with another.
struct PacedStreams {
    /// What one round of all streams was like.
    struct Result {
        /// Milliseconds from the provider's send to the reader's receive.
        var p50: Double
        var p99: Double
        var maximum: Double
        /// Streams that were not answered as they must be.
        var faults: Int
    }

    let program: String
    let streams: Int
    let port: UInt16

    /// Starts the provider.
    ///
    /// - Parameter interval: milliseconds between two events of a stream.
    init(streams: Int, interval: Int, _ bench: Workbench) throws {
        (program, self.streams) = (bench.options.paced, streams)
        port = try LocalPort.free()
        let provider = try ChildProcess(
            [program, "provide", String(port), String(streams), String(interval)], log: bench.path("paced.log"))
        bench.cleanup.add { provider.stop() }
    }

    /// Opens all streams at `port` and reads them to their ends.
    ///
    /// - Throws: ``BenchmarkFailure`` when a connection is refused or nothing comes any more.
    func read(port: UInt16, path: String, key: String, _ bench: Workbench) throws -> Result {
        let line = try Tool(folder: bench.state.path).run([program, "read", String(port), path, key, String(streams)])
        let numbers = line.split(separator: " ").compactMap { Double($0.trimmingCharacters(in: .newlines)) }
        guard numbers.count == 5 else { throw BenchmarkFailure("\(program) printed \(line).") }
        if numbers[4] > 0 {
            let errors = try String(contentsOfFile: bench.path("tool.err"), encoding: .utf8)
            bench.report.wrong("\(Int(numbers[4])) of \(streams) streams; the first: \(errors.prefix(500))")
        }
        return Result(
            p50: numbers[1] / 1000, p99: numbers[2] / 1000, maximum: numbers[3] / 1000, faults: Int(numbers[4]))
    }
}
