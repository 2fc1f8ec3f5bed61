import Foundation

/// Makes the swap of a document for its successor, which is a commit and a change of the index, one step for searches:
/// a search sees the old content or the new one, never both and never neither.
///
/// Searches are not held up but repeated when a swap in their workspace began or ended meanwhile: a swap, which happens
/// inside a transaction, never waits for a reader.
final class SwapGate: @unchecked Sendable {  // `workspaces` is touched only while `condition` is locked.
    private struct Swaps {
        /// Goes up with the beginning and with the end of each.
        var count = 0
        var running = 0
    }

    /// After so many disturbed attempts the last result is taken: its passages are still those of one commit.
    private static let attempts = 16

    private let condition = NSCondition()
    private var workspaces: [Int64: Swaps] = [:]

    /// Runs a search: looking into indexes and reading what was found.
    func search<Value>(_ workspaceIds: [Int64], _ body: () async throws -> Value) async rethrows -> Value {
        for _ in 1..<Self.attempts {
            let before = countsOnceOpen(workspaceIds)
            let result = try await body()
            if counts(workspaceIds) == before { return result }
        }
        return try await body()
    }

    private func countsOnceOpen(_ workspaceIds: [Int64]) -> [Int] {
        condition.withLock {
            while workspaceIds.contains(where: { workspaces[$0]?.running ?? 0 > 0 }) { condition.wait() }
            return workspaceIds.map { workspaces[$0]?.count ?? 0 }
        }
    }

    private func counts(_ workspaceIds: [Int64]) -> [Int] {
        condition.withLock { workspaceIds.map { workspaces[$0]?.count ?? 0 } }
    }

    /// A swap begins; called just before its commit.
    func begin(_ workspaceIds: some Sequence<Int64>) { change(workspaceIds, by: 1) }

    /// The index has been changed, or the transaction was undone.
    func end(_ workspaceIds: some Sequence<Int64>) { change(workspaceIds, by: -1) }

    private func change(_ workspaceIds: some Sequence<Int64>, by step: Int) {
        condition.withLock {
            for id in workspaceIds {
                workspaces[id, default: Swaps()].count += 1
                workspaces[id, default: Swaps()].running += step
            }
            condition.broadcast()
        }
    }
}
