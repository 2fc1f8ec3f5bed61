import Dispatch
import Foundation
import Logging
import Storage
import VectorIndexing

/// The vector index of every workspace in use: loaded on first use, then kept in step with the database, evicted when
/// all together take more memory than they may.
///
/// Commits are reported in their order by `Transaction.afterCommit`. A commit that happens while an index is being
/// loaded may or may not be part of what the loader reads; it is remembered and applied before the index is shown,
/// which is harmless when it was, because chunk ids are never given twice and inserting or removing twice changes
/// nothing. So an index that is shown has every commit, and inside of a write transaction it has exactly those of the
/// database: there a snapshot's image is taken.
///
/// The lock is held for looking up and putting down, never while an index is read, changed, written or given up.
public final class WorkspaceIndexes: @unchecked Sendable {
    // `slots`, `uses`, `turns`, `isMaintenanceDue` and `canWrite` are touched only while `condition` is locked.
    enum Change {
        case insert([VectorEntry], embedder: String)
        case remove(document: Int64)
    }

    struct Ready {
        var loaded: LoadedIndex
        /// The number of the last use.
        var lastUse: UInt64
        /// Rows that came or went since the snapshot file, at least.
        var changedRows: Int
    }

    enum Slot {
        /// One thread loads; changes committed meanwhile wait here. The turn tells it from a later loading.
        case loading(turn: UInt64, [Change])
        case ready(Ready)
    }

    let database: CarrelDatabase
    let storage: IndexStorage
    let logger: Logger
    let condition = NSCondition()
    var slots: [Int64: Slot] = [:]
    private var uses: UInt64 = 0
    private var turns: UInt64 = 0
    var isMaintenanceDue = false
    /// Whether the last snapshot could be written: a full disk is logged once.
    var canWrite = true
    /// Writes files and gives indexes up, one after the other.
    let maintenance = DispatchQueue(label: "carrel.indexes", qos: .utility)

    init(
        database: CarrelDatabase, storage: IndexStorage = IndexStorage(),
        logger: Logger = Logger(label: "carrel.indexes")
    ) {
        self.database = database
        self.storage = storage
        self.logger = logger
        removeAbandonedFiles()
    }

    /// The workspace's index; blocks while it is being loaded.
    ///
    /// - Throws: ``StorageError``, or ``VectorIndexError`` when stored vectors do not fit together.
    func index(workspaceId: Int64) throws -> any VectorIndex { try loaded(workspaceId: workspaceId).index }

    /// The workspace's index with the name of the embedder that made its vectors; blocks while it is being loaded.
    ///
    /// - Throws: ``StorageError``, or ``VectorIndexError`` when stored vectors do not fit together.
    func loaded(workspaceId: Int64) throws -> LoadedIndex {
        let turn: UInt64
        switch look(workspaceId) {
        case .found(let loaded): return loaded
        case .mine(let own): turn = own
        }
        do {
            let loader = IndexLoader(database: database, storage: storage, logger: logger)
            let result = try loader.load(workspaceId)
            return try show(result, workspaceId, turn)
        } catch {
            giveUp(workspaceId, turn)
            throw error
        }
    }

    /// Adds chunks of a document whose transaction has just been committed.
    func insert(_ entries: [VectorEntry], embedder: String, workspaceId: Int64) {
        commit(.insert(entries, embedder: embedder), workspaceId)
    }

    /// Removes all chunks of a document whose deletion has just been committed.
    func remove(document: Int64, workspaceId: Int64) { commit(.remove(document: document), workspaceId) }

    /// Drops the index of a workspace all of whose vectors were replaced in the transaction just committed; who holds
    /// it goes on searching the old ones.
    func reload(workspaceId: Int64) {
        let previous = condition.withLock {
            // Who waits for a loading that is void now starts one.
            condition.broadcast()
            return slots.removeValue(forKey: workspaceId)
        }
        withExtendedLifetime(previous) {}
    }

    /// Drops the index of a deleted workspace, and its file.
    func forget(workspaceId: Int64) {
        reload(workspaceId: workspaceId)
        guard let path = storage.path(workspaceId: workspaceId) else { return }
        // Behind a writing that is under way, which would bring the file back.
        maintenance.async { unlink(path) }
    }

