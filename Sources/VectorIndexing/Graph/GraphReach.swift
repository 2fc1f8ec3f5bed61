import Synchronization

/// Which rows a walk on the ground level can reach from the entry point.
///
/// The choice of neighbours may take away the last link that points at a row; about one row in ten thousand ends so.
/// The original algorithm leaves those unfound.
struct GraphReach {
    private let view: GraphView
    private var isReached: [Bool]
    private(set) var count = 0
    private var next: [UInt32] = []

    init(_ view: GraphView, entry: UInt32) {
        self.view = view
        isReached = Array(repeating: false, count: Int(view.limit))
        if entry > 0 { extend(from: entry - 1) }
    }

    func contains(_ row: Int) -> Bool { isReached[row] }

    /// Adds a row and what can be reached from it.
    mutating func extend(from row: UInt32) {
        reach(row)
        while let row = next.popLast() {
            let links = view.links(row, level: 0)
            for i in 0..<GraphLevels.groundWidth {
                let link = links[i].load(ordering: .acquiring)
                if link == 0 { break }
                if link <= view.limit { reach(link - 1) }
            }
        }
    }

    private mutating func reach(_ row: UInt32) {
        if isReached[Int(row)] { return }
        isReached[Int(row)] = true
        count += 1
        next.append(row)
    }
}
