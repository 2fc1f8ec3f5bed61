import GRDB

extension Database {
    /// Runs `body` inside one transaction, which ends with it: kept when it returns, undone when it throws.
    ///
    /// GRDB's own `inTransaction` compiles its `BEGIN` and `COMMIT` each time.
    ///
    /// - Parameter begin: `BEGIN IMMEDIATE` for a write, which takes the turn among writers before it reads anything;
    ///   `BEGIN DEFERRED` for a read.
    func transaction<Value>(_ begin: String, _ body: () throws -> Value) throws -> Value {
        try cachedStatement(sql: begin).execute()
        do {
            let result = try body()
            try cachedStatement(sql: "COMMIT").execute()
            return result
        } catch {
            // SQLite may have rolled back already; the first error is the one that tells what happened.
            if isInsideTransaction { try? execute(sql: "ROLLBACK") }
            throw error
        }
    }
}
