import AnythingLLMImport

/// Where the workspaces and threads of the source are now; what chats and documents are attached to.
struct ImportedRows: Sendable {
    let contents: ForeignContents
    var workspaces: ImportedIds
    var threads: ImportedIds
    /// Ids of the rows that exist here; others were removed since an earlier run.
    var existingWorkspaces: Set<Int64>
    var existingThreads: Set<Int64>

    /// Nil in single-user mode, where ids mean nothing, and for users that are gone (contract/storage.md 8).
    func user(_ id: Int64?) -> Int64? {
        guard contents.isMultiUser, let id, contents.userIds.contains(id) else { return nil }
        return id
    }

    /// The workspace here, unless it is unknown or was removed.
    func workspace(_ id: Int64) -> Int64? {
        workspaces[id].flatMap { existingWorkspaces.contains($0) ? $0 : nil }
    }
}
