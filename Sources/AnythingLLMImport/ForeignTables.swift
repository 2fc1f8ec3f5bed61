import Foundation
import GRDB

/// The tables of AnythingLLM as one transaction sees them; all SQL on them is here.
///
/// Columns are read by name, because their order follows the migrations, and none is taken for granted.
public struct ForeignTables {
    let db: Database
    let file: URL

    /// Everything but the chats.
    public func contents() throws -> ForeignContents {
        ForeignContents(
            identity: try identity(), schemaLevel: try schemaLevel(),
            workspaces: try rows("workspaces").compactMap(ForeignWorkspace.init),
            threads: try rows("workspace_threads").compactMap(ForeignThread.init),
            links: try rows("workspace_documents").compactMap(ForeignLink.init),
            keys: try rows("api_keys").compactMap(ForeignKey.init), settings: try settings(),
            presets: try rows("slash_command_presets").compactMap(ForeignPhrase.init(preset:)),
            variables: try rows("system_prompt_variables").compactMap(ForeignPhrase.init(variable:)),
            userIds: Set(try rows("users").compactMap { $0.integer("id") }), chatCount: try count("workspace_chats"),
            unread: try unread())
    }

    /// Calls `body` for every chat in id order.
    public func forEachChat(_ body: (ForeignChat) throws -> Void) throws {
        let rows = try Row.fetchCursor(db, sql: ForeignChat.sql)
        while let row = try rows.next() {
            if let chat = ForeignChat(ForeignRow(row: row)) { try body(chat) }
        }
    }

    /// Rows in id order; none for a table that this version of the schema lacks.
    private func rows(_ table: String) throws -> [ForeignRow] {
        guard try db.tableExists(table) else { return [] }
        return try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY id").map(ForeignRow.init)
    }

    private func count(_ table: String) throws -> Int {
        guard try db.tableExists(table) else { return 0 }
        return try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \(table)") ?? 0
    }

    private func settings() throws -> [String: String] {
        var settings: [String: String] = [:]
        for row in try rows("system_settings") {
            if let label = row.text("label"), let value = row.text("value") { settings[label] = value }
        }
        return settings
    }

    /// Every migration has a random id, so the first one's names the installation, wherever its files are copied to.
    private func identity() throws -> String {
        if try db.tableExists("_prisma_migrations"),
            try db.columns(in: "_prisma_migrations").contains(where: { $0.name == "id" }),
            let id = try String.fetchOne(
                db, sql: "SELECT id FROM _prisma_migrations ORDER BY migration_name, id LIMIT 1")
        {
            return "installation " + id
        }
        return "file " + file.resolvingSymlinksInPath().path
    }

    private func schemaLevel() throws -> String? {
        guard try db.tableExists("_prisma_migrations") else { return nil }
        return try String.fetchOne(
            db,
            sql: """
                SELECT MAX(migration_name) FROM _prisma_migrations
                WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL
                """)
    }

    /// Tables that hold something of the user's for which there is no place here.
    private func unread() throws -> [String: Int] {
        let tables = [
            "users", "workspace_users", "invites", "event_logs",
            "embed_configs", "embed_chats", "workspace_suggested_messages", "workspace_parsed_files", "prompt_history",
            "memories", "model_routers",
        ]
        var counts: [String: Int] = [:]
        for table in tables {
            let count = try count(table)
            if count > 0 { counts[table] = count }
        }
        return counts
    }
}
