import Foundation

/// How fast documents became searchable.
struct IngestMeasurement: Encodable {
    let documents: Int
    let bytes: Int
    let chunks: Int
    let precision: String
    /// From the first request to the last answer, when everything can be searched.
    let seconds: Double
    let megabytesPerSecond: Double
    let documentsPerSecond: Double
    let chunksPerSecond: Double

    var text: String {
        "\(documents) documents of \(bytes) bytes, \(chunks) chunks, \(precision): \(Report.number(seconds)) s, "
            + "\(String(format: "%.3f", megabytesPerSecond)) MB/s, \(Report.number(documentsPerSecond)) documents/s, "
            + "\(Report.number(chunksPerSecond)) chunks/s"
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
