/// All of the foreign database except its chats: what fits into memory.
public struct ForeignContents: Sendable {
    /// The same for every copy of one installation's database.
    public var identity: String
    /// Name of the last migration; nil for a database from before they were recorded.
    public var schemaLevel: String?
    public var workspaces: [ForeignWorkspace]
    public var threads: [ForeignThread]
    public var links: [ForeignLink]
    public var keys: [ForeignKey]
    /// Values of `system_settings` by label.
    public var settings: [String: String]
    public var presets: [ForeignPhrase]
    public var variables: [ForeignPhrase]
    public var userIds: Set<Int64>
    public var chatCount: Int
    /// Rows of the tables that are not read, by table; empty tables are left out.
    public var unread: [String: Int]

    /// The level of AnythingLLM 1.16.0, the newest that is known (contract/storage.md 2).
    static let newestKnownLevel = "20260520160208_init"

    public var isNewerThanKnown: Bool { schemaLevel.map { $0 > Self.newestKnownLevel } ?? false }

    /// Only that exact text; otherwise ids of users mean nothing.
    public var isMultiUser: Bool { settings["multi_user_mode"] == "true" }
}
