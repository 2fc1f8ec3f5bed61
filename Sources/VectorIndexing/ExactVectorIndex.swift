import CKernels
import Synchronization

/// Exact search by cosine: every live vector is looked at.
///
/// A search takes the current snapshot under a lock that is held for one assignment, and works on it without any lock.
/// Writers are serialised by a lock of their own and publish a whole snapshot at the end, so no search sees half of an
/// insertion.
public final class ExactVectorIndex: VectorIndex {
    private let published: Mutex<IndexSnapshot>
    private let writer: Mutex<SegmentedStore>
    /// nonisolated(unsafe): points at a constant table of the C library.
    nonisolated(unsafe) private let kernels: UnsafePointer<ck_kernels>

    /// An empty index; the first vector decides the dimensions.
    public convenience init() { self.init(SegmentedStore()) }

    init(_ store: SegmentedStore, kernels: UnsafePointer<ck_kernels> = ck_best_kernels()) {
        published = Mutex(store.snapshot)
        writer = Mutex(store)
        self.kernels = kernels
    }

    public var count: Int { published.withLock { $0.liveCount } }

    public var dimensions: Int? { published.withLock { $0.dimensions } }

    /// Memory held for vectors, in bytes.
    public var byteCount: Int { writer.withLock { $0.byteCount } }

    public func search(
        _ query: [Float], count: Int, excluding: Set<Int64> = []
    ) throws(VectorIndexError) -> [VectorHit] {
        let snapshot = published.withLock { $0 }
        guard let unit = UnitVector.of(query) else { throw .notFinite(id: nil) }
        guard let dimensions = snapshot.dimensions else { return [] }
        guard query.count == dimensions else {
            throw .dimensionMismatch(expected: dimensions, found: query.count)
        }
        let wanted = min(count, snapshot.liveCount)
        if wanted <= 0 { return [] }
        var search = ExactSearch(unit, count: wanted, excluding: excluding, kernels: kernels)
        return search.run(snapshot)
    }

    public func insert(_ entries: [VectorEntry]) throws(VectorIndexError) {
        let result = writer.withLock { store in
            Result { () throws(VectorIndexError) in
                try Self.check(entries, dimensions: store.snapshot.dimensions)
                for entry in entries {
                    try entry.vector.withUnsafeBufferPointer { vector throws(VectorIndexError) in
                        try store.append(id: entry.id, document: entry.document, vector: vector)
                    }
                }
                published.withLock { $0 = store.snapshot }
            }
        }
        try result.get()
    }

    /// Everything that can go wrong is looked for before the first vector goes in.
    private static func check(_ entries: [VectorEntry], dimensions: Int?) throws(VectorIndexError) {
        guard let expected = dimensions ?? entries.first?.vector.count else { return }
        for entry in entries {
            guard !entry.vector.isEmpty else { throw .badLength(id: entry.id, bytes: 0) }
            guard entry.vector.count == expected else {
                throw .dimensionMismatch(expected: expected, found: entry.vector.count)
            }
            guard entry.vector.allSatisfy(\.isFinite) else { throw .notFinite(id: entry.id) }
        }
    }

    public func remove(document: Int64) {
        writer.withLock { store in
            if store.remove(document: document) { published.withLock { $0 = store.snapshot } }
        }
    }
}
