/// The vectors of the queries embedded last: people repeat themselves, and a chat and its search ask the same thing.
///
/// Each embedder has a cache of its own, so a text stands for one model's vector. Least recently used entries leave first. Eviction looks at every entry, which at this size costs less than the
/// bookkeeping of a list.
struct QueryCache {
    /// Longer queries are not kept; they hardly ever come twice.
    static let longestText = 4096

    let capacity: Int
    private var entries: [String: (vector: [Float], lastUse: UInt64)] = [:]
    private var uses: UInt64 = 0

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { entries.count }

    mutating func vector(for text: String) -> [Float]? {
        guard let vector = entries[text]?.vector else { return nil }
        uses += 1
        entries[text]?.lastUse = uses
        return vector
    }

    mutating func store(_ vector: [Float], for text: String) {
        guard capacity > 0, text.utf8.count <= Self.longestText else { return }
        uses += 1
        if entries[text] == nil, entries.count >= capacity,
            let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            entries[oldest.key] = nil
        }
        entries[text] = (vector, uses)
    }
}
