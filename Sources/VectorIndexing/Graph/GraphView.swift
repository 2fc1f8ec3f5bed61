import CKernels
import Synchronization

/// The memory of a snapshot's segments as tables of pointers, for a walk.
///
/// A final class, because tables are made when a segment is added and then shared by all searches.
final class GraphView: Sendable {
    /// Rows that may be looked at; links to others are passed over.
    let limit: UInt32
    let dimensions: Int
    let stride: Int
    private let segments: [RowSegment]
    /// nonisolated(unsafe), all of them: written in `init` only.
    nonisolated(unsafe) let integers: UnsafeMutablePointer<UnsafePointer<Int8>>
    nonisolated(unsafe) let scales: UnsafeMutablePointer<UnsafePointer<Float>>
    nonisolated(unsafe) let links: UnsafeMutablePointer<UnsafeMutablePointer<Atomic<UInt32>>>
    nonisolated(unsafe) let upperLinks: UnsafeMutablePointer<UnsafeMutablePointer<Atomic<UInt32>>>
    /// Where the links of each level begin in a segment's `upperLinks`.
    nonisolated(unsafe) private let upperOffsets: UnsafeMutablePointer<Int>

    /// - Parameter snapshot: of a graph: every segment of full capacity.
    init(_ snapshot: IndexSnapshot) {
        segments = snapshot.segments
        limit = UInt32(snapshot.count)
        dimensions = snapshot.dimensions ?? 0
        stride = SegmentLayout.stride(dimensions)
        integers = .allocate(capacity: segments.count)
        scales = .allocate(capacity: segments.count)
        links = .allocate(capacity: segments.count)
        upperLinks = .allocate(capacity: segments.count)
        upperOffsets = .allocate(capacity: GraphLevels.highest + 1)
        for (index, segment) in segments.enumerated() {
            assert(segment.capacity == SegmentLayout.fullCapacity)
            (integers + index).initialize(to: UnsafePointer(segment.integers))
            (scales + index).initialize(to: UnsafePointer(segment.scales))
            (links + index).initialize(to: segment.links)
            (upperLinks + index).initialize(to: segment.upperLinks)
        }
        for level in 0...GraphLevels.highest {
            let offset = GraphLevels.upperOffset(max(level, 1), rows: SegmentLayout.fullCapacity)
            (upperOffsets + level).initialize(to: offset)
        }
    }

    deinit {
        integers.deallocate()
        scales.deallocate()
        links.deallocate()
        upperLinks.deallocate()
        upperOffsets.deallocate()
    }

    @inline(__always)
    func row(_ row: UInt32) -> UnsafePointer<Int8> {
        integers[Int(row >> UInt32(CK_SEGMENT_SHIFT))] + Int(row & SegmentLayout.placeMask) &* stride
    }

    @inline(__always)
    func scale(_ row: UInt32) -> Float {
        scales[Int(row >> UInt32(CK_SEGMENT_SHIFT))][Int(row & SegmentLayout.placeMask)]
    }

    /// The links of a row on a level on which it stands: `GraphLevels.width(level)` words.
    @inline(__always)
    func links(_ row: UInt32, level: Int) -> UnsafeMutablePointer<Atomic<UInt32>> {
        let segment = Int(row >> UInt32(CK_SEGMENT_SHIFT))
        let place = row & SegmentLayout.placeMask
        if level == 0 { return links[segment] + Int(place) &* GraphLevels.groundWidth }
        let position = GraphLevels.position(place, level: level)
        return upperLinks[segment] + upperOffsets[level] + position &* GraphLevels.upperWidth
    }
}
