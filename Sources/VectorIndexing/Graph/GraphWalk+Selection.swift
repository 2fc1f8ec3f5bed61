/// The choice of a row's links (Malkov and Yashunin, algorithm 4, without extension and without keeping pruned ones): a
/// candidate is left out when it is nearer to one that was taken than to the row itself, so that links go in all
/// directions and clusters stay joined.
extension GraphWalk {
    /// Candidates compared at a time; the first that is too near ends the comparison.
    private static var block: Int { 8 }

    /// - Parameters:
    ///   - candidates: keys, nearest first.
    ///   - limit: links wanted at most.
    ///   - result: room for `limit` rows.
    /// - Returns: links chosen.
    func select(
        _ candidates: UnsafePointer<UInt64>, _ count: Int, limit: Int, result: UnsafeMutablePointer<UInt32>
    ) -> Int {
        var chosen = 0
        for i in 0..<count where chosen < limit {
            let row = GraphKey.row(candidates[i])
            if chosen == 0 || isDiverse(row, GraphKey.similarity(candidates[i]), result, chosen) {
                result[chosen] = row
                chosen &+= 1
            }
        }
        return chosen
    }

    private func isDiverse(
        _ row: UInt32, _ similarity: Float, _ chosen: UnsafePointer<UInt32>, _ count: Int
    ) -> Bool {
        widen(row, scratch.rival)
        let scale = view.scale(row)
        var first = 0
        while first < count {
            let rows = min(Self.block, count &- first)
            similarities(scratch.rival, chosen + first, rows)
            for i in 0..<rows
            where Float(scratch.products[i]) * (scale * view.scale(chosen[first &+ i])) > similarity {
                return false
            }
            first &+= rows
        }
        return true
    }

    /// Sorts a short list of keys, greatest first.
    static func sort(_ keys: UnsafeMutablePointer<UInt64>, _ count: Int) {
        for i in stride(from: 1, to: count, by: 1) {
            let key = keys[i]
            var place = i
            while place > 0 && keys[place &- 1] < key {
                keys[place] = keys[place &- 1]
                place &-= 1
            }
            keys[place] = key
        }
    }
}
