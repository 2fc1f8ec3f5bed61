/// What a listener to a job is told.
public enum JobEvent: Sendable, Equatable {
    /// How the job stands when listening begins.
    case status(JobStatus)
    /// A document has come to another stage, or further in it.
    case document(JobDocument, JobStatus)
    /// The last one: the job has ended.
    case end(JobStatus)
    /// The last one: the server stops; the job goes on when it starts again.
    case paused(JobStatus)
}
