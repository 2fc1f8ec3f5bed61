import Foundation

/// What one kind of index does with a data set.
struct VectorMeasurement: Encodable {
    let index: String
    let vectors: Int
    let dimensions: Int
    let threads: Int
    /// Vectors per second until everything is searchable at full speed.
    let buildRate: Double
    /// One search at a time, in milliseconds.
    let p50: Double
    let p99: Double
    /// Searches per second on all threads together.
    let queriesPerSecond: Double
    let recall: Double
    let bytesPerVector: Double

    var text: String {
        let name = index.padding(toLength: 6, withPad: " ", startingAt: 0)
        return
            "\(name) build \(Report.number(buildRate))/s on \(threads) threads, p50 \(String(format: "%.4f", p50)) ms, "
            + "p99 \(String(format: "%.4f", p99)) ms, \(Report.number(queriesPerSecond)) queries/s, "
            + "recall \(String(format: "%.4f", recall)), \(Report.number(bytesPerVector)) bytes per vector"
    }
}
