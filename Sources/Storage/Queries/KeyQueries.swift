import GRDB

extension Transaction {
    /// - Throws: `notUnique` when the key is known already.
    public func insert(_ key: inout KeyRecord) throws { try key.insert(db) }

    /// All keys in id order.
    public func keys() throws -> [KeyRecord] {
        try KeyRecord.fetchAll(db, sql: "SELECT * FROM keys ORDER BY id")
    }

    /// - Returns: whether there was such a key.
    public func deleteKey(id: Int64) throws -> Bool {
        try db.execute(sql: "DELETE FROM keys WHERE id = ?", arguments: [id])
        return db.changesCount > 0
    }
}
