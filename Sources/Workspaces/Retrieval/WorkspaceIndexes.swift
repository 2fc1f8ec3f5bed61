import Foundation
public import Storage
public import VectorIndexing

/// The vector index of every workspace in use: loaded from the database on first use, then kept in step with it.
///
/// Commits are reported in their order by `Transaction.afterCommit`. A commit that happens while an index is being
/// loaded may or may not be part of what the loader reads; it is remembered and applied afterwards, which is
/// harmless when it was, because chunk ids are never given twice and inserting or removing twice changes nothing.
public final class WorkspaceIndexes: @unchecked Sendable {  // `slots` is touched only while `condition` is locked.
    private enum Change {
        case insert([VectorEntry])
        case remove(document: Int64)
    }

    private enum Slot {
        /// One thread loads; changes committed meanwhile wait here.
        case loading([Change])
        case ready(any VectorIndex)
    }

    private let database: CarrelDatabase
    private let condition = NSCondition()
    private var slots: [Int64: Slot] = [:]

    public init(database: CarrelDatabase) { self.database = database }

    /// The workspace's index; blocks while it is being loaded.
    ///
    /// - Throws: ``StorageError``, or ``VectorIndexError`` when stored vectors do not fit together.
    public func index(workspaceId: Int64) throws -> any VectorIndex {
        if let index = waitForIndex(workspaceId) { return index }
        let loaded: any VectorIndex
        do {
            loaded = try load(workspaceId)
        } catch {
            finishLoading(workspaceId, with: nil)
            throw error
        }
        finishLoading(workspaceId, with: loaded)
        return loaded
    }

    /// Adds chunks of a document whose transaction has just been committed.
    func insert(_ entries: [VectorEntry], workspaceId: Int64) { commit(.insert(entries), workspaceId) }

    /// Removes all chunks of a document whose deletion has just been committed.
    func remove(document: Int64, workspaceId: Int64) { commit(.remove(document: document), workspaceId) }

    /// Drops the index of a deleted workspace.
    func forget(workspaceId: Int64) {
        condition.withLock { slots[workspaceId] = nil }
    }

    /// The index if it is ready; nil when the caller has become the one who must load it.
    private func waitForIndex(_ workspaceId: Int64) -> (any VectorIndex)? {
        condition.withLock {
            while true {
                switch slots[workspaceId] {
                case .ready(let index): return index
                case .loading: condition.wait()
                case nil:
                    slots[workspaceId] = .loading([])
                    return nil
                }
            }
        }
    }

    /// Applies the changes that the loaded index may lack and publishes it; nil gives the slot up.
    ///
    /// All under the lock, so that no later commit overtakes them. A workspace that was deleted meanwhile has no slot
    /// any more and gets none.
    private func finishLoading(_ workspaceId: Int64, with index: (any VectorIndex)?) {
        condition.withLock {
            defer { condition.broadcast() }
            guard case .loading(let changes) = slots[workspaceId] else { return }
            if let index {
                for change in changes { Self.apply(change, to: index) }
            }
            slots[workspaceId] = index.map(Slot.ready)
        }
    }

    private func commit(_ change: Change, _ workspaceId: Int64) {
        let ready: (any VectorIndex)? = condition.withLock {
            switch slots[workspaceId] {
            case .ready(let index): return index
            case .loading(let changes):
                slots[workspaceId] = .loading(changes + [change])
                return nil
            case nil: return nil
            }
        }
        // Outside the lock: commits come one after the other, so their order is kept without it.
        if let ready { Self.apply(change, to: ready) }
    }

    private func load(_ workspaceId: Int64) throws -> any VectorIndex {
        let builder = VectorIndexBuilder()
        try database.read { transaction in
            try transaction.forEachVector(workspaceId: workspaceId) { chunk, document, vector in
                try builder.append(id: chunk, document: document, bytes: vector)
            }
        }
        return builder.build(options: AdaptiveIndexOptions())
    }

    private static func apply(_ change: Change, to index: any VectorIndex) {
        switch change {
        case .remove(let document): index.remove(document: document)
        case .insert(let entries):
            // The use case compared dimensions before it committed; vectors that still do not fit stay unsearchable
            // until their document is embedded again, as they would after a restart.
            try? index.insert(entries)
        }
    }
}
