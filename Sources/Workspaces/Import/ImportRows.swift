import AnythingLLMImport
import Documents
import Storage

/// Takes workspaces, threads, settings and keys, all in one transaction.
struct ImportRows {
    let dependencies: Dependencies
    let contents: ForeignContents
    let isDryRun: Bool

    /// Ends a dry run's transaction, which has done everything and keeps nothing.
    private struct RolledBack: Error {
        let rows: ImportedRows
        let report: ImportReport
    }

    /// - Returns: the ids here, which after a dry run are those that would be given.
    func callAsFunction(_ report: inout ImportReport) throws -> ImportedRows {
        var counted = report
        do {
            let (rows, counts) = try dependencies.database.write { [counted] transaction in
                var report = counted
                let rows = try takeAll(&report, transaction)
                if isDryRun { throw RolledBack(rows: rows, report: report) }
                return (rows, report)
            }
            counted = counts
            report = counted
            return rows
        } catch let outcome as RolledBack {
            report = outcome.report
            return outcome.rows
        }
    }

    private func takeAll(_ report: inout ImportReport, _ transaction: Transaction) throws -> ImportedRows {
        var rows = ImportedRows(
            contents: contents,
            workspaces: try ImportedIds(.workspaces, source: contents.identity, transaction),
            threads: try ImportedIds(.threads, source: contents.identity, transaction),
            existingWorkspaces: try transaction.ids(of: .workspaces),
            existingThreads: try transaction.ids(of: .threads))
        for workspace in contents.workspaces { try take(workspace, &rows, &report, transaction) }
        for thread in contents.threads { try take(thread, &rows, &report, transaction) }
        try ImportSettings(settings: contents.settings)(&report, transaction)
        try ImportPhrases(kind: .presets, phrases: contents.presets)(&report.presets, &report.notes, transaction)
        try ImportPhrases(kind: .variables, phrases: contents.variables)(
            &report.variables, &report.notes, transaction)
        try takeKeys(&report, transaction)
        return rows
    }

    private func take(
        _ foreign: ForeignWorkspace, _ rows: inout ImportedRows, _ report: inout ImportReport,
        _ transaction: Transaction
    ) throws {
        report.workspaces.found += 1
        if let id = rows.workspaces[foreign.id] {
            report.workspaces.present += 1
            if !rows.existingWorkspaces.contains(id) {
                report.count("workspace taken earlier and deleted here since; its content is left out")
            }
            return
        }
        let slug = try freeSlug(foreign, transaction)
        if slug != foreign.slug {
            report.note("Workspace \"\(foreign.name)\": the slug \(quoted(foreign.slug)) is taken; it becomes \(slug).")
        }
        var record = ImportedRecords.workspace(
            foreign, slug: slug, defaultPrompt: defaultPrompt, now: dependencies.source.now())
        if foreign.chatProvider == "anythingllm-router" || foreign.agentProvider == "anythingllm-router" {
            report.note("Workspace \"\(foreign.name)\" used a model router; it gets the instance's model instead.")
        }
        record.id = try rows.workspaces.kept(foreign.id, transaction)
        try transaction.insert(&record)
        guard let id = record.id else { return }
        try rows.workspaces.record(String(foreign.id), as: id, transaction)
        rows.existingWorkspaces.insert(id)
        report.workspaces.imported += 1
    }

    private func take(
        _ foreign: ForeignThread, _ rows: inout ImportedRows, _ report: inout ImportReport, _ transaction: Transaction
    ) throws {
        report.threads.found += 1
        if rows.threads[foreign.id] != nil { return report.threads.present += 1 }
        guard let workspace = rows.workspace(foreign.workspaceId) else {
            return report.count("thread of a workspace that does not exist")
        }
        let isTaken = try foreign.slug.isEmpty || transaction.threadExists(slug: foreign.slug)
        let slug = isTaken ? dependencies.source.uuid() : foreign.slug
        if isTaken { report.note("Thread \"\(foreign.name)\": the slug \(quoted(foreign.slug)) becomes \(slug).") }
        var record = ImportedRecords.thread(
            foreign, slug: slug, workspaceId: workspace, userId: rows.user(foreign.userId),
            now: dependencies.source.now())
        record.id = try rows.threads.kept(foreign.id, transaction)
        try transaction.insert(&record)
        guard let id = record.id else { return }
        try rows.threads.record(String(foreign.id), as: id, transaction)
        rows.existingThreads.insert(id)
        report.threads.imported += 1
    }

    /// A key that is known already, by whichever way, is no error.
    private func takeKeys(_ report: inout ImportReport, _ transaction: Transaction) throws {
        var known = Set(try transaction.keys().map(\.hash))
        for key in contents.keys {
            report.keys.found += 1
            guard APIKeys.isWellFormed(key.secret) else {
                report.note("API \(key) is not imported: \(APIKeys.Failure.malformed)")
                continue
            }
            guard known.insert(APIKeys.hash(key.secret)).inserted else {
                report.keys.present += 1
                continue
            }
            var record = KeyRecord(
                name: key.name ?? "AnythingLLM \(key.id)", hash: APIKeys.hash(key.secret),
                createdAt: key.createdAt ?? dependencies.source.now())
            try transaction.insert(&record)
            report.keys.imported += 1
        }
    }

    private var defaultPrompt: String? { contents.settings["default_system_prompt"].flatMap { $0.isEmpty ? nil : $0 } }

    private func quoted(_ text: String) -> String { text.isEmpty ? "(none)" : text }

    /// The source's slug, else it with `-imported` and a number.
    private func freeSlug(_ foreign: ForeignWorkspace, _ transaction: Transaction) throws -> String {
        let made = foreign.slug.isEmpty ? Slug.workspace(foreign.name) : foreign.slug
        let wanted = made.isEmpty ? dependencies.source.uuid() : made
        var (candidate, number) = (wanted, 1)
        while try transaction.workspaceExists(slug: candidate) {
            candidate = "\(wanted)-imported" + (number > 1 ? "-\(number)" : "")
            number += 1
        }
        return candidate
    }
}
