import Synchronization

/// Links rows into a graph: Malkov and Yashunin, algorithm 1.
struct GraphLinker {
    private let graph: HierarchicalGraph
    private let view: GraphView
    private var walk: GraphWalk

    init(_ graph: HierarchicalGraph, _ walk: GraphWalk) {
        self.graph = graph
        self.walk = walk
        view = walk.view
    }

    /// Links a row that is not linked yet; other threads may link other rows at the same time.
    mutating func link(_ row: UInt32) {
        let level = GraphLevels.level(of: row)
        let entry = graph.entry
        if entry > 0 && GraphLevels.level(of: entry &- 1) >= level {
            connect(row, level: level, entry: entry &- 1)
            return
        }
        graph.promote {
            let entry = graph.entry
            if entry > 0 { connect(row, level: level, entry: entry &- 1) }
            if entry == 0 || GraphLevels.level(of: entry &- 1) < level { graph.setEntry(row) }
        }
    }

    private mutating func connect(_ row: UInt32, level: Int, entry: UInt32) {
        let top = GraphLevels.level(of: entry)
        walk.begin(row: row)
        var nearest = walk.key(of: entry)
        var current = top
        while current > level {
            nearest = walk.descend(from: nearest, level: current)
            current -= 1
        }
        let chosen = walk.scratch.chosen
        for level in stride(from: min(level, top), through: 0, by: -1) {
            _ = walk.beam(from: nearest, level: level, breadth: HierarchicalGraph.constructionBreadth)
            let found = walk.takeSorted()
            if found > 0 { nearest = walk.scratch.sorted[0] }
            let list = chosen + level * GraphLevels.groundWidth
            let count = walk.select(walk.scratch.sorted, found, limit: GraphLevels.upperWidth, result: list)
            // Relaxed: nobody reaches the row before a link to it is set.
            let links = view.links(row, level: level)
            for i in 0..<count { links[i].store(list[i] &+ 1, ordering: .relaxed) }
            for i in count..<GraphLevels.width(level) { links[i].store(0, ordering: .relaxed) }
            for i in count..<GraphLevels.upperWidth { list[i] = row }
        }
        for level in 0...min(level, top) {
            let list = chosen + level * GraphLevels.groundWidth
            for i in 0..<GraphLevels.upperWidth where list[i] != row { point(list[i], at: row, level: level) }
        }
    }

    /// Makes a row that no walk reaches reachable: a near row with room in its list points at it.
    mutating func attach(_ row: UInt32) {
        let entry = graph.entry
        if entry == 0 || entry == row &+ 1 { return }
        walk.begin(row: row)
        var nearest = walk.key(of: entry &- 1)
        for level in stride(from: GraphLevels.level(of: entry &- 1), to: 0, by: -1) {
            nearest = walk.descend(from: nearest, level: level)
        }
        _ = walk.beam(from: nearest, level: 0, breadth: HierarchicalGraph.constructionBreadth)
        let found = walk.takeSorted()
        for i in 0..<found where append(row, to: GraphKey.row(walk.scratch.sorted[i])) { return }
        // Every list around is full; the last of the nearest row's links is the one that it needs least.
        let links = view.links(GraphKey.row(walk.scratch.sorted[0]), level: 0)
        links[GraphLevels.groundWidth - 1].store(row &+ 1, ordering: .releasing)
    }

    /// - Returns: whether there was room.
    private func append(_ row: UInt32, to other: UInt32) -> Bool {
        let links = view.links(other, level: 0)
        var isDone = false
        graph.withLock(on: other) {
            for i in 0..<GraphLevels.groundWidth where links[i].load(ordering: .relaxed) == 0 {
                links[i].store(row &+ 1, ordering: .releasing)
                isDone = true
                return
            }
        }
        return isDone
    }

    /// Adds a link to `row` to the links of `other`, leaving out what the choice of neighbours leaves out.
    private func point(_ other: UInt32, at row: UInt32, level: Int) {
        let links = view.links(other, level: level)
        let width = GraphLevels.width(level)
        graph.withLock(on: other) {
            var count = 0
            while count < width {
                let link = links[count].load(ordering: .relaxed)
                if link == 0 || link == row &+ 1 { break }
                count &+= 1
            }
            if count < width {
                // Releasing: whoever sees the link sees the row's own links.
                links[count].store(row &+ 1, ordering: .releasing)
            } else {
                prune(other, links, width: width, adding: row)
            }
        }
    }

    private func prune(
        _ other: UInt32, _ links: UnsafeMutablePointer<Atomic<UInt32>>, width: Int, adding row: UInt32
    ) {
        let scratch = walk.scratch
        for i in 0..<width { scratch.rows[i] = links[i].load(ordering: .relaxed) &- 1 }
        scratch.rows[width] = row
        walk.widen(other, scratch.pivot)
        walk.similarities(scratch.pivot, scratch.rows, width &+ 1)
        let scale = view.scale(other)
        for i in 0...width {
            let neighbour = scratch.rows[i]
            scratch.sorted[i] = GraphKey.make(Float(scratch.products[i]) * (scale * view.scale(neighbour)), neighbour)
        }
        GraphWalk.sort(scratch.sorted, width &+ 1)
        let count = walk.select(scratch.sorted, width &+ 1, limit: width, result: scratch.pruned)
        for i in 0..<count { links[i].store(scratch.pruned[i] &+ 1, ordering: .releasing) }
        for i in count..<width { links[i].store(0, ordering: .relaxed) }
    }
}
