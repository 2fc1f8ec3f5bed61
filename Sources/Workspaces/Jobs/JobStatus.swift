/// A job with what is known about its work at this moment.
public struct JobStatus: Sendable, Equatable {
    public var job: EmbeddingJob
    /// Documents in work, in the job's order.
    public var working: [JobDocument]
    /// Nil when nothing has been measured.
    public var chunksPerSecond: Double?
    public var secondsLeft: Double?
}
