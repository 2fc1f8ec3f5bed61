/// The workspace or the thread was deleted while it was being answered.
public struct ConversationGone: Error, Sendable, CustomStringConvertible {
    public var description: String { "The conversation was deleted while it was being answered." }
}
