import Storage

/// A part of a listing of exchanges.
public struct ChatPage: Sendable, Equatable {
    public var exchanges: [ChatExchange]
    /// Where the next part begins; nil at the end.
    public var next: Cursor?

    /// A place in a listing; clients pass it on as it is.
    public struct Cursor: Sendable, Equatable {
        let position: ChatPosition

        /// `milliseconds.id` of the row that was shown last.
        public var text: String { "\(position.createdAt).\(position.id)" }

        /// Nil for a text that this type has not made.
        public init?(_ text: String) {
            let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int64($0) }
            guard numbers.count == 2, let createdAt = numbers[0], let id = numbers[1] else { return nil }
            position = ChatPosition(createdAt: createdAt, id: id)
        }

        init(_ record: ChatRecord) { position = ChatPosition(createdAt: record.createdAt, id: record.id ?? 0) }
    }
}
