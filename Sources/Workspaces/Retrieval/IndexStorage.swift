public import Foundation

/// Where the indexes of the workspaces keep their snapshots, and how much memory they may take.
public struct IndexStorage: Sendable {
    /// Folder of the snapshot files, made when the first one is written; nil for none.
    public var folder: URL?
    /// Bytes over all workspaces; the index that was used last stays, however large it is.
    public var memoryBudget: Int
    /// Vectors from which on a workspace gets a snapshot. Below, building from the database is as fast.
    var smallestSnapshot = 4096
    /// A snapshot is renewed when this part of its rows has changed; until then, the difference is read from the
    /// database. Writing a file for every document would write the whole index for each.
    var renewalPart = 32
    /// Wait after a change before files are renewed, so that a batch of documents is written once.
    var delay: Duration = .seconds(5)

    /// - Parameter memoryBudget: nil takes half of the machine's memory.
    public init(folder: URL? = nil, memoryBudget: Int? = nil) {
        self.folder = folder
        self.memoryBudget = memoryBudget ?? Int(ProcessInfo.processInfo.physicalMemory / 2)
    }

    func path(workspaceId: Int64) -> String? { folder?.appending(path: "\(workspaceId).index").path }
}
