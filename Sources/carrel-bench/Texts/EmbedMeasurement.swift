import Foundation

/// What the embedder does with a file of texts.
struct EmbedMeasurement: Encodable {
    let texts: Int
    /// Of all texts as the model sees them, [CLS] and [SEP] included.
    let tokens: Int
    let precision: String
    let threads: Int
    let chunksPerSecond: Double
    let tokensPerSecond: Double
    /// One query at a time, in milliseconds.
    let queryP50: Double
    let queryP99: Double

    var text: String {
        "\(texts) texts of \(tokens) tokens, \(precision) on \(threads) threads: "
            + "\(Report.number(chunksPerSecond)) chunks/s, \(Report.number(tokensPerSecond)) tokens/s; "
            + "query p50 \(Report.number(queryP50)) ms, p99 \(Report.number(queryP99)) ms"
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
