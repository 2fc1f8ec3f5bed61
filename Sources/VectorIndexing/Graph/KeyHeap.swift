/// A binary heap over memory of its owner; the greatest key on top.
struct KeyHeap {
    private let keys: UnsafeMutablePointer<UInt64>
    private(set) var count = 0

    /// - Parameter keys: room for every key that is ever in the heap at once.
    init(_ keys: UnsafeMutablePointer<UInt64>) { self.keys = keys }

    /// The greatest key; only when count > 0.
    @inline(__always)
    var top: UInt64 { keys[0] }

    @inline(__always)
    mutating func removeAll() { count = 0 }

    @inline(__always)
    mutating func push(_ key: UInt64) {
        var child = count
        count &+= 1
        while child > 0 {
            let parent = (child &- 1) >> 1
            if keys[parent] >= key { break }
            keys[child] = keys[parent]
            child = parent
        }
        keys[child] = key
    }

    /// Removes the greatest key; only when count > 0.
    @inline(__always)
    mutating func pop() -> UInt64 {
        let best = keys[0]
        count &-= 1
        if count > 0 { sift(keys[count]) }
        return best
    }

    /// Removes the greatest key and adds another; only when count > 0.
    @inline(__always)
    mutating func replaceTop(_ key: UInt64) { sift(key) }

    @inline(__always)
    private mutating func sift(_ key: UInt64) {
        var parent = 0
        while true {
            var child = 2 &* parent &+ 1
            if child >= count { break }
            if child &+ 1 < count && keys[child &+ 1] > keys[child] { child &+= 1 }
            if keys[child] <= key { break }
            keys[parent] = keys[child]
            parent = child
        }
        keys[parent] = key
    }
}
