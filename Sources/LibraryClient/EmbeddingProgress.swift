import OrderedJSON

/// How far an embedding job is.
public struct EmbeddingProgress: Sendable, Equatable {
    public var documentsDone: Int
    public var documentsTotal: Int
    /// Of the documents in work, as far as they have been split.
    public var chunksDone: Int
    public var chunksTotal: Int
    /// Nil while nothing has been measured.
    public var chunksPerSecond: Double?
    public var secondsLeft: Int?

    /// - Parameter job: as the API shows it.
    init(job: JSONValue) {
        documentsTotal = job["documents"]?["total"]?.integerValue ?? 0
        documentsDone = documentsTotal &- (job["documents"]?["pending"]?.integerValue ?? 0)
        let working = job["working"]?.arrayValue ?? []
        chunksDone = working.reduce(0) { $0 &+ ($1["chunksDone"]?.integerValue ?? 0) }
        chunksTotal = working.reduce(0) { $0 &+ ($1["chunksTotal"]?.integerValue ?? 0) }
        // Nothing embeds faster; what is no number would not be one on the terminal either.
        chunksPerSecond = job["chunksPerSecond"]?.numberValue.flatMap { (0..<1e9).contains($0) ? $0 : nil }
        secondsLeft = job["secondsLeft"]?.integerValue
    }
}
