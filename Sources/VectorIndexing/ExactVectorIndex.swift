import CKernels

/// Exact search by cosine: every live vector is looked at.
///
/// An ``AdaptiveVectorIndex`` that never becomes a graph.
public final class ExactVectorIndex: VectorIndex {
    private let index: AdaptiveVectorIndex

    /// An empty index; the first vector decides the dimensions.
    convenience init() { self.init(RowStore()) }

    init(_ store: RowStore, kernels: UnsafePointer<ck_kernels> = ck_best_kernels()) {
        index = AdaptiveVectorIndex(store, options: .exact, kernels: kernels)
    }

    public var count: Int { index.count }

    public var dimensions: Int? { index.dimensions }

    /// Memory held for vectors, in bytes.
    var byteCount: Int { index.residentBytes }

    public func search(
        _ query: [Float], count: Int, excluding: Set<Int64>, including: Set<Int64>?
    ) throws(VectorIndexError) -> [VectorHit] {
        try index.search(query, count: count, excluding: excluding, including: including)
    }

    public func insert(_ entries: [VectorEntry]) throws(VectorIndexError) { try index.insert(entries) }

    public func remove(document: Int64) { index.remove(document: document) }
}
