import TestSupport

@testable import VectorIndexing

/// Vectors around a number of centres, as those of real texts are; the same for the same seed.
struct ClusteredRows {
    private var numbers: SeededNumbers
    private let centres: [[Float]]
    private let noise: Float

    init(seed: UInt64, dimensions: Int, centres: Int, noise: Float = 0.4) {
        var numbers = SeededNumbers(seed: seed)
        self.centres = (0..<centres).map { _ in numbers.floats(dimensions) }
        self.noise = noise
        self.numbers = numbers
    }

    mutating func vector(near centre: Int? = nil) -> [Float] {
        let chosen = centres[centre ?? Int(numbers.next() % UInt64(centres.count))]
        return zip(chosen, numbers.floats(chosen.count)).map { $0 + noise * $1 }
    }

    /// Entries with ids from `first` on, `perDocument` to a document; each document lies around one centre.
    mutating func entries(_ count: Int, from first: Int64 = 0, perDocument: Int64 = 10) -> [VectorEntry] {
        (0..<Int64(count)).map { offset in
            let id = first + offset
            let document = id / perDocument
            return VectorEntry(
                id: id, document: document, vector: vector(near: Int(document * 7919) % centres.count))
        }
    }
}

/// What several searches found, compared with the definition.
struct Recall {
    private var found = 0
    private var wanted = 0

    var value: Double { wanted == 0 ? 1 : Double(found) / Double(wanted) }

    mutating func add(_ hits: [VectorHit], _ ranked: [(id: Int64, similarity: Double)], count: Int) {
        let truth = ranked.prefix(count)
        // Rounding may let two rows that f64 tells apart change places at the end of the list.
        let least = (truth.last?.similarity ?? 0) - 1e-6
        wanted += truth.count
        found += min(truth.count, hits.count { Double($0.similarity) >= least })
    }
}