    private enum Look {
        case found(LoadedIndex)
        /// The caller has become the one who must load it.
        case mine(turn: UInt64)
    }

    private func look(_ workspaceId: Int64) -> Look {
        condition.withLock {
            while true {
                switch slots[workspaceId] {
                case .ready(var ready):
                    uses += 1
                    ready.lastUse = uses
                    slots[workspaceId] = .ready(ready)
                    return .found(ready.loaded)
                case .loading: condition.wait()
                case nil:
                    turns += 1
                    slots[workspaceId] = .loading(turn: turns, [])
                    return .mine(turn: turns)
                }
            }
        }
    }

    /// Applies the changes that the loaded index may lack, round after round, and shows it when none is left.
    ///
    /// A workspace that was deleted or replaced meanwhile has no slot any more, or one of another turn; then what was
    /// read is for the caller alone.
    private func show(_ result: IndexLoader.Result, _ workspaceId: Int64, _ turn: UInt64) throws -> LoadedIndex {
        var (loaded, changedRows) = (result.loaded, result.changedRows)
        while let changes = pending(workspaceId, turn) {
            if changes.isEmpty {
                if publish(Ready(loaded: loaded, lastUse: 0, changedRows: changedRows), workspaceId, turn) { break }
                continue
            }
            for change in changes { changedRows += try Self.apply(change, to: &loaded) }
        }
        scheduleMaintenance(after: .zero)
        return loaded
    }

    private func pending(_ workspaceId: Int64, _ turn: UInt64) -> [Change]? {
        condition.withLock {
            guard case .loading(turn, let changes) = slots[workspaceId] else { return nil }
            slots[workspaceId] = .loading(turn: turn, [])
            return changes
        }
    }

    /// - Returns: false when another change has come.
    private func publish(_ ready: Ready, _ workspaceId: Int64, _ turn: UInt64) -> Bool {
        condition.withLock {
            guard case .loading(turn, let changes) = slots[workspaceId] else { return true }
            if !changes.isEmpty { return false }
            uses += 1
            var ready = ready
            ready.lastUse = uses
            slots[workspaceId] = .ready(ready)
            condition.broadcast()
            return true
        }
    }

    private func giveUp(_ workspaceId: Int64, _ turn: UInt64) {
        condition.withLock {
            if case .loading(turn, _) = slots[workspaceId] { slots[workspaceId] = nil }
            condition.broadcast()
        }
    }

    private func commit(_ change: Change, _ workspaceId: Int64) {
        let ready: Ready? = condition.withLock {
            switch slots[workspaceId] {
            case .ready(let ready): return ready
            case .loading(let turn, let changes):
                slots[workspaceId] = .loading(turn: turn, changes + [change])
                return nil
            case nil: return nil
            }
        }
        guard let ready else { return }
        // Outside the lock: commits come one after the other, so their order is kept without it.
        var loaded = ready.loaded
        guard let rows = try? Self.apply(change, to: &loaded) else {
            // There was no memory, or vectors do not fit: the next reader loads what is stored, and learns the reason.
            return reload(workspaceId: workspaceId)
        }
        note(rows, loaded, workspaceId)
    }

    private func note(_ rows: Int, _ loaded: LoadedIndex, _ workspaceId: Int64) {
        condition.withLock {
            guard case .ready(var ready) = slots[workspaceId], ready.loaded.index === loaded.index else { return }
            ready.changedRows += rows
            ready.loaded = loaded
            slots[workspaceId] = .ready(ready)
        }
        scheduleMaintenance(after: storage.delay)
    }

    /// - Returns: about how many rows came or went.
    private static func apply(_ change: Change, to loaded: inout LoadedIndex) throws -> Int {
        switch change {
        case .remove(let document):
            let count = loaded.index.count
            loaded.index.remove(document: document)
            if loaded.index.count == 0 { loaded.embedder = nil }
            return count - loaded.index.count
        case .insert(let entries, let embedder):
            try loaded.index.insert(entries)
            if !entries.isEmpty { loaded.embedder = embedder }
            return entries.count
        }
    }
}
