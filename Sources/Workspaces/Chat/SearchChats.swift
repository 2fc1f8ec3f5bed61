import Storage

/// Full-text search over the exchanges of a workspace.
public struct SearchChats: Sendable {
    /// An exchange that has all of the words.
    public struct Match: Sendable, Equatable {
        public var chatId: Int64
        public var prompt: String
        /// A part of the answer with words that were looked for, or its beginning.
        public var excerpt: String
        public var threadSlug: String?
        public var sessionId: String?
        /// Milliseconds since 1970, UTC.
        public var createdAt: Int64
        /// BM25; greater is better, and comparable within one search only.
        public var score: Double
    }

    /// Rows that are indexed in one transaction, for which chats wait: some 20 ms.
    private static let batch = 200

    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameters:
    ///   - text: words, each of which must begin a word of the prompt or of the answer; in any case, with or without
    ///     marks. It has no operators.
    ///   - limit: at least 1.
    /// - Returns: best first. Nothing for a text without letters and digits.
    public func callAsFunction(_ text: String, in workspace: Workspace, limit: Int) throws -> [Match] {
        let words = text.split(whereSeparator: \.isWhitespace).filter { $0.contains { $0.isLetter || $0.isNumber } }
        guard !words.isEmpty else { return [] }
        // Chats do not wait for the index; it takes in what it has missed when somebody looks for something.
        while try dependencies.database.read({ try $0.hasUnindexedChats() }) {
            try dependencies.database.write { try $0.indexChats(limit: Self.batch) }
        }
        return try dependencies.database.read {
            try $0.searchChats(workspaceId: workspace.id, words: words.map(String.init), limit: limit)
        }.map(Match.init)
    }
}

extension SearchChats.Match {
    fileprivate init(_ record: ChatMatchRecord) {
        chatId = record.id
        prompt = record.prompt
        excerpt = record.excerpt
        threadSlug = record.threadSlug
        sessionId = record.apiSessionId
        createdAt = record.createdAt
        score = record.score
    }
}
