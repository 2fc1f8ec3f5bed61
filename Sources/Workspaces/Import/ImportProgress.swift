/// How far an import is.
public struct ImportProgress: Sendable, Equatable {
    public enum Stage: Sendable {
        case chats
        case documents
    }

    public var stage: Stage
    public var done: Int
    public var total: Int
}
