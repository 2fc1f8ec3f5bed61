/// What an embedding was made from: the same key gives the same vectors.
public struct EmbeddingKey: Sendable, Equatable {
    public var docpath: String
    public var contentHash: [UInt8]
    public var embedder: String
    public var chunkSize: Int
    public var chunkOverlap: Int

    public init(docpath: String, contentHash: [UInt8], embedder: String, chunkSize: Int, chunkOverlap: Int) {
        self.docpath = docpath
        self.contentHash = contentHash
        self.embedder = embedder
        self.chunkSize = chunkSize
        self.chunkOverlap = chunkOverlap
    }
}
