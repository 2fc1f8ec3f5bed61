/// A chunk's vector on its way into an index.
public struct VectorEntry: Sendable {
    /// The chunk's id, unique in the index.
    public var id: Int64
    public var document: Int64
    /// Shape (dimensions).
    public var vector: [Float]

    public init(id: Int64, document: Int64, vector: [Float]) {
        self.id = id
        self.document = document
        self.vector = vector
    }
}
