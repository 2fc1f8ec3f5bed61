/// Cuts a body of newline-delimited JSON into lines; a CR before the LF is dropped and empty lines are skipped.
///
/// Source: the NDJSON specification 1.0 (github.com/ndjson/ndjson-spec); the last line may lack its LF.
struct LineFraming: StreamFraming {
    /// A longer line is a fault of the provider; an answer's piece has a few hundred bytes.
    static let maximumLineLength = 8 * 1024 * 1024

    private let limit: Int
    private var line: [UInt8] = []

    init(maximumLineLength: Int = Self.maximumLineLength) { limit = maximumLineLength }

    mutating func append(
        _ bytes: some Sequence<UInt8>, into lines: inout [[UInt8]]
    ) throws(LanguageModelError) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                if let line = finish() { lines.append(line) }
                continue
            }
            guard line.count < limit else {
                throw LanguageModelError(.malformedAnswer, "The provider sent a line of more than \(limit) bytes.")
            }
            line.append(byte)
        }
    }

    mutating func finish() -> [UInt8]? {
        defer { line.removeAll(keepingCapacity: true) }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return line.isEmpty ? nil : line
    }
}
