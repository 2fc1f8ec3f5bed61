/// The index at one moment; never changes, so a search keeps it and needs no lock.
struct IndexSnapshot: Sendable {
    struct Part: Sendable {
        /// Names the segment within its index.
        let key: Int
        let segment: VectorSegment
        /// Rows that are published, 0..<count.
        var count: Int
        /// Rows among them that were removed.
        var dead = RowSet()

        var liveCount: Int { count - dead.count }
    }

    var dimensions: Int?
    var parts: [Part] = []

    var liveCount: Int { parts.reduce(0) { $0 + $1.liveCount } }
}

/// A set of row numbers as a bitmap; empty costs nothing.
struct RowSet: Sendable {
    private var words: [UInt64] = []
    private(set) var count = 0

    func contains(_ row: Int) -> Bool {
        let word = row >> 6
        return word < words.count && words[word] & (1 << UInt64(row & 63)) != 0
    }

    mutating func insert(_ rows: Range<Int>) {
        guard let last = rows.last else { return }
        if last >> 6 >= words.count {
            words.append(contentsOf: repeatElement(0, count: (last >> 6) + 1 - words.count))
        }
        for row in rows where !contains(row) {
            words[row >> 6] |= 1 << UInt64(row & 63)
            count += 1
        }
    }
}
