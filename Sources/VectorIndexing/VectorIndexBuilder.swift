/// Fills an index from stored vectors without an array per row.
public final class VectorIndexBuilder {
    private var store = RowStore()
    private let expectedCount: Int
    /// An aligned copy of a row whose bytes are not aligned for floats.
    private var aligned: [Float] = []

    /// - Parameter expectedCount: rows that are going to come; a hint, more and fewer are fine.
    public init(expectedCount: Int = 0) { self.expectedCount = expectedCount }

    /// Adds a stored vector; an id that was added already is ignored.
    ///
    /// - Parameter bytes: little-endian f32, any alignment; read during the call only.
    /// - Throws: `badLength`, `dimensionMismatch`, `notFinite`, `noMemory`; the row is then left out and others may
    ///   follow.
    public func append(id: Int64, document: Int64, bytes: UnsafeRawBufferPointer) throws(VectorIndexError) {
        let stride = MemoryLayout<Float>.stride
        guard !bytes.isEmpty, bytes.count % stride == 0 else { throw .badLength(id: id, bytes: bytes.count) }
        let found = bytes.count / stride
        if let expected = store.snapshot.dimensions, expected != found {
            throw .dimensionMismatch(expected: expected, found: found)
        }
        if aligned.count != found { aligned = Array(repeating: 0, count: found) }
        aligned.withUnsafeMutableBytes { $0.copyMemory(from: bytes) }
        #if _endian(big)
            for index in aligned.indices {
                aligned[index] = Float(bitPattern: aligned[index].bitPattern.byteSwapped)
            }
        #endif
        if store.snapshot.count == 0 { try store.reserve(max(1, expectedCount), dimensions: found) }
        try aligned.withUnsafeBufferPointer { vector throws(VectorIndexError) in
            try store.append(id: id, document: document, vector: vector)
        }
    }

    /// The exact index of what was added; the builder is empty afterwards.
    public func build() -> ExactVectorIndex { ExactVectorIndex(take()) }

    /// The index of what was added, which becomes a graph in the background if it is large; the builder is empty
    /// afterwards.
    public func build(options: AdaptiveIndexOptions) -> AdaptiveVectorIndex {
        AdaptiveVectorIndex(take(), options: options)
    }

    /// Rows are written once and by one writer, so the segments must not stay here.
    private func take() -> RowStore {
        defer { store = RowStore() }
        return store
    }
}
