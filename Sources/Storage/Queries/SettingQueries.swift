import GRDB

extension Transaction {
    /// The instance setting of that label, or nil.
    public func setting(_ label: String) throws -> String? {
        try String.fetchOne(
            db.cachedStatement(sql: "SELECT value FROM settings WHERE label = ?"), arguments: [label])
    }

    /// Stores an instance setting; nil removes it.
    public func setSetting(_ label: String, to value: String?) throws {
        if let value {
            try db.execute(
                sql: "INSERT OR REPLACE INTO settings (label, value) VALUES (?, ?)", arguments: [label, value])
        } else {
            try db.execute(sql: "DELETE FROM settings WHERE label = ?", arguments: [label])
        }
    }
}
