import AnythingLLMImport
import OrderedJSON
import Storage

/// Takes the chats in the order of their ids, some hundreds in a transaction.
final class ImportChats {
    private let dependencies: Dependencies
    private let contents: ForeignContents
    private let isDryRun: Bool
    private let placement: ChatPlacement
    private var rows: ImportedRows
    private var batch: [ForeignChat] = []
    private var batchBytes = 0

    private static let batchLimit = (chats: 500, bytes: 8_000_000)

    init(dependencies: Dependencies, contents: ForeignContents, rows: ImportedRows, isDryRun: Bool) {
        self.dependencies = dependencies
        self.contents = contents
        self.rows = rows
        self.isDryRun = isDryRun
        placement = ChatPlacement(contents)
    }

    func callAsFunction(
        _ tables: ForeignTables, _ report: inout ImportReport, _ progress: (ImportProgress) -> Void
    ) throws {
        var chats = try dependencies.database.read { try ImportedIds(.chats, source: contents.identity, $0) }
        report.chats.found = contents.chatCount
        var seen = 0
        try tables.forEachChat { chat in
            seen += 1
            if chats[chat.id] != nil {
                report.chats.present += 1
            } else if isWanted(chat, &report) {
                batch.append(chat)
                batchBytes += chat.prompt.utf8.count + chat.response.utf8.count
            }
            if batch.count >= Self.batchLimit.chats || batchBytes >= Self.batchLimit.bytes {
                try flush(&chats, &report)
                progress(ImportProgress(stage: .chats, done: seen, total: contents.chatCount))
            }
        }
        try flush(&chats, &report)
        progress(ImportProgress(stage: .chats, done: seen, total: contents.chatCount))
    }

    private func isWanted(_ chat: ForeignChat, _ report: inout ImportReport) -> Bool {
        guard rows.workspace(chat.workspaceId) != nil else {
            report.count("chat of a workspace that does not exist")
            return false
        }
        if chat.isTooLong {
            report.note("Chat \(chat.id) is not imported: it is longer than 100 MB.")
            return false
        }
        if case .thread(let id) = placement.place(of: chat), let here = rows.threads[id],
            !rows.existingThreads.contains(here)
        {
            report.count("chat of a thread taken earlier and deleted here since")
            return false
        }
        // Checked without building it, which costs little.
        if (try? JSONParser.parse(chat.response, without: ["sources", "attachments", "outputs"])) == nil {
            report.count("chat whose answer is no JSON: taken, but not shown")
        }
        return true
    }

    private func flush(_ chats: inout ImportedIds, _ report: inout ImportReport) throws {
        defer {
            batch = []
            batchBytes = 0
        }
        report.chats.imported += batch.count
        if isDryRun {
            for chat in batch where placement.place(of: chat).isRecovered {
                report.count("chat of a thread that does not exist: put into a recovered thread")
            }
            return
        }
        var (newChats, newRows, recovered) = (chats, rows, 0)
        try dependencies.database.write { transaction in
            for chat in batch {
                guard let workspace = newRows.workspace(chat.workspaceId) else { continue }
                let place = placement.place(of: chat)
                if place.isRecovered { recovered += 1 }
                var record = ImportedRecords.chat(
                    chat, workspaceId: workspace, threadId: try thread(place, workspace, &newRows, transaction),
                    userId: newRows.user(chat.userId), now: dependencies.source.now())
                record.id = try newChats.kept(chat.id, transaction)
                try transaction.insert(&record)
                if let id = record.id { try newChats.record(String(chat.id), as: id, transaction) }
            }
        }
        (chats, rows) = (newChats, newRows)
        report.count("chat of a thread that does not exist: put into a recovered thread", recovered)
    }

    /// The thread here; one that the source lost is made when its first chat comes.
    private func thread(
        _ place: ChatPlacement.Place, _ workspace: Int64, _ rows: inout ImportedRows, _ transaction: Transaction
    ) throws -> Int64? {
        switch place {
        case .workspace: return nil
        case .thread(let id): return rows.threads[id]
        case .recovered(let id, let key):
            if let known = rows.threads[key], rows.existingThreads.contains(known) { return known }
            var record = ThreadRecord(
                name: "Recovered thread \(id)", slug: dependencies.source.uuid(), workspaceId: workspace, userId: nil,
                createdAt: dependencies.source.now())
            try transaction.insert(&record)
            guard let made = record.id else { return nil }
            try rows.threads.record(key, as: made, transaction)
            rows.existingThreads.insert(made)
            return made
        }
    }
}
