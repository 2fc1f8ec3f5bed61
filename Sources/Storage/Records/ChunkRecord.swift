/// A passage as one workspace holds it: what a search hit shows.
public struct ChunkRecord: Sendable, Equatable {
    /// UUID that clients see as the id of a search result.
    public var vectorId: String
    public var text: String
    /// JSON text of the document's keys.
    public var metadata: String
}
