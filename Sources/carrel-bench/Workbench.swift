import Foundation

/// What the benchmarks of one run share: options, the folder they work in, the report, and what must be stopped.
struct Workbench {
    let options: BenchmarkOptions
    let state: URL
    let cleanup: Cleanup
    let report: Report

    /// Runs the benchmarks one after the other and prints one table.
    ///
    /// - Throws: ``BenchmarkFailure`` when any answer was wrong or a benchmark could not run; the others still run.
    @discardableResult
    static func run(_ options: BenchmarkOptions, _ benchmarks: [any Benchmark]) async throws -> Report {
        let state = URL(filePath: options.state, directoryHint: .isDirectory).absoluteURL
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        let bench = Workbench(options: options, state: state, cleanup: Cleanup(), report: Report())
        let sources = bench.cleanup.signalSources()
        defer { withExtendedLifetime(sources) {} }
        for benchmark in benchmarks {
            do {
                try await benchmark.measure(bench)
            } catch {
                bench.report.wrong("\(type(of: benchmark)): \(error)")
            }
            bench.cleanup.run()
        }
        print(bench.report.text(machine: Machine.description, isMarkdown: options.markdown))
        if bench.report.hasWrongAnswers { throw BenchmarkFailure("Some answers were wrong; see above.") }
        return bench.report
    }

    func path(_ name: String) -> String { state.appending(path: name).path }

    func note(_ message: String) { FileHandle.standardError.write(Data("carrel-bench: \(message)\n".utf8)) }

    /// An empty folder of this name; what an earlier run left there is gone.
    func freshFolder(_ name: String) throws -> String {
        let folder = state.appending(path: name, directoryHint: .isDirectory)
        if FileManager.default.fileExists(atPath: folder.path) { try FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.path
    }
}
