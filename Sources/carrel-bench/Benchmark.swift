/// One benchmark: measures, checks what it measured and adds rows to the report.
protocol Benchmark {
    /// - Throws: ``BenchmarkFailure`` when something that was to be measured does not run.
    func measure(_ bench: Workbench) async throws
}
