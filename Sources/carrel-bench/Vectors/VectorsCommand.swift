import ArgumentParser
import Foundation

/// `carrel-bench vectors`: both kinds of index on given vectors, with the truth beside them.
struct VectorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectors", abstract: "Measure the exact and the graph index on vectors from files.")

    @Option(help: "The vectors to be found (.fvecs).")
    var base: String

    @Option(help: "The vectors to search for (.fvecs).")
    var query: String

    @Option(help: "For each query the numbers of the base vectors with the largest cosines (.ivecs).")
    var truth: String

    @Option(name: [.customShort("k"), .customLong("k")], help: "Hits wanted.")
    var count = 10

    @Option(help: "Threads that build, and that ask for the rate of queries.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard count > 0, threads > 0 else { throw ValidationError("k and threads must be at least 1.") }
    }

    func run() throws {
        let benchmark = VectorBenchmark(
            base: try VectorFile(path: base), queries: try VectorFile(path: query), truth: try VectorFile(path: truth),
            count: count, threads: threads)
        guard benchmark.base.dimensions == benchmark.queries.dimensions else {
            throw BenchmarkFailure("The queries have other dimensions than the base.")
        }
        guard benchmark.truth.count == benchmark.queries.count, benchmark.truth.dimensions >= count else {
            throw BenchmarkFailure("The truth needs a row of at least \(count) numbers for each query.")
        }
        let results = [try benchmark.measure(isGraph: false), try benchmark.measure(isGraph: true)]
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(results), as: UTF8.self))
        } else {
            for result in results { print(result.text) }
        }
    }
}
