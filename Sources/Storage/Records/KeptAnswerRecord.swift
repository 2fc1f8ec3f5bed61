public import Foundation
public import GRDB

/// A row of `keptAnswers`: what was answered to a request that may be repeated.
public struct KeptAnswerRecord: Sendable, Equatable {
    /// SHA-256 of whose request it was, to what, under which Idempotency-Key.
    public var scope: Data
    /// SHA-256 of what the request said.
    public var fingerprint: Data
    /// HTTP status.
    public var status: Int
    /// Header lines of the answer.
    public var headers: String
    public var body: Data
    /// The exchange that the answer tells of; deleting it deletes this row.
    public var chatId: Int64?
    /// Milliseconds since 1970, UTC.
    public var createdAt: Int64

    public init(
        scope: Data, fingerprint: Data, status: Int, headers: String, body: Data, chatId: Int64?, createdAt: Int64
    ) {
        self.scope = scope
        self.fingerprint = fingerprint
        self.status = status
        self.headers = headers
        self.body = body
        self.chatId = chatId
        self.createdAt = createdAt
    }
}

extension KeptAnswerRecord: FetchableRecord {
    static let columns = "scope, fingerprint, status, headers, body, chatId, createdAt"

    public init(row: Row) {
        scope = row[0]
        fingerprint = row[1]
        status = row[2]
        headers = row[3]
        body = row[4]
        chatId = row[5]
        createdAt = row[6]
    }
}
