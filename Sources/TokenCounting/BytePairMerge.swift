/// The merging of one piece: again and again the adjacent pair of lowest rank, the leftmost of equals
/// (Sennrich, Haddow, Birch 2016, arXiv:1508.07909, in the order of ranks as tiktoken defines it).
///
/// Parts are a doubly linked list in two arrays that are used again for every piece. Short pieces look for the
/// lowest rank by a scan, long ones with a heap, so that a piece of a megabyte takes n log n and not n².
struct BytePairMerge {
    private static let scanLimit = 64

    private let ranks: BytePairRanks
    /// For each part, by the position of its first byte: the start of the part behind it.
    private var next: [Int] = []
    private var previous: [Int] = []
    /// Rank of the part joined with the one behind it.
    private var pairRank: [UInt32] = []
    private var heap: [Candidate] = []

    private struct Candidate {
        var rank: UInt32
        var start: Int

        func precedes(_ other: Candidate) -> Bool {
            rank != other.rank ? rank < other.rank : start < other.start
        }
    }

    init(ranks: BytePairRanks) { self.ranks = ranks }

    /// Calls `body` with the range and rank of each token of the piece.
    mutating func encode(
        _ text: UnsafeBufferPointer<UInt8>, _ piece: Range<Int>, _ body: (Range<Int>, UInt32) -> Void
    ) {
        let whole = ranks.rank(of: text, piece)
        if whole != BytePairRanks.none || piece.count == 1 { return body(piece, whole) }
        prepare(text, piece)
        if piece.count <= Self.scanLimit { mergeByScan(text, piece) } else { mergeByHeap(text, piece) }
        var start = 0
        while start < piece.count {
            let range = (piece.lowerBound + start)..<(piece.lowerBound + next[start])
            body(range, ranks.rank(of: text, range))
            start = next[start]
        }
    }

    private mutating func prepare(_ text: UnsafeBufferPointer<UInt8>, _ piece: Range<Int>) {
        let count = piece.count
        if next.count < count {
            next = Array(repeating: 0, count: count)
            previous = next
            pairRank = Array(repeating: 0, count: count)
        }
        for start in 0..<count {
            next[start] = start + 1
            previous[start] = start - 1
            pairRank[start] = BytePairRanks.none
        }
        for start in 0..<count { rate(start, text, piece) }
    }

    /// Looks up the rank of a part joined with its neighbour.
    private mutating func rate(_ start: Int, _ text: UnsafeBufferPointer<UInt8>, _ piece: Range<Int>) {
        let middle = next[start]
        guard middle < piece.count else {
            pairRank[start] = BytePairRanks.none
            return
        }
        let range = (piece.lowerBound + start)..<(piece.lowerBound + next[middle])
        pairRank[start] = ranks.rank(of: text, range)
    }

    /// Joins the part with the one behind it and rates what has changed.
    private mutating func join(_ start: Int, _ text: UnsafeBufferPointer<UInt8>, _ piece: Range<Int>) {
        let gone = next[start]
        next[start] = next[gone]
        if next[start] < piece.count { previous[next[start]] = start }
        pairRank[gone] = BytePairRanks.none
        rate(start, text, piece)
        if previous[start] >= 0 { rate(previous[start], text, piece) }
    }

    private mutating func mergeByScan(_ text: UnsafeBufferPointer<UInt8>, _ piece: Range<Int>) {
        while true {
            var best = BytePairRanks.none
            var place = 0
            var start = 0
            while start < piece.count {
                if pairRank[start] < best { (best, place) = (pairRank[start], start) }
                start = next[start]
            }
            if best == BytePairRanks.none { return }
            join(place, text, piece)
        }
    }

    /// The heap may hold candidates that a later join has changed; those are recognised by their rank.
    private mutating func mergeByHeap(_ text: UnsafeBufferPointer<UInt8>, _ piece: Range<Int>) {
        heap.removeAll(keepingCapacity: true)
        for start in 0..<piece.count { push(start) }
        while let candidate = pop() {
            guard pairRank[candidate.start] == candidate.rank else { continue }
            join(candidate.start, text, piece)
            push(candidate.start)
            if previous[candidate.start] >= 0 { push(previous[candidate.start]) }
        }
    }

    private mutating func push(_ start: Int) {
        guard pairRank[start] != BytePairRanks.none else { return }
        heap.append(Candidate(rank: pairRank[start], start: start))
        var child = heap.count - 1
        while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func pop() -> Candidate? {
        guard let top = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return top }
        heap[0] = last
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { return top }
            if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
            guard heap[child].precedes(heap[parent]) else { return top }
            heap.swapAt(child, parent)
            parent = child
        }
    }
}
