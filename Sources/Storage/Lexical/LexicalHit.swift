/// A chunk whose passage has words of a query.
public struct LexicalHit: Sendable, Equatable {
    /// The chunk's id.
    public var id: Int64
    public var workspaceDocumentId: Int64
    public var workspaceId: Int64
    /// 0...1, see ``LexicalQuery``.
    public var score: Double
}
