import Dispatch
import Synchronization

extension AdaptiveVectorIndex {
    /// Rows linked between two moves of the border.
    private static let round = 2048
    /// Rows that one thread takes at a time.
    private static let portion = 16
    private static let mostReconnections = 5

    private enum Work {
        case link(IndexSnapshot, HierarchicalGraph)
        case rebuild(IndexSnapshot)
        case reconnect(IndexSnapshot, HierarchicalGraph)
    }

    /// Blocks until the background has nothing left to do.
    public func settle() { background.wait() }

    /// Whether the background has nothing to do at this moment.
    public var isSettled: Bool { writer.withLock { !$0.isWorking } }

    /// Starts a background thread when there is something to do and none is at work; called by writers.
    func startWork(_ state: inout Writer) {
        guard !state.isWorking, needsWork(state) else { return }
        state.isWorking = true
        background.enter()
        let background = background
        Threads.detach { [weak self] in
            // Between two steps nothing here keeps the index alive, so that an index that was dropped stops.
            while let index = self, index.step() {}
            background.leave()
        }
    }

    private func needsWork(_ state: borrowing Writer) -> Bool {
        let snapshot = state.store.snapshot
        guard snapshot.graph != nil else { return snapshot.liveCount >= options.graphFrom }
        return snapshot.linked < snapshot.count || isWasteful(snapshot) || needsCheck(state)
    }

    /// Looking through all links takes about as long as linking a thousandth of the rows, so an eighth of new ones is
    /// due before.
    private func needsCheck(_ state: borrowing Writer) -> Bool {
        let linked = state.store.snapshot.linked
        return linked > state.checkedRows + state.checkedRows / 8
    }

    private func isWasteful(_ snapshot: IndexSnapshot) -> Bool {
        guard snapshot.graph != nil else { return false }
        return snapshot.dead.count > snapshot.count / 3 || snapshot.liveCount < options.graphFrom / 2
    }

    /// One piece of work.
    ///
    /// - Returns: whether there may be more.
    private func step() -> Bool {
        switch nextWork() {
        case .link(let snapshot, let graph): return link(snapshot, graph)
        case .rebuild(let snapshot): return rebuild(snapshot)
        case .reconnect(let snapshot, let graph):
            reconnect(snapshot, graph)
            return true
        case nil: return false
        }
    }

    private func nextWork() -> Work? {
        writer.withLock { state in
            if let work = work(for: &state) { return work }
            state.isWorking = false
            return nil
        }
    }

    private func work(for state: inout Writer) -> Work? {
        guard needsWork(state) else { return nil }
        if isWasteful(state.store.snapshot) { return .rebuild(state.store.snapshot) }
        guard let graph = graph(of: &state) else { return nil }
        let snapshot = state.store.snapshot
        if snapshot.linked < snapshot.count { return .link(snapshot, graph) }
        state.checkedRows = snapshot.linked
        return .reconnect(snapshot, graph)
    }

    private func graph(of state: inout Writer) -> HierarchicalGraph? {
        if let graph = state.store.snapshot.graph { return graph }
        let graph = HierarchicalGraph()
        // Without memory the index stays exact; the next insertion tries again.
        guard (try? state.store.attach(graph)) != nil else { return nil }
        state.checkedRows = 0
        publish(state)
        return graph
    }

    private func link(_ snapshot: IndexSnapshot, _ graph: HierarchicalGraph) -> Bool {
        let end = min(snapshot.count, snapshot.linked + Self.round)
        linkRows(snapshot.linked..<end, of: snapshot, into: graph)
        return writer.withLock { state in
            // A writer may have emptied the index meanwhile.
            if state.store.snapshot.graph === graph {
                state.store.advance(linked: end, entry: graph.entry)
                publish(state)
            }
            return true
        }
    }

    private func linkRows(_ rows: Range<Int>, of snapshot: IndexSnapshot, into graph: HierarchicalGraph) {
        let view = GraphView(snapshot)
        let gather = gather
        // The first rows have to find each other, so one thread links them.
        let threads = rows.lowerBound < Self.round ? 1 : min(options.threads, rows.count / Self.portion + 1)
        let shared = SharedCounter(rows.lowerBound)
        Threads.run(threads) { _ in
            graph.withScratch(view) { scratch in
                var linker = GraphLinker(graph, GraphWalk(view, scratch, gather: gather))
                while let portion = shared.take(Self.portion, below: rows.upperBound) {
                    for row in portion where !snapshot.dead.contains(row) { linker.link(UInt32(row)) }
                }
            }
        }
    }

    /// Gives every live row that no walk reaches a link from a near one.
    private func reconnect(_ snapshot: IndexSnapshot, _ graph: HierarchicalGraph) {
        let view = GraphView(snapshot)
        // Where every list around is full, a link is taken from one row to be given to another; more than two rounds
        // are needed only if that cuts off a row again.
        for _ in 0..<Self.mostReconnections where attachUnreached(snapshot, graph, view) == 0 { return }
    }

    /// - Returns: rows that were not reached.
    private func attachUnreached(_ snapshot: IndexSnapshot, _ graph: HierarchicalGraph, _ view: GraphView) -> Int {
        var reach = GraphReach(view, entry: graph.entry)
        var attached = 0
        graph.withScratch(view) { scratch in
            var linker = GraphLinker(graph, GraphWalk(view, scratch, gather: gather))
            for row in 0..<snapshot.linked where !reach.contains(row) && !snapshot.dead.contains(row) {
                linker.attach(UInt32(row))
                reach.extend(from: UInt32(row))
                attached += 1
            }
        }
        return attached
    }

    /// Builds a store and graph of the live rows and puts it in the place of the present one.
    private func rebuild(_ old: IndexSnapshot) -> Bool {
        var store = RowStore()
        guard (try? store.append(liveRowsOf: old, 0..<old.count)) != nil else { return giveUp() }
        if store.snapshot.count >= options.graphFrom {
            let graph = HierarchicalGraph()
            guard (try? store.attach(graph)) != nil else { return giveUp() }
            while store.snapshot.linked < store.snapshot.count {
                let end = min(store.snapshot.count, store.snapshot.linked + Self.round)
                linkRows(store.snapshot.linked..<end, of: store.snapshot, into: graph)
                store.advance(linked: end, entry: graph.entry)
            }
            reconnect(store.snapshot, graph)
        }
        return replace(old, by: store)
    }

    /// Repeats on the new store what writers did to the old one meanwhile, and publishes it.
    private func replace(_ old: IndexSnapshot, by new: RowStore) -> Bool {
        writer.withLock { state in
            let current = state.store.snapshot
            guard current.graph === old.graph else { return true }
            var store = new
            for row in 0..<old.count where current.dead.contains(row) && !old.dead.contains(row) {
                let (segment, place) = old.location(row)
                _ = store.remove(document: segment.documents[place])
            }
            guard (try? store.append(liveRowsOf: current, old.count..<current.count)) != nil else {
                state.isWorking = false
                return false
            }
            state.store = store
            state.checkedRows = store.snapshot.linked
            publish(state)
            return true
        }
    }

    /// Leaves things as they are; the next writer starts another attempt.
    private func giveUp() -> Bool {
        writer.withLock { $0.isWorking = false }
        return false
    }
}
