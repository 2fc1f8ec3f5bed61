public import Foundation
import GRDB

extension Transaction {
    /// What was answered to a request since `time`, or nil.
    public func keptAnswer(scope: Data, since time: Int64) throws -> KeptAnswerRecord? {
        let statement = try db.cachedStatement(
            sql: "SELECT \(KeptAnswerRecord.columns) FROM keptAnswers WHERE scope = ? AND createdAt > ?")
        return try KeptAnswerRecord.fetchOne(statement, arguments: [scope, time])
    }

    /// Stores an answer in place of an older one of the same scope.
    public func insert(_ answer: KeptAnswerRecord) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO keptAnswers (\(KeptAnswerRecord.columns)) VALUES (?, ?, ?, ?, ?, ?, ?)")
        try statement.execute(arguments: [
            answer.scope, answer.fingerprint, answer.status, answer.headers, answer.body, answer.chatId,
            answer.createdAt,
        ])
    }

    /// Deletes answers as old as `time` or older.
    public func deleteKeptAnswers(upTo time: Int64) throws {
        try db.cachedStatement(sql: "DELETE FROM keptAnswers WHERE createdAt <= ?").execute(arguments: [time])
    }
}
