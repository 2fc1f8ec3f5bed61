import GRDB

/// One transaction: the queries of this module are its methods, one file per table under `Queries/`.
///
/// Valid only inside the closure it is given to.
public struct Transaction {
    let db: Database

    /// Runs `action` after this transaction has been committed, before the call that wrote returns and before any
    /// later commit: what is derived from the database is brought up to date here, in commit order.
    public func afterCommit(_ action: @escaping @Sendable () -> Void) {
        db.afterNextTransaction(onCommit: { _ in action() })
    }
}
