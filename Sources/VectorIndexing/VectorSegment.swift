/// A block of rows that only grows: f32 unit vectors, and beside them the 8-bit form that a scan reads first.
///
/// The writer fills rows beyond the count that any snapshot shows, then publishes a snapshot that shows them; a
/// published row never changes. So readers need no lock: the snapshot's lock orders their reads after the writes.
final class VectorSegment: Sendable {
    let capacity: Int
    let dimensions: Int
    /// nonisolated(unsafe), all of them: a row is written once by the only writer before it is published.
    /// Shape (capacity, dimensions), unit length.
    nonisolated(unsafe) let rows: UnsafeMutablePointer<Float>
    /// Shape (capacity, dimensions): row ≈ scale × integers.
    nonisolated(unsafe) let integers: UnsafeMutablePointer<Int8>
    /// Shape (capacity).
    nonisolated(unsafe) let scales: UnsafeMutablePointer<Float>
    /// |row - scale × integers|, rounded up; shape (capacity).
    nonisolated(unsafe) let errors: UnsafeMutablePointer<Float>
    nonisolated(unsafe) let ids: UnsafeMutablePointer<Int64>
    nonisolated(unsafe) let documents: UnsafeMutablePointer<Int64>

    /// - Parameter capacity: rows; memory that is not written costs address space only.
    init(capacity: Int, dimensions: Int) {
        self.capacity = capacity
        self.dimensions = dimensions
        rows = .allocate(capacity: capacity * dimensions)
        integers = .allocate(capacity: capacity * dimensions)
        scales = .allocate(capacity: capacity)
        errors = .allocate(capacity: capacity)
        ids = .allocate(capacity: capacity)
        documents = .allocate(capacity: capacity)
    }

    deinit {
        rows.deallocate()
        integers.deallocate()
        scales.deallocate()
        errors.deallocate()
        ids.deallocate()
        documents.deallocate()
    }

    /// Memory of one row in bytes: f32 and 8-bit elements, scale and error, id and document.
    var rowByteCount: Int { dimensions * 5 + 2 * 4 + 2 * 8 }

    /// Fills an unpublished row from any vector.
    ///
    /// - Returns: false when an element is not finite; the row must then not be published.
    func write(_ row: Int, id: Int64, document: Int64, vector: UnsafeBufferPointer<Float>) -> Bool {
        assert(row < capacity && vector.count == dimensions)
        guard UnitVector.write(vector, to: rows + row * dimensions) else { return false }
        ids[row] = id
        documents[row] = document
        quantize(row)
        return true
    }

    /// Copies a row of another segment into an unpublished row.
    func copy(_ source: Int, of segment: VectorSegment, to row: Int) {
        assert(row < capacity && segment.dimensions == dimensions)
        (rows + row * dimensions).update(from: segment.rows + source * dimensions, count: dimensions)
        (integers + row * dimensions).update(from: segment.integers + source * dimensions, count: dimensions)
        scales[row] = segment.scales[source]
        errors[row] = segment.errors[source]
        ids[row] = segment.ids[source]
        documents[row] = segment.documents[source]
    }

    private func quantize(_ row: Int) {
        let values = rows + row * dimensions
        let target = integers + row * dimensions
        var largest: Float = 0
        for i in 0..<dimensions { largest = max(largest, abs(values[i])) }
        let scale = largest / 127
        let inverse = scale > 0 ? 1 / scale : 0
        var squares: Float = 0
        for i in 0..<dimensions {
            let rounded = (values[i] * inverse).rounded()
            target[i] = Int8(max(-127, min(127, rounded)))
            let difference = values[i] - scale * Float(target[i])
            squares += difference * difference
        }
        scales[row] = scale
        errors[row] = squares.squareRoot() * 1.001
    }
}
