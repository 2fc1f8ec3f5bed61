import CKernels

/// One search through rows of a snapshot: a scan of 8-bit rows gives each row an interval that holds its cosine, then
/// the rows that may be among the best are computed in f32 (see ``QuantizedQuery``).
///
/// Rounding inside the f32 sums is covered by ``slack``.
struct ExactSearch {
    /// Rows scored at a time; their scores stay in L1.
    private static let blockRows = 1024
    /// Far above the rounding of an f32 sum of products of unit vectors (384 × 2^-24 = 2.3e-5 at the very worst), far
    /// below what matters for speed.
    private static let slack: Float = 1e-4

    private let kernels: UnsafePointer<ck_kernels>
    private let snapshot: IndexSnapshot
    private let query: QuantizedQuery
    private let mask: RowMask?
    /// Lower ends of the intervals; its threshold is what a row's upper end must reach.
    private var lowerBounds: BestHits
    private var candidates: [Candidate] = []

    private struct Candidate {
        var row: Int
        var upper: Float
    }

    /// - Parameter mask: the rows that may be returned; nil allows all.
    init(
        _ snapshot: IndexSnapshot, _ query: QuantizedQuery, count: Int, mask: RowMask?,
        kernels: UnsafePointer<ck_kernels>
    ) {
        self.kernels = kernels
        self.snapshot = snapshot
        self.query = query
        self.mask = mask
        lowerBounds = BestHits(capacity: count)
    }

    /// Looks at rows, and compares them with hits that are known to be right.
    ///
    /// - Returns: the best of both, nearest first.
    mutating func run(_ rows: Range<Int>, beside known: [VectorHit] = []) -> [VectorHit] {
        for hit in known { lowerBounds.offer(hit) }
        if let mask {
            // Runs of a narrow filter are far apart; those of a wide one are long. Both are read as they lie.
            mask.forEachRun(in: rows) { scan($0) }
        } else {
            scan(rows)
        }
        var best = BestHits(capacity: lowerBounds.capacity)
        for hit in known { best.offer(hit) }
        let threshold = lowerBounds.threshold
        for candidate in candidates where candidate.upper >= threshold { best.offer(hit(candidate.row)) }
        return best.sorted
    }

    /// A row with its exact cosine.
    func hit(_ row: Int) -> VectorHit {
        let (segment, place) = snapshot.location(row)
        var product: Float = 0
        kernels.pointee.dot_rows(query.unit, segment.rows + place * segment.dimensions, 1, segment.dimensions, &product)
        return VectorHit(
            id: segment.ids[place], document: segment.documents[place], similarity: max(-1, min(1, product)))
    }

    private mutating func scan(_ rows: Range<Int>) {
        var first = rows.lowerBound
        while first < rows.upperBound {
            let (segment, place) = snapshot.location(first)
            let count = min(rows.upperBound - first, SegmentLayout.fullCapacity - place)
            scan(segment, places: place..<place + count, firstRow: first)
            first += count
        }
    }

    private mutating func scan(_ segment: RowSegment, places: Range<Int>, firstRow: Int) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.blockRows) { sums in
            guard let products = sums.baseAddress else { return }
            for first in stride(from: places.lowerBound, to: places.upperBound, by: Self.blockRows) {
                let count = min(Self.blockRows, places.upperBound - first)
                kernels.pointee.dot_rows_i8(
                    query.integers, segment.integers + first * segment.stride, count, segment.stride, products)
                collect(
                    segment, places: first..<first + count, firstRow: firstRow + first - places.lowerBound,
                    products: products)
            }
        }
    }

    private mutating func collect(
        _ segment: RowSegment, places: Range<Int>, firstRow: Int, products: UnsafePointer<Int32>
    ) {
        var threshold = lowerBounds.threshold
        let queryError = query.error + Self.slack
        let queryScale = query.scale
        for index in 0..<places.count {
            let place = places.lowerBound + index
            // |v̂| ≤ |v| + |v - v̂|, and |v| is 1 but for rounding.
            let error = segment.errors[place]
            let middle = Float(products[index]) * (queryScale * segment.scales[place])
            let radius = error + queryError * (1 + error)
            guard middle + radius >= threshold else { continue }
            candidates.append(Candidate(row: firstRow + index, upper: middle + radius))
            lowerBounds.offer(VectorHit(id: segment.ids[place], document: 0, similarity: middle - radius))
            threshold = lowerBounds.threshold
        }
    }
}
