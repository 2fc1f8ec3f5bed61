import Storage
import Workspaces

/// What the database holds, as far as any table can tell: a refused request must leave it as it was.
struct DatabaseState: Equatable {
    private let workspaces: [WorkspaceRecord]
    private let threads: [ThreadRecord]
    private let folders: [String]
    private let documents: [LibraryDocumentRecord]
    private let held: [WorkspaceDocumentRecord]
    private let vectorCount: Int
    private let embedded: Set<String>
    private let newestEvent: Int64
    private let telemetry: [String: Int]
    /// Which id the next row would get tells of every row that was ever inserted, hidden ones included.
    private let nextChat: Int64

    init(_ api: APIFixture) throws {
        let database = api.dependencies.database
        let state = try database.read { transaction in
            let workspaces = try transaction.workspaces()
            return (
                workspaces, try transaction.threads(), try transaction.folders(), try transaction.documents(),
                try workspaces.flatMap { try transaction.workspaceDocuments(workspaceId: $0.id ?? 0) },
                try transaction.vectorCount(), try transaction.embeddedDocpaths(),
                try transaction.events(limit: 1).first?.id ?? 0, try transaction.telemetryCounts()
            )
        }
        (workspaces, threads, folders, documents, held, vectorCount, embedded, newestEvent, telemetry) = state
        nextChat = try Self.nextChat(database, workspace: workspaces.first?.id)
    }

    private struct TakenBack: Error {}

    /// Inserts a row and takes it back.
    private static func nextChat(_ database: CarrelDatabase, workspace: Int64?) throws -> Int64 {
        guard let workspace else { return 0 }
        var record = ChatRecord(
            workspaceId: workspace, prompt: "", response: "", include: false, userId: nil, threadId: nil,
            apiSessionId: nil, createdAt: 0)
        do {
            try database.write { transaction in
                try transaction.insert(&record)
                throw TakenBack()
            }
        } catch is TakenBack {}
        return record.id ?? 0
    }
}
