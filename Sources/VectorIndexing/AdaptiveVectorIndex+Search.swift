import Synchronization

extension AdaptiveVectorIndex {
    public func search(
        _ query: [Float], count: Int, excluding: Set<Int64>, including: Set<Int64>?
    ) throws(VectorIndexError) -> [VectorHit] {
        try search(query, count: count, excluding: excluding, including: including, breadth: nil)
    }

    /// - Parameter breadth: rows that a walk keeps in view; nil takes what is right for the size.
    /// - Throws: `dimensionMismatch`, `notFinite`.
    func search(
        _ query: [Float], count: Int, excluding: Set<Int64>, including: Set<Int64>?, breadth: Int?
    ) throws(VectorIndexError) -> [VectorHit] {
        let published = published.withLock { $0 }
        let snapshot = published.snapshot
        guard let unit = UnitVector.of(query) else { throw .notFinite(id: nil) }
        guard let dimensions = snapshot.dimensions else { return [] }
        guard query.count == dimensions else {
            throw .dimensionMismatch(expected: dimensions, found: query.count)
        }
        let isFiltered = !excluding.isEmpty || including != nil
        let mask = isFiltered ? RowMask(snapshot, excluding: excluding, including: including) : published.live
        let allowed = mask?.count ?? snapshot.count
        let wanted = min(count, allowed)
        if wanted <= 0 { return [] }
        let quantized = QuantizedQuery(unit)
        if let hits = graphHits(published, quantized, count: wanted, mask: mask, breadth: breadth) { return hits }
        var search = ExactSearch(snapshot, quantized, count: wanted, mask: mask, kernels: kernels)
        return search.run(0..<snapshot.count)
    }

    /// Hits by the graph, completed by a scan of the rows that are not linked yet; nil when a scan of everything is the
    /// better way or the graph does not yield enough.
    private func graphHits(
        _ published: Published, _ query: QuantizedQuery, count: Int, mask: RowMask?, breadth: Int?
    ) -> [VectorHit]? {
        let snapshot = published.snapshot
        guard let graph = snapshot.graph, let view = published.view, snapshot.linked > 0 else { return nil }
        let allowed = mask?.count ?? snapshot.count
        let breadth = breadth ?? GraphSearch.breadth(linked: snapshot.linked, count: count)
        guard GraphSearch.isWorthwhile(rows: snapshot.count, allowed: allowed, breadth: breadth) else { return nil }
        var exact = ExactSearch(snapshot, query, count: count, mask: mask, kernels: kernels)
        let search = GraphSearch(snapshot, graph, view, query, exact: exact, gather: gather)
        let tail = snapshot.linked..<snapshot.count
        // A walk that has cost what a scan costs is not going to be the shorter way.
        let walked = search.run(
            count: count, breadth: breadth, mask: mask, least: min(count, allowed - tail.count), effortLimit: allowed)
        guard let walked else { return nil }
        return tail.isEmpty ? walked : exact.run(tail, beside: walked)
    }
}
