/// The best `capacity` hits seen so far: a binary heap with the worst of them on top.
struct BestHits {
    let capacity: Int
    private var heap: [VectorHit] = []

    init(capacity: Int) {
        self.capacity = capacity
        heap.reserveCapacity(min(capacity, 1024))
    }

    /// What a hit must exceed to be kept; -infinity while there is room.
    var threshold: Float { heap.count < capacity ? -.infinity : heap.first?.similarity ?? .infinity }

    mutating func offer(_ hit: VectorHit) {
        if heap.count < capacity {
            heap.append(hit)
            siftUp(from: heap.count - 1)
        } else if let worst = heap.first, VectorHit.precedes(hit, worst) {
            heap[0] = hit
            siftDown()
        }
    }

    /// Nearest first.
    var sorted: [VectorHit] { heap.sorted(by: VectorHit.precedes) }

    private mutating func siftUp(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard VectorHit.precedes(heap[parent], heap[child]) else { return }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var worst = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && VectorHit.precedes(heap[worst], heap[child]) {
                worst = child
            }
            if worst == parent { return }
            heap.swapAt(parent, worst)
            parent = worst
        }
    }
}
