/// A set of row numbers as bitmaps of 65,536 rows each; a bitmap without rows costs nothing.
///
/// Copies share bitmaps until one of them changes, so a snapshot costs as much as the segments that changed.
struct RowSet: Sendable, Equatable {
    private(set) var chunks: [[UInt64]] = []
    private(set) var count = 0

    static let wordsPerChunk = SegmentLayout.fullCapacity / 64

    init() {}

    /// - Parameter words: one bit per row.
    init(words: [UInt64]) {
        for first in stride(from: 0, to: words.count, by: Self.wordsPerChunk) {
            let part = words[first..<min(words.count, first + Self.wordsPerChunk)]
            let found = part.reduce(0) { $0 + $1.nonzeroBitCount }
            let padding = repeatElement(0 as UInt64, count: Self.wordsPerChunk - part.count)
            chunks.append(found == 0 ? [] : Array(part) + padding)
            count += found
        }
    }

    /// One bit per row.
    var words: [UInt64] {
        chunks.flatMap { $0.isEmpty ? Array(repeating: 0, count: Self.wordsPerChunk) : $0 }
    }

    func contains(_ row: Int) -> Bool {
        let chunk = row / SegmentLayout.fullCapacity
        guard chunk < chunks.count, !chunks[chunk].isEmpty else { return false }
        let place = row % SegmentLayout.fullCapacity
        return chunks[chunk][place >> 6] & (1 << UInt64(place & 63)) != 0
    }

    mutating func insert(_ rows: Range<Int>) {
        for row in rows {
            let chunk = row / SegmentLayout.fullCapacity
            while chunks.count <= chunk { chunks.append([]) }
            if chunks[chunk].isEmpty { chunks[chunk] = Array(repeating: 0, count: Self.wordsPerChunk) }
            let place = row % SegmentLayout.fullCapacity
            let bit: UInt64 = 1 << UInt64(place & 63)
            if chunks[chunk][place >> 6] & bit == 0 {
                chunks[chunk][place >> 6] |= bit
                count += 1
            }
        }
    }
}
