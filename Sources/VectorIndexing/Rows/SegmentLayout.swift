import CKernels

/// Where the parts of a segment lie within one block of memory; in memory and in a snapshot file alike.
///
/// Every part begins at a multiple of 64 bytes, a cache line, so that a row of the walk touches as few lines as it can.
struct SegmentLayout: Sendable, Equatable {
    /// A segment's parts in their order.
    enum Part: Int, CaseIterable, Sendable {
        /// Links of the ground level: shape (capacity, ``GraphLevels/groundWidth``), row number + 1, 0 for none.
        case links
        /// Links of the levels above, level after level, in the same form.
        case upperLinks
        /// Shape (capacity, stride): row ≈ scale × integers, zeros behind the vector.
        case integers
        case scales
        case errors
        case ids
        case documents
        /// Shape (capacity, dimensions), unit length.
        case rows
    }

    /// Rows of a segment of full size; a row's number is segment × 65,536 + place.
    static let fullCapacity = 1 << Int(CK_SEGMENT_SHIFT)
    /// Where a row's place in its segment stands in its number.
    static let placeMask = UInt32(fullCapacity - 1)

    let capacity: Int
    let dimensions: Int
    /// Elements from one 8-bit row to the next.
    let stride: Int

    init(capacity: Int, dimensions: Int) {
        self.capacity = capacity
        self.dimensions = dimensions
        stride = Self.stride(dimensions)
    }

    static func stride(_ dimensions: Int) -> Int {
        let step = Int(CK_GATHER_STEP)
        return (dimensions + step - 1) / step * step
    }

    /// Bytes of a part that hold something.
    func length(_ part: Part) -> Int {
        switch part {
        case .links: capacity * GraphLevels.groundWidth * MemoryLayout<UInt32>.stride
        case .upperLinks: GraphLevels.upperSlots(rows: capacity) * MemoryLayout<UInt32>.stride
        case .integers: capacity * stride
        case .scales, .errors: capacity * MemoryLayout<Float>.stride
        case .ids, .documents: capacity * MemoryLayout<Int64>.stride
        case .rows: capacity * dimensions * MemoryLayout<Float>.stride
        }
    }

    /// Bytes of a part with the padding behind it.
    func extent(_ part: Part) -> Int { (length(part) + 63) / 64 * 64 }

    func offset(_ part: Part) -> Int {
        Part.allCases.prefix(part.rawValue).reduce(0) { $0 + extent($1) }
    }

    var byteCount: Int { Part.allCases.reduce(0) { $0 + extent($1) } }

    /// Memory of one row of a graph index in bytes, all parts.
    static func rowByteCount(dimensions: Int) -> Int {
        let links = GraphLevels.groundWidth * MemoryLayout<UInt32>.stride * 33 / 32
        return links + stride(dimensions) + 2 * 4 + 2 * 8 + dimensions * 4
    }
}
