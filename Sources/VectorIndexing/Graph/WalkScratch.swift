/// Memory of one walk at a time, kept for the next: marks of visited rows, the two queues, and blocks of rows.
///
/// @unchecked Sendable: whoever took it from the pool is its only user.
final class WalkScratch: @unchecked Sendable {
    /// Rows of the largest list that is looked at in one go: all links of a row and one more.
    static let listCapacity = GraphLevels.groundWidth + 1

    /// Rows for which there is room.
    let capacity: Int
    /// A row is visited when its mark is the current stamp, so that a new walk clears nothing.
    let marks: UnsafeMutablePointer<UInt16>
    private var stamp: UInt16 = 0
    let candidates: UnsafeMutablePointer<UInt64>
    let results: UnsafeMutablePointer<UInt64>
    /// Results of a walk in order, or a list that is being pruned.
    let sorted: UnsafeMutablePointer<UInt64>
    let rows: UnsafeMutablePointer<UInt32>
    let products: UnsafeMutablePointer<Int32>
    /// Three vectors in the form of a query: shape (stride).
    let query: UnsafeMutablePointer<Int16>
    let pivot: UnsafeMutablePointer<Int16>
    let rival: UnsafeMutablePointer<Int16>
    /// Links chosen for a new row: shape (levels, groundWidth).
    let chosen: UnsafeMutablePointer<UInt32>
    let pruned: UnsafeMutablePointer<UInt32>

    init(capacity: Int, stride: Int) {
        self.capacity = capacity
        marks = .allocate(capacity: capacity)
        marks.initialize(repeating: 0, count: capacity)
        // A row enters a queue at most once; pages that no walk reaches cost nothing.
        candidates = .allocate(capacity: capacity + 1)
        results = .allocate(capacity: capacity + 1)
        sorted = .allocate(capacity: capacity + 1 + Self.listCapacity)
        rows = .allocate(capacity: Self.listCapacity)
        products = .allocate(capacity: Self.listCapacity)
        query = .allocate(capacity: stride)
        query.initialize(repeating: 0, count: stride)
        pivot = .allocate(capacity: stride)
        rival = .allocate(capacity: stride)
        chosen = .allocate(capacity: (GraphLevels.highest + 1) * GraphLevels.groundWidth)
        pruned = .allocate(capacity: Self.listCapacity)
    }

    deinit {
        marks.deallocate()
        candidates.deallocate()
        results.deallocate()
        sorted.deallocate()
        rows.deallocate()
        products.deallocate()
        query.deallocate()
        pivot.deallocate()
        rival.deallocate()
        chosen.deallocate()
        pruned.deallocate()
    }

    /// Bytes that every walk touches sooner or later.
    var byteCount: Int { capacity * MemoryLayout<UInt16>.stride }

    /// A stamp that no mark has.
    func nextStamp() -> UInt16 {
        if stamp == .max {
            marks.update(repeating: 0, count: capacity)
            stamp = 0
        }
        stamp += 1
        return stamp
    }
}
