public import AnythingLLMImport

/// Takes an AnythingLLM storage over: workspaces, threads, chats, documents with their vectors, pins, settings, presets,
/// prompt variables, keys (contract/storage.md). Users are not taken: here keys let programs in, and nobody signs on.
///
/// Every row and file that was taken is remembered, so a run that was cut off goes on where it was, and a second run
/// takes what is new. What was changed in the source after it was taken is not taken again, and what was removed here
/// stays removed. No server may use the database meanwhile.
public struct ImportAnythingLLM: Sendable {
    private let dependencies: Dependencies
    private let folder: StorageFolder
    private let database: ForeignDatabase
    private let policy: CachedVectorPolicy

    public init(
        _ dependencies: Dependencies, folder: StorageFolder, database: ForeignDatabase,
        policy: CachedVectorPolicy = .check
    ) {
        self.dependencies = dependencies
        self.folder = folder
        self.database = database
        self.policy = policy
    }

    /// - Parameters:
    ///   - isDryRun: looks at everything, one passage of each document is embedded, and nothing is written.
    ///   - progress: called after each step.
    /// - Throws: ``ForeignStorageError``, ``StorageError``; `CancellationError` between two documents. What has been
    ///   taken until then stays.
    public func callAsFunction(
        isDryRun: Bool, progress: @Sendable (ImportProgress) -> Void
    ) async throws -> ImportReport {
        var report = ImportReport()
        let rows = try takeRows(isDryRun, &report, progress)
        let run = ImportDocuments(
            dependencies: dependencies, folder: folder,
            check: CachedVectorCheck(embedder: dependencies.embedder, policy: policy),
            isDryRun: isDryRun)
        try await run(rows, &report, progress)
        return report
    }

    /// Everything that the source has in its database, in one reading of it.
    private func takeRows(
        _ isDryRun: Bool, _ report: inout ImportReport, _ progress: (ImportProgress) -> Void
    ) throws -> ImportedRows {
        try database.read { tables in
            let contents = try tables.contents()
            Self.describe(contents, in: &report)
            let rows = try ImportRows(dependencies: dependencies, contents: contents, isDryRun: isDryRun)(&report)
            try ImportChats(dependencies: dependencies, contents: contents, rows: rows, isDryRun: isDryRun)(
                tables, &report, progress)
            return rows
        }
    }

    private static func describe(_ contents: ForeignContents, in report: inout ImportReport) {
        if contents.isNewerThanKnown {
            report.note("The storage is of a newer AnythingLLM than 1.16.0; what is new in it is not read.")
        }
        if contents.isMultiUser {
            report.note(
                "The storage has \(contents.userIds.count) users. Chats and threads keep their user ids; the users "
                    + "themselves are not imported.")
        }
        for (table, count) in contents.unread.sorted(by: { $0.key < $1.key }) where table != "users" {
            report.note("Not imported: \(count) rows of \(table).")
        }
    }
}
