import Synchronization

/// A block of rows that only grows: f32 unit vectors, beside them the 8-bit form that a search reads first, and the
/// links of the graph.
///
/// The writer fills rows beyond the count that any snapshot shows, then publishes a snapshot that shows them; a
/// published row never changes. So readers need no lock: the snapshot's lock orders their reads after the writes. Links
/// change at any time and are read and written as atomic words.
final class RowSegment: Sendable {
    let layout: SegmentLayout
    /// Whether the memory is a file's, which the kernel can take back and read again.
    let isMapped: Bool
    /// Keeps the memory alive.
    private let owner: any AnyObject & Sendable
    /// nonisolated(unsafe), all of them: a row is written once by the only writer before it is published.
    nonisolated(unsafe) let base: UnsafeMutableRawPointer
    nonisolated(unsafe) let links: UnsafeMutablePointer<Atomic<UInt32>>
    nonisolated(unsafe) let upperLinks: UnsafeMutablePointer<Atomic<UInt32>>
    nonisolated(unsafe) let integers: UnsafeMutablePointer<Int8>
    nonisolated(unsafe) let scales: UnsafeMutablePointer<Float>
    /// |row - scale × integers|, rounded up.
    nonisolated(unsafe) let errors: UnsafeMutablePointer<Float>
    nonisolated(unsafe) let ids: UnsafeMutablePointer<Int64>
    nonisolated(unsafe) let documents: UnsafeMutablePointer<Int64>
    nonisolated(unsafe) let rows: UnsafeMutablePointer<Float>

    /// An empty segment.
    ///
    /// - Parameter capacity: rows; memory that is not written costs address space only.
    /// - Throws: `noMemory`.
    convenience init(capacity: Int, dimensions: Int) throws(VectorIndexError) {
        let layout = SegmentLayout(capacity: capacity, dimensions: dimensions)
        let memory = try AnonymousMemory(byteCount: layout.byteCount)
        self.init(layout, at: memory.base, of: memory, isMapped: false)
    }

    /// A segment over memory that holds its parts already.
    ///
    /// - Parameter address: layout.byteCount bytes, aligned to 64, alive as long as `owner`.
    init(
        _ layout: SegmentLayout, at address: UnsafeMutableRawPointer, of owner: any AnyObject & Sendable, isMapped: Bool
    ) {
        self.layout = layout
        self.owner = owner
        self.isMapped = isMapped
        base = address
        func start<Element: ~Copyable>(_ part: SegmentLayout.Part) -> UnsafeMutablePointer<Element> {
            (address + layout.offset(part)).assumingMemoryBound(to: Element.self)
        }
        links = start(.links)
        upperLinks = start(.upperLinks)
        integers = start(.integers)
        scales = start(.scales)
        errors = start(.errors)
        ids = start(.ids)
        documents = start(.documents)
        rows = start(.rows)
    }

    var capacity: Int { layout.capacity }
    var dimensions: Int { layout.dimensions }
    var stride: Int { layout.stride }

    /// Fills an unpublished row from any vector.
    ///
    /// - Returns: false when an element is not finite; the row must then not be published.
    func write(_ row: Int, id: Int64, document: Int64, vector: UnsafeBufferPointer<Float>) -> Bool {
        assert(row < capacity && vector.count == dimensions)
        let values = rows + row * dimensions
        guard UnitVector.write(vector, to: values) else { return false }
        ids[row] = id
        documents[row] = document
        let rounded = Rounding.toBytes(values, count: dimensions, result: integers + row * stride)
        scales[row] = rounded.scale
        errors[row] = rounded.error
        return true
    }

    /// Copies a row of another segment, without its links, into an unpublished row.
    func copy(_ source: Int, of segment: RowSegment, to row: Int) {
        assert(row < capacity && segment.dimensions == dimensions)
        (rows + row * dimensions).update(from: segment.rows + source * dimensions, count: dimensions)
        (integers + row * stride).update(from: segment.integers + source * stride, count: stride)
        scales[row] = segment.scales[source]
        errors[row] = segment.errors[source]
        ids[row] = segment.ids[source]
        documents[row] = segment.documents[source]
    }
}
