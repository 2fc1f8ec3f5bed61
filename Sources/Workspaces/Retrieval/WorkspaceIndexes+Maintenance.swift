import Dispatch
import Foundation
import Logging
import Storage
import VectorIndexing

extension WorkspaceIndexes {
    /// Sees to it that files and memory are looked after once the time has passed; calls until then are one.
    func scheduleMaintenance(after delay: Duration) {
        let isNew = condition.withLock {
            defer { isMaintenanceDue = true }
            return !isMaintenanceDue
        }
        guard isNew else { return }
        let nanoseconds = Int(delay / .nanoseconds(1))
        maintenance.asyncAfter(deadline: .now() + .nanoseconds(nanoseconds)) { [weak self] in
            guard let self else { return }
            condition.withLock { isMaintenanceDue = false }
            evict()
            // A graph that is still growing is written when it is whole.
            if renewSnapshots(where: \.isSettled) { scheduleMaintenance(after: storage.delay) }
        }
    }

    /// Writes every snapshot that is due, finished graph or not, and returns when that is done; for the end of a server.
    public func flush() {
        maintenance.sync { _ = renewSnapshots(where: { _ in true }) }
    }

    /// Gives up indexes that were not used for longest until the others keep the budget, and returns when that is done.
    func keepBudget() {
        maintenance.sync { evict() }
    }

    private var ready: [Int64: Ready] {
        condition.withLock {
            slots.compactMapValues { slot in
                if case .ready(let ready) = slot { return ready }
                return nil
            }
        }
    }

    private func evict() {
        let ready = ready
        let sizes = ready.mapValues(\.loaded.index.residentBytes)
        var total = sizes.values.reduce(0, +)
        let order = ready.sorted { $0.value.lastUse < $1.value.lastUse }
        for (workspaceId, entry) in order.dropLast() where total > storage.memoryBudget {
            if isDue(entry) { save(workspaceId, entry.loaded.index) }
            let previous = condition.withLock { () -> Slot? in
                guard case .ready(let now) = slots[workspaceId], now.loaded.index === entry.loaded.index else {
                    return nil
                }
                return slots.removeValue(forKey: workspaceId)
            }
            // Here, outside the lock, the memory is returned, unless a search still holds it.
            withExtendedLifetime(previous) {}
            total -= sizes[workspaceId] ?? 0
        }
    }

    private func isDue(_ entry: Ready) -> Bool {
        storage.folder != nil && entry.changedRows > entry.loaded.index.count / storage.renewalPart
            && entry.changedRows > storage.smallestSnapshot / storage.renewalPart
    }

    /// - Returns: whether some are due but were left for later.
    private func renewSnapshots(where isRight: (AdaptiveVectorIndex) -> Bool) -> Bool {
        var remaining = false
        for (workspaceId, entry) in ready where isDue(entry) {
            if isRight(entry.loaded.index) { save(workspaceId, entry.loaded.index) } else { remaining = true }
        }
        return remaining
    }

    /// Writes the file as of now; of a small index it only forgets the changes, which nobody is going to ask for.
    private func save(_ workspaceId: Int64, _ index: AdaptiveVectorIndex) {
        guard let path = storage.path(workspaceId: workspaceId), let folder = storage.folder else { return }
        do {
            guard let (image, generation) = try image(workspaceId, index) else { return }
            if image.count >= storage.smallestSnapshot {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
                try image.write(to: path, generation: UInt64(bitPattern: generation))
            } else {
                unlink(path)
            }
            try database.write { try $0.forgetIndexChanges(workspaceId: workspaceId, before: generation) }
            condition.withLock { canWrite = true }
        } catch {
            noteChanges(workspaceId, index, index.count)
            let isNew = condition.withLock {
                defer { canWrite = false }
                return canWrite
            }
            guard isNew else { return }
            logger.warning(
                "index snapshot not written; the next start builds the index from the database",
                metadata: ["index.file": .string(path), "error.reason": "\(error)"])
        }
    }

    /// The index at a moment with the name of that moment: inside of a write transaction, where no commit comes between.
    ///
    /// - Returns: nil when the index is not the workspace's any more.
    private func image(_ workspaceId: Int64, _ index: AdaptiveVectorIndex) throws -> (IndexImage, Int64)? {
        try database.write { transaction in
            guard let generation = try transaction.indexGeneration(workspaceId: workspaceId),
                noteChanges(workspaceId, index, 0)
            else { return nil }
            return (index.image(), generation)
        }
    }

    /// - Returns: whether the index is still the workspace's.
    @discardableResult
    private func noteChanges(_ workspaceId: Int64, _ index: AdaptiveVectorIndex, _ rows: Int) -> Bool {
        condition.withLock {
            guard case .ready(var ready) = slots[workspaceId], ready.loaded.index === index else { return false }
            ready.changedRows = rows
            slots[workspaceId] = .ready(ready)
            return true
        }
    }

    /// Removes what a crash left behind: drafts, and files of workspaces that are gone.
    func removeAbandonedFiles() {
        guard let folder = storage.folder,
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path),  // None yet.
            let workspaces = try? database.read({ try $0.workspaces() })  // Whoever reads next learns why not.
        else { return }
        let kept = Set(workspaces.compactMap(\.id).map { "\($0).index" })
        for name in names where !kept.contains(name) && (name.hasSuffix(".index") || name.hasSuffix(".part")) {
            unlink(folder.appending(path: name).path)
        }
    }
}
