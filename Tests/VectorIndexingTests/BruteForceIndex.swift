@testable import VectorIndexing

/// The definition of the search, in f64 over arrays.
struct BruteForceIndex {
    private(set) var entries: [VectorEntry] = []

    mutating func insert(_ new: [VectorEntry]) {
        for entry in new where !entries.contains(where: { $0.id == entry.id }) { entries.append(entry) }
    }

    /// Adds entries of which none is there, without looking.
    mutating func insert(distinct new: [VectorEntry]) { entries += new }

    mutating func remove(document: Int64) { entries.removeAll { $0.document == document } }

    /// Cosines of all entries that are not excluded, best first, ties by id.
    func ranked(_ query: [Float], excluding: Set<Int64> = []) -> [(id: Int64, similarity: Double)] {
        entries.filter { !excluding.contains($0.document) }
            .map { ($0.id, Self.cosine(query, $0.vector)) }
            .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
    }

    static func cosine(_ a: [Float], _ b: [Float]) -> Double {
        var dot = 0.0
        var aa = 0.0
        var bb = 0.0
        for (x, y) in zip(a, b) {
            dot += Double(x) * Double(y)
            aa += Double(x) * Double(x)
            bb += Double(y) * Double(y)
        }
        return aa == 0 || bb == 0 ? 0 : dot / (aa * bb).squareRoot()
    }
}
