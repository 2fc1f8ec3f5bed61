/// A row of `workspace_chats` (contract/storage.md 4.3).
public struct ForeignChat: Sendable, Equatable {
    public var id: Int64
    public var workspaceId: Int64
    public var threadId: Int64?
    public var prompt: String
    /// Usually JSON; kept as it is.
    public var response: String
    public var include: Bool
    public var userId: Int64?
    public var sessionId: String?
    /// Milliseconds since 1970, UTC.
    public var createdAt: Int64?
    public var lastUpdatedAt: Int64?
    public var feedbackScore: Bool?
    /// Prompt or answer has more than ``valueLimit`` bytes and was not read.
    public var isTooLong: Bool

    /// Bytes of UTF-8: pictures in an answer make rows of many megabytes, but not of hundreds.
    static let valueLimit = 100_000_000

    static let sql = """
        SELECT *,
          CASE WHEN length(CAST(prompt AS BLOB)) <= \(valueLimit) THEN prompt END AS carrelPrompt,
          CASE WHEN length(CAST(response AS BLOB)) <= \(valueLimit) THEN response END AS carrelResponse,
          length(CAST(prompt AS BLOB)) > \(valueLimit) OR length(CAST(response AS BLOB)) > \(valueLimit) AS isTooLong
        FROM workspace_chats ORDER BY id
        """
}

extension ForeignChat {
    /// Nil without an id or a workspace.
    init?(_ row: ForeignRow) {
        guard let id = row.integer("id"), let workspaceId = row.integer("workspaceId") else { return nil }
        self.id = id
        self.workspaceId = workspaceId
        threadId = row.integer("thread_id")
        prompt = row.text("carrelPrompt") ?? ""
        response = row.text("carrelResponse") ?? "{}"
        include = row.flag("include") ?? true
        userId = row.integer("user_id")
        sessionId = row.text("api_session_id")
        createdAt = row.date("createdAt")
        lastUpdatedAt = row.date("lastUpdatedAt")
        feedbackScore = row.flag("feedbackScore")
        isTooLong = row.flag("isTooLong") ?? false
    }
}
