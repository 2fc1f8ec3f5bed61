/// The rows that a search may return, as a bitmap.
struct RowMask {
    /// One bit per row, 64 rows per word.
    private(set) var words: [UInt64]
    let count: Int

    /// - Parameters:
    ///   - excluding: documents that are left out.
    ///   - including: the only documents that are allowed; nil allows all.
    /// - Returns: nil when every row of the snapshot is allowed.
    init?(_ snapshot: IndexSnapshot, excluding: Set<Int64>, including: Set<Int64>?) {
        if excluding.isEmpty && including == nil && snapshot.dead.count == 0 { return nil }
        var words = [UInt64](repeating: 0, count: (snapshot.count + 63) / 64)
        if let including {
            for document in including where !excluding.contains(document) {
                snapshot.documents.forEachRun(of: document) { Self.set($0, in: &words) }
            }
        } else {
            Self.set(0..<snapshot.count, in: &words)
            Self.clear(snapshot.dead, in: &words)
            for document in excluding {
                snapshot.documents.forEachRun(of: document) { Self.clear($0, in: &words) }
            }
        }
        self.words = words
        count = words.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    func contains(_ row: Int) -> Bool { words[row >> 6] & (1 << UInt64(row & 63)) != 0 }

    /// Calls `body` with each run of allowed rows within `rows`, in order.
    func forEachRun(in rows: Range<Int>, _ body: (Range<Int>) -> Void) {
        var row = rows.lowerBound
        while let first = next(from: row, below: rows.upperBound, allowed: true) {
            let end = next(from: first, below: rows.upperBound, allowed: false) ?? rows.upperBound
            body(first..<end)
            row = end
        }
    }

    /// The first row from `start` on that is allowed, or that is not.
    private func next(from start: Int, below end: Int, allowed: Bool) -> Int? {
        var row = start
        while row < end {
            let word = (allowed ? words[row >> 6] : ~words[row >> 6]) >> UInt64(row & 63)
            if word != 0 {
                let found = row + word.trailingZeroBitCount
                return found < end ? found : nil
            }
            row = (row | 63) + 1
        }
        return nil
    }

    private static func set(_ rows: Range<Int>, in words: inout [UInt64]) {
        forEachWord(rows) { words[$0] |= $1 }
    }

    private static func clear(_ rows: Range<Int>, in words: inout [UInt64]) {
        forEachWord(rows) { words[$0] &= ~$1 }
    }

    private static func clear(_ dead: RowSet, in words: inout [UInt64]) {
        for (chunk, bits) in dead.chunks.enumerated() {
            let first = chunk * RowSet.wordsPerChunk
            for index in bits.indices where first + index < words.count { words[first + index] &= ~bits[index] }
        }
    }

    /// Calls `body` with each word that holds rows of the range and with the bits of these rows.
    private static func forEachWord(_ rows: Range<Int>, _ body: (Int, UInt64) -> Void) {
        var row = rows.lowerBound
        while row < rows.upperBound {
            let end = min(rows.upperBound, (row | 63) + 1)
            let ones = end - row == 64 ? UInt64.max : (1 << UInt64(end - row)) - 1
            body(row >> 6, ones << UInt64(row & 63))
            row = end
        }
    }
}
