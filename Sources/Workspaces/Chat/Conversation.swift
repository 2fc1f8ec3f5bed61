import Storage

/// What a prompt takes from the database beside passages: what was said before, and the pinned documents.
enum Conversation {
    /// Reads both from one state of the database.
    ///
    /// - Parameter budget: tokens for pinned documents.
    /// - Returns: exchanges of the same thread, user and session, oldest first, without rows that cannot be read; the
    ///   pinned documents.
    static func read(
        _ input: ChatInput, budget: Int, _ dependencies: Dependencies
    ) throws -> (history: [EarlierExchange], pinned: [WholeDocument]) {
        let limit = input.workspace.effectiveHistoryLength
        let (rows, pinned) = try dependencies.database.read { transaction in
            (
                try transaction.history(input.scope, limit: limit),
                try PinnedDocuments.read(input.workspace, budget: budget, transaction)
            )
        }
        return (rows.compactMap { EarlierExchange(prompt: $0.prompt, response: $0.response) }, pinned)
    }
}
