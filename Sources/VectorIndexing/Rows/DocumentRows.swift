/// Where each document's live rows are.
///
/// A map in shards: a snapshot shares it, and the next change copies the shard that it touches instead of everything.
struct DocumentRows: Sendable {
    private static let shardCount = 256

    /// A document is embedded in one go, so nearly every document has one run.
    private struct Runs {
        var first: Range<Int>
        var more: [Range<Int>] = []
    }

    private var shards: [[Int64: Runs]] = []

    /// Adds the row behind all rows that were added before.
    mutating func add(_ row: Int, to document: Int64) {
        if shards.isEmpty { shards = Array(repeating: [:], count: Self.shardCount) }
        let shard = Self.shard(of: document)
        guard var runs = shards[shard][document] else {
            shards[shard][document] = Runs(first: row..<row + 1)
            return
        }
        if let last = runs.more.last {
            if last.upperBound == row {
                runs.more[runs.more.count - 1] = last.lowerBound..<row + 1
            } else {
                runs.more.append(row..<row + 1)
            }
        } else if runs.first.upperBound == row {
            runs.first = runs.first.lowerBound..<row + 1
        } else {
            runs.more = [row..<row + 1]
        }
        shards[shard][document] = runs
    }

    /// - Returns: the rows that the document had.
    mutating func remove(_ document: Int64) -> [Range<Int>] {
        if shards.isEmpty { return [] }
        guard let runs = shards[Self.shard(of: document)].removeValue(forKey: document) else { return [] }
        return [runs.first] + runs.more
    }

    /// Calls `body` with each run of the document's rows.
    func forEachRun(of document: Int64, _ body: (Range<Int>) -> Void) {
        if shards.isEmpty { return }
        guard let runs = shards[Self.shard(of: document)][document] else { return }
        body(runs.first)
        for run in runs.more { body(run) }
    }

    private static func shard(of document: Int64) -> Int { Int(UInt64(bitPattern: document) % UInt64(shardCount)) }
}
