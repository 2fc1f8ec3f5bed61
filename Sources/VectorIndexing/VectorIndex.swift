/// Nearest-neighbour search by cosine over the chunks of one workspace.
///
/// Any number of threads may search while one inserts or removes. A search sees the index as it was at one moment.
public protocol VectorIndex: Sendable {
    /// Live vectors.
    var count: Int { get }

    /// Length of every vector; nil until the first one comes.
    var dimensions: Int? { get }

    /// The nearest chunks, nearest first; equal similarities in order of id.
    ///
    /// - Parameters:
    ///   - query: shape (dimensions), any length of arrow; a zero vector has the similarity 0 with everything.
    ///   - count: hits wanted; fewer come back when fewer are there.
    ///   - excluding: documents that are never returned and do not count against `count`.
    ///   - including: the only documents that are returned; nil for all. `excluding` is taken from these too.
    /// - Throws: `dimensionMismatch`, `notFinite`.
    func search(
        _ query: [Float], count: Int, excluding: Set<Int64>, including: Set<Int64>?
    ) throws(VectorIndexError) -> [VectorHit]

    /// Adds vectors, all or none; ids that are present already are ignored.
    ///
    /// Vectors are normalised on entry. A zero vector is allowed: its similarity with everything is 0.
    /// - Throws: `dimensionMismatch`, `notFinite`, `badLength`, `noMemory`.
    func insert(_ entries: [VectorEntry]) throws(VectorIndexError)

    /// Removes every vector of a document; no search that begins after the return sees one.
    func remove(document: Int64)
}

extension VectorIndex {
    /// The nearest chunks of all documents but some; see ``search(_:count:excluding:including:)``.
    ///
    /// - Throws: `dimensionMismatch`, `notFinite`.
    public func search(
        _ query: [Float], count: Int, excluding: Set<Int64> = []
    ) throws(VectorIndexError) -> [VectorHit] {
        try search(query, count: count, excluding: excluding, including: nil)
    }
}
