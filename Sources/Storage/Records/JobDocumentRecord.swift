public import GRDB

/// A row of `jobDocuments`: one document of a job.
public struct JobDocumentRecord: Sendable, Equatable {
    public enum Outcome: String, Sendable {
        case embedded
        case skipped
        case failed
    }

    public var jobId: Int64
    /// Place in the job's list, from 0.
    public var position: Int
    public var docpath: String
    /// How many documents of the job were done when this one was; nil while it is to do.
    public var finished: Int?
    public var outcome: Outcome?
    public var error: String?

    static let columns = "jobId, position, docpath, finished, outcome, error"
}

extension JobDocumentRecord: FetchableRecord {
    public init(row: Row) {
        jobId = row[0]
        position = row[1]
        docpath = row[2]
        finished = row[3]
        let outcome: String? = row[4]
        self.outcome = outcome.flatMap(Outcome.init)
        error = row[5]
    }
}
