import CKernels

/// One search through a snapshot: a scan of 8-bit rows gives each row an interval that holds its cosine, then the rows
/// that may be among the best are computed in f32 (see ``QuantizedQuery``).
///
/// Rounding inside the f32 sums is covered by ``slack``.
struct ExactSearch {
    /// Rows scored at a time; their scores stay in L1.
    private static let blockRows = 1024
    /// Far above the rounding of an f32 sum of products of unit vectors (384 × 2^-24 = 2.3e-5 at the very worst), far
    /// below what matters for speed.
    private static let slack: Float = 1e-4

    /// nonisolated by construction: a constant table.
    private let kernels: UnsafePointer<ck_kernels>
    private let query: QuantizedQuery
    private let excluding: Set<Int64>
    /// Lower ends of the intervals; its threshold is what a row's upper end must reach.
    private var lowerBounds: BestHits
    private var candidates: [Candidate] = []

    private struct Candidate {
        var part: Int
        var row: Int
        var upper: Float
    }

    init(_ unit: [Float], count: Int, excluding: Set<Int64>, kernels: UnsafePointer<ck_kernels>) {
        self.kernels = kernels
        query = QuantizedQuery(unit)
        self.excluding = excluding
        lowerBounds = BestHits(capacity: count)
    }

    /// - Returns: the best hits, nearest first.
    mutating func run(_ snapshot: IndexSnapshot) -> [VectorHit] {
        for (index, part) in snapshot.parts.enumerated() { scan(part, index: index) }
        var best = BestHits(capacity: lowerBounds.capacity)
        let threshold = lowerBounds.threshold
        for candidate in candidates where candidate.upper >= threshold {
            let segment = snapshot.parts[candidate.part].segment
            best.offer(
                VectorHit(
                    id: segment.ids[candidate.row], document: segment.documents[candidate.row],
                    similarity: cosine(segment, candidate.row)))
        }
        return best.sorted
    }

    private mutating func scan(_ part: IndexSnapshot.Part, index: Int) {
        let segment = part.segment
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.blockRows) { sums in
            guard let products = sums.baseAddress else { return }
            for first in stride(from: 0, to: part.count, by: Self.blockRows) {
                let rows = min(Self.blockRows, part.count - first)
                kernels.pointee.dot_rows_i8(
                    query.integers, segment.integers + first * segment.dimensions, rows, segment.dimensions, products)
                collect(part, index: index, rows: first..<first + rows, products: products)
            }
        }
    }

    private mutating func collect(
        _ part: IndexSnapshot.Part, index: Int, rows: Range<Int>, products: UnsafePointer<Int32>
    ) {
        let segment = part.segment
        var threshold = lowerBounds.threshold
        let queryError = query.error + Self.slack
        let queryScale = query.scale
        for row in rows {
            // |v̂| ≤ |v| + |v - v̂|, and |v| is 1 but for rounding.
            let error = segment.errors[row]
            let middle = Float(products[row - rows.lowerBound]) * (queryScale * segment.scales[row])
            let radius = error + queryError * (1 + error)
            guard middle + radius >= threshold else { continue }
            if part.dead.contains(row) || excluding.contains(segment.documents[row]) { continue }
            candidates.append(Candidate(part: index, row: row, upper: middle + radius))
            lowerBounds.offer(
                VectorHit(id: segment.ids[row], document: 0, similarity: middle - radius))
            threshold = lowerBounds.threshold
        }
    }

    private func cosine(_ segment: VectorSegment, _ row: Int) -> Float {
        var product: Float = 0
        kernels.pointee.dot_rows(
            query.unit, segment.rows + row * segment.dimensions, 1, segment.dimensions, &product)
        return max(-1, min(1, product))
    }
}
